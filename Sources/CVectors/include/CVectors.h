/* What Swift cannot express: comparisons whose results are bits, the rows of those bits, partitions
   and gaps closed without branches, and the prefetch of a cache line. */
#ifndef READOUT_CVECTORS_H
#define READOUT_CVECTORS_H

#include "Lanes.h"
#include "Mapping.h"
#include "Places.h"
#include "Words.h"

#include <stddef.h>
#include <stdint.h>

/* Asks for the cache line at address, which need not be readable. */
static inline void readout_prefetch(const void *address) { __builtin_prefetch(address); }

/* For each of `blocks` times 64 bytes one mask a wanted byte, bit i being set where byte i of the block equals it: masks[3 * block + k] is
   that of wanted[k]. Reads 64 * blocks bytes. */
void readout_masks3(const uint8_t *bytes, size_t blocks, const uint8_t wanted[3], uint64_t *masks);

/* What gives a text its structure, and how it is counted. */
typedef struct {
  uint8_t quote, delimiter, newline;
  int has_quotes, has_returns, counts_empty_lines;
} readout_census_form;

/* What was counted so far, of a text that starts outside quotes or inside; `inside` is all ones after an odd number of quotes. */
typedef struct {
  uint64_t records_outside, records_inside;
  /* Not zero where a quote stands that neither opens a field nor closes one. */
  uint64_t stray_outside, stray_inside;
  uint64_t inside;
  /* The masks of the 64 bytes before. */
  uint64_t newlines, returns, quotes, separators;
  /* Up to where the text is known to be UTF-8; the first places where it is not, and of a NUL byte, or -1. */
  size_t checked;
  int64_t first_invalid, first_nul;
  /* The first CR without LF, or LF where records end at CR, that is outside quotes where the text starts outside or inside; or -1. */
  int64_t lone_outside, lone_inside;
} readout_census;

/* Counts the bytes from..to of a text of `count` bytes, of which 64 behind any place before `to` can be read. */
void readout_take_census(
    const uint8_t *bytes, size_t from, size_t to, size_t count, const readout_census_form *form,
    readout_census *state);

/* The fields of a column in a text: field r starts one behind starts[r * start_stride] and ends before ends[r * end_stride], and is
   lacking where that is not behind its start. Offsets count from `text` and are below 2^31. */
typedef struct {
  const uint8_t *text;
  const uint32_t *starts;
  size_t start_stride;
  const uint32_t *ends;
  size_t end_stride;
} readout_column;

/* Whether this processor reads eight fields at a time; if not, the following three read none. */
int readout_reads_fields(void);

/* Read the fields of the first rows, eight rows at a time, as far as all eight are plain numbers or empty: how many rows that were, a multiple
   of eight. Bit i of nulls[r / 8] is set where field r + i is empty, its value being 0. Up to 16 bytes in front of a field and 8 behind
   its start are read. Integers have at most eight bytes, days are `YYYY-MM-DD`, numbers have at most 16 bytes and no exponent. least and
   most are the smallest and largest value so far. */
size_t readout_integers(const readout_column *column, size_t rows, int64_t *values, uint8_t *nulls, int64_t *least, int64_t *most);
size_t readout_days(const readout_column *column, size_t rows, int64_t *values, uint8_t *nulls, int64_t *least, int64_t *most);
size_t readout_numbers(const readout_column *column, size_t rows, double *values, uint8_t *nulls);

/* Bit i of `bits` is set where values[i] lies in lower … lower + width, as unsigned numbers that wrap around. Writes a word
   for each 64 values begun; bits beyond `count` are 0. */
void readout_range8(const uint8_t *values, size_t count, uint8_t lower, uint8_t width, uint64_t *bits);
void readout_range16(const uint16_t *values, size_t count, uint16_t lower, uint16_t width, uint64_t *bits);
void readout_range32(const uint32_t *values, size_t count, uint32_t lower, uint32_t width, uint64_t *bits);
void readout_range64(const uint64_t *values, size_t count, uint64_t lower, uint64_t width, uint64_t *bits);

/* The same for values[i] compared with `other`; nan differs from everything and is neither less nor greater. */
void readout_equal(const double *values, size_t count, double other, uint64_t *bits);
void readout_not_equal(const double *values, size_t count, double other, uint64_t *bits);
void readout_less(const double *values, size_t count, double other, uint64_t *bits);
void readout_less_or_equal(const double *values, size_t count, double other, uint64_t *bits);
void readout_greater(const double *values, size_t count, double other, uint64_t *bits);
void readout_greater_or_equal(const double *values, size_t count, double other, uint64_t *bits);

/* The smallest and the largest value, nan left out; +inf and -inf where there is none. */
void readout_bounds(const double *values, size_t count, double *smallest, double *largest);

/* The numbers of the set bits, ascending, and how many they are. `rows` has room for 16 more than that. */
size_t readout_positions(const uint64_t *bits, size_t words, uint32_t *rows);

/* Puts the keys below `limit` before the others, in no order, and says how many they are. `scratch` has room for `count`
   keys and 8 more. */
size_t readout_partition(uint64_t *keys, size_t count, uint64_t limit, uint64_t *scratch);

/* The places of the values that are not `missing`, ascending, and these values; says how many they are. Both have room for
   `count`. */
size_t readout_without(const uint32_t *values, size_t count, uint32_t missing, uint32_t *places, uint32_t *kept);

#endif
