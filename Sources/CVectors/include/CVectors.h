/* What Swift cannot express: comparisons whose results are bits, the rows of those bits, partitions
   without branches, and the prefetch of a cache line. */
#ifndef READOUT_CVECTORS_H
#define READOUT_CVECTORS_H

#include "Lanes.h"

#include <stddef.h>
#include <stdint.h>

/* Asks for the cache line at address, which need not be readable. */
static inline void readout_prefetch(const void *address) { __builtin_prefetch(address); }

/* For each of `blocks` times 64 bytes one mask a wanted byte, bit i being set where byte i of the block equals it: masks[3 * block + k] is
   that of wanted[k]. Reads 64 * blocks bytes. */
void readout_masks3(const uint8_t *bytes, size_t blocks, const uint8_t wanted[3], uint64_t *masks);

/* The same for five wanted bytes, and as a sixth mask the bytes above 127: masks[6 * block + 5]. */
void readout_masks6(const uint8_t *bytes, size_t blocks, const uint8_t wanted[5], uint64_t *masks);

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

#endif
