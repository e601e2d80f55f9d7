/* What Readout asks of ICU, whose functions carry their version in their names by way of macros that Swift cannot see. */
#ifndef READOUT_CUNICODE_H
#define READOUT_CUNICODE_H

#include <stdint.h>

/* The Word_Break and Sentence_Break properties of UAX #29, numbered as ICU numbers them (UWordBreakValues, USentenceBreak). */
int32_t readout_word_break(uint32_t code_point);
int32_t readout_sentence_break(uint32_t code_point);

/* Whether a code point is Extended_Pictographic. */
int32_t readout_is_pictographic(uint32_t code_point);

/* Whether a text with this code point in it may be in another form than NFC: it is a mark of a combining class other than 0,
   or its quick check does not say yes. */
int32_t readout_may_compose(uint32_t code_point);

/* Writes the NFC of `length` UTF-16 units. Gives the number of units, which may be larger than `capacity`: then nothing useful
   was written. Negative where ICU has no data. */
int32_t readout_nfc(const uint16_t *text, int32_t length, uint16_t *composed, int32_t capacity);

/* Writes the NFD, likewise. */
int32_t readout_nfd(const uint16_t *text, int32_t length, uint16_t *decomposed, int32_t capacity);

/* A segmenter of words with ICU's dictionaries, in no locale's custom; one thread uses it at a time, and the
   next takes it up. NULL where ICU has no data. */
void *readout_segmenter_open(void);

/* Writes the ends of the words of `length` bytes of UTF-8, ascending, the last being `length`. Gives how many there are; only
   the first `capacity` are written. Negative on failure. */
int32_t readout_segmenter_ends(void *segmenter, const uint8_t *text, int32_t length, int32_t *ends, int32_t capacity);

#endif
