#include "CUnicode.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utext.h>

int32_t readout_word_break(uint32_t code_point) {
  return u_getIntPropertyValue((UChar32)code_point, UCHAR_WORD_BREAK);
}

int32_t readout_sentence_break(uint32_t code_point) {
  return u_getIntPropertyValue((UChar32)code_point, UCHAR_SENTENCE_BREAK);
}

int32_t readout_is_pictographic(uint32_t code_point) {
  return u_hasBinaryProperty((UChar32)code_point, UCHAR_EXTENDED_PICTOGRAPHIC);
}

int32_t readout_may_compose(uint32_t code_point) {
  return u_getCombiningClass((UChar32)code_point) != 0 ||
         u_getIntPropertyValue((UChar32)code_point, UCHAR_NFC_QUICK_CHECK) != UNORM_YES;
}

static int32_t normalized(const UNormalizer2 *form, const uint16_t *text, int32_t length, uint16_t *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t count = unorm2_normalize(form, (const UChar *)text, length, (UChar *)out, capacity, &status);
  return status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status) ? count : -1;
}

int32_t readout_nfc(const uint16_t *text, int32_t length, uint16_t *composed, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFCInstance(&status);
  return U_FAILURE(status) ? -1 : normalized(form, text, length, composed, capacity);
}

int32_t readout_nfd(const uint16_t *text, int32_t length, uint16_t *decomposed, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFDInstance(&status);
  return U_FAILURE(status) ? -1 : normalized(form, text, length, decomposed, capacity);
}

typedef struct {
  UBreakIterator *words;
  UText *text;
} Segmenter;

void *readout_segmenter_open(void) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
  if (U_FAILURE(status)) return NULL;
  Segmenter *segmenter = malloc(sizeof(Segmenter));
  if (segmenter == NULL) {
    ubrk_close(words);
    return NULL;
  }
  segmenter->words = words;
  segmenter->text = NULL;
  return segmenter;
}

int32_t readout_segmenter_ends(void *opaque, const uint8_t *text, int32_t length, int32_t *ends, int32_t capacity) {
  Segmenter *segmenter = opaque;
  UErrorCode status = U_ZERO_ERROR;
  segmenter->text = utext_openUTF8(segmenter->text, (const char *)text, length, &status);
  ubrk_setUText(segmenter->words, segmenter->text, &status);
  if (U_FAILURE(status)) return -1;
  int32_t count = 0;
  ubrk_first(segmenter->words);
  for (int32_t end = ubrk_next(segmenter->words); end != UBRK_DONE; end = ubrk_next(segmenter->words)) {
    if (count < capacity) ends[count] = end;
    count++;
  }
  return count;
}
