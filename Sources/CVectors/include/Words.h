/* Words of ASCII letters, digits and underscores: cut from texts 64 bytes at a time, and numbered by a table of distinct words. */
#ifndef READOUT_WORDS_H
#define READOUT_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* Distinct words, numbered 0, 1, 2 … in the order of first appearance; none holds a byte 0x00 or 0xFF, which no word in UTF-8 does.

   Open addressing. A slot's key is all of a word that has at most 16 bytes, zeros behind them; of a longer one it is a hash, its length and
   a highest byte of 0xFF, and the word itself has to be compared. A key of zeros is an empty slot. */
typedef struct {
  /* Two halves a slot. */
  uint64_t *keys;
  /* By slot. */
  uint32_t *numbers;
  /* Slots, a power of two, less 1. */
  size_t mask;
  /* Word n is bytes[offsets[n]] up to bytes[offsets[n + 1]]. */
  uint8_t *bytes;
  uint32_t *offsets;
  size_t count;
  /* How many words and bytes there may be. 16 bytes behind those can be written. */
  size_t word_room, byte_room;
} readout_words;

/* The number of a word of `length` bytes, a new one where it is new. There is room for one word more. */
uint32_t readout_word_number(readout_words *words, const uint8_t *word, size_t length);

/* The same for `count` words packed one behind the other, word i being text[starts[i]] up to text[starts[i + 1]], in a text of text_count bytes.
   There is room for all. */
void readout_word_numbers(
    readout_words *words, const uint8_t *text, size_t text_count, const uint32_t *starts, size_t count, uint32_t *numbers);

/* Puts the keys of a table of `slots` slots and their numbers into those of `words`, which are empty. */
void readout_words_move(readout_words *words, const uint64_t *keys, const uint32_t *numbers, size_t slots);

/* Which of the ways to look at 64 bytes is taken: they give the same. */
enum { READOUT_BEST, READOUT_PORTABLE, READOUT_AVX2, READOUT_AVX512 };

/* Whether this processor can take a way. */
int readout_cuts_words(int way);

/* Rows of a text, as far as they are cut. */
typedef struct {
  /* Row r is text[starts[r]] up to text[ends[r]]. */
  const uint8_t *text;
  const uint32_t *starts, *ends;
  size_t rows;
  /* The row and the byte of the text to go on with. */
  size_t row, at;
  /* 1 where a phrase reaches from the last word of the row up to that byte, else 0. */
  int open;
  /* The numbers of the words of all rows, one behind the other; there is room for token_room. */
  uint32_t *tokens;
  size_t token_count, token_room;
  /* Bit t is set where a phrase reaches word t from the one before it. Bits of words to come are 0. */
  uint64_t *joints;
  /* The words of row r are tokens[offsets[r]] up to tokens[offsets[r + 1]]. */
  uint32_t *offsets;
  int way;
} readout_cutting;

/* Room that readout_cut needs to go on. */
enum { READOUT_CUT_WORDS = 256, READOUT_CUT_BYTES = 256 * 64 };

/* Why readout_cut returns. */
enum {
  /* All rows are cut. */
  READOUT_CUT_ALL,
  /* There is no room for READOUT_CUT_WORDS more words of READOUT_CUT_BYTES bytes together. */
  READOUT_CUT_ROOM,
  /* At `at` stands a byte beyond ASCII, or a word of 63 bytes and more, or one that touches such a byte or goes on behind one of '.,:;
     with another word: the rules of Unicode have to say where it ends. */
  READOUT_CUT_EXACT
};

/* Cuts rows into words, folds their case and numbers them, until one of the above. */
int readout_cut(readout_cutting *cutting, readout_words *words);

#endif
