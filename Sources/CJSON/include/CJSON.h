/* JSON records as places of their values in the text. What a value means is not asked here; what is valid is. */
#ifndef READOUT_CJSON_H
#define READOUT_CJSON_H

#include <stddef.h>
#include <stdint.h>

/* Objects in objects and arrays in arrays; RFC 8259 lets a reader set a limit. */
#define READOUT_JSON_DEPTH 1024
/* Columns of a table. Objects whose keys are data have more. */
#define READOUT_JSON_COLUMNS 10000

/* What stands where a record, or a document, is wrong. */
typedef enum {
  READOUT_JSON_VALID = 0,
  /* A byte that nothing there can begin with. */
  READOUT_JSON_UNEXPECTED,
  /* The text ends inside a value. */
  READOUT_JSON_CUT,
  READOUT_JSON_CONTROL,
  READOUT_JSON_ESCAPE,
  READOUT_JSON_SURROGATE,
  READOUT_JSON_NUL,
  READOUT_JSON_NUMBER,
  READOUT_JSON_DEEP,
  READOUT_JSON_DUPLICATE,
  READOUT_JSON_NO_OBJECT,
  /* Something behind the value. */
  READOUT_JSON_MORE,
  READOUT_JSON_WIDE,
  READOUT_JSON_MEMORY,
  /* The batch has no room for another column; nothing of the record was taken. */
  READOUT_JSON_ROOM,
} readout_json_fault;

/* Kinds of values, as bits. */
enum {
  READOUT_JSON_IS_NUMBER = 1,
  READOUT_JSON_IS_BOOLEAN = 2,
  READOUT_JSON_IS_STRING = 4,
  /* An array of strings, numbers and booleans. */
  READOUT_JSON_IS_LIST = 8,
  /* Any other array. */
  READOUT_JSON_IS_NESTED = 16,
};

/* The columns met so far: paths of keys, joined with dots. */
typedef struct readout_json_columns readout_json_columns;

/* NULL where there is no memory. */
readout_json_columns *readout_json_columns_create(void);
void readout_json_columns_destroy(readout_json_columns *columns);
size_t readout_json_columns_count(const readout_json_columns *columns);
/* A column's path in UTF-8, without a NUL behind it. */
const uint8_t *readout_json_column_name(const readout_json_columns *columns, size_t column, size_t *length);
/* Forgets which columns were met; and which were, in the order of their first appearance since then. */
void readout_json_columns_begin(readout_json_columns *columns);
const uint32_t *readout_json_columns_met(const readout_json_columns *columns, size_t *count);

/* Values by column and row: that of column c in row r stands at starts[c * row_capacity + r] + 1 up to ends[…], offsets from the text; one that is
   null or missing has both 0. `kinds` has a bit for each kind of value in the column. */
typedef struct {
  uint32_t *starts, *ends;
  uint8_t *kinds;
  size_t row_capacity, column_capacity;
  /* Rows so far. */
  size_t rows;
} readout_json_batch;

/* Where reading stopped. */
typedef struct {
  /* Behind the last record that was taken or is at fault; with READOUT_JSON_ROOM before it. */
  size_t next;
  readout_json_fault fault;
  /* Where the record at fault starts and ends, and where it goes wrong. A row without values was taken for it. */
  size_t record, record_end, fault_at;
} readout_json_stop;

/* Takes the records of text[from..to), each the object of one line, until the batch has `row_capacity` rows, the text ends or a record is at fault.
   Empty lines are passed over. 64 bytes behind `to` can be read; the text is UTF-8. */
readout_json_stop readout_json_read_lines(
    readout_json_columns *columns, readout_json_batch *batch, const uint8_t *text, size_t from, size_t to);
/* So for objects between which blanks, line ends and commas may stand; a fault ends the reading for good. */
readout_json_stop readout_json_read_elements(
    readout_json_columns *columns, readout_json_batch *batch, const uint8_t *text, size_t from, size_t to);

/* Checks the value that starts at or behind `at`: `next` is behind it, `record` where it starts. */
readout_json_stop readout_json_skip(const uint8_t *text, size_t at, size_t to);
/* The value of the member `name` of the object at `at`: `next` is where it starts, or `to` where there is no such member. */
readout_json_stop readout_json_member(
    const uint8_t *text, size_t at, size_t to, const uint8_t *name, size_t name_length);

/* The string between two quotes, which was valid: how many bytes were written to `output`, which has room for `length`. */
size_t readout_json_unescape(const uint8_t *string, size_t length, uint8_t *output);
/* The next item of an array that was valid, `at` being behind its `[` or its item before: where it starts, and behind it in `end`; `length` where there
   is none. */
size_t readout_json_item(const uint8_t *array, size_t length, size_t at, size_t *end);

#endif
