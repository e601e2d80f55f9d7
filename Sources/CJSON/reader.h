/* What checks values, shared by those who take records apart and those who pass over them. */
#ifndef READOUT_JSON_READER_H
#define READOUT_JSON_READER_H

#include "CJSON.h"

#include <string.h>

/* A walk over one text. Functions that walk return where they end, or 0 after noting a fault: no value ends at 0. */
typedef struct {
  const uint8_t *text;
  size_t to;
  readout_json_fault fault;
  size_t fault_at;
} json_reader;

static inline size_t json_fail(json_reader *reader, readout_json_fault fault, size_t at) {
  reader->fault = at >= reader->to && fault == READOUT_JSON_UNEXPECTED ? READOUT_JSON_CUT : fault;
  reader->fault_at = at < reader->to ? at : reader->to;
  return 0;
}

static inline size_t json_blanks(const json_reader *reader, size_t at) {
  while (at < reader->to && (reader->text[at] == ' ' || reader->text[at] == '\n' || reader->text[at] == '\r' ||
                             reader->text[at] == '\t'))
    at++;
  return at;
}

/* From an opening quote to behind the closing one. */
size_t json_string(json_reader *reader, size_t at);
size_t json_number(json_reader *reader, size_t at);
/* `true`, `false` or `null`. */
size_t json_word(json_reader *reader, size_t at);
/* Any value; its kind, 0 for null and objects, in `kind`. */
size_t json_value(json_reader *reader, size_t at, int depth, uint8_t *kind);
/* From a key to its value, behind the colon and blanks; the key stands between its quotes from *key to *key_end. */
size_t json_key(json_reader *reader, size_t at, size_t *key, size_t *key_end);

#endif
