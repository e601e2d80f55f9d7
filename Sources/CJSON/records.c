#include "reader.h"

#include <stdlib.h>

/* A key under its parent. Key 0 is the root. */
typedef struct {
  uint32_t parent, hash;
  /* Its name, freed from escapes, in the arena. */
  size_t name;
  uint32_t length;
  /* -1 as long as it never had a value of its own. */
  int32_t column;
  /* The key that came first inside it, and the one behind it, in the last record: most records are alike. 0 is none. */
  uint32_t first, follower;
  /* The record that had it last. */
  uint64_t record;
  /* Whether it stands in a text as it is, without escapes. */
  int is_plain;
} json_name;

typedef struct {
  size_t path;
  uint32_t length;
  uint64_t record, round;
} json_column;

/* A value of the record that is being read. */
typedef struct {
  uint32_t column, start, end;
  uint8_t kind;
} json_field;

struct readout_json_columns {
  json_name *names;
  size_t name_count, name_room;
  /* Open addressing: numbers of names, 0 is empty. */
  uint32_t *table;
  size_t table_mask;
  json_column *columns;
  size_t column_count, column_room;
  /* Names and paths. */
  uint8_t *arena;
  size_t arena_count, arena_room;
  json_field *fields;
  size_t field_count, field_room;
  uint32_t *met;
  size_t met_count;
  uint64_t record, round;
};

/* Room for `count` elements behind `*memory`; 0 where there is no memory. */
static int reserve(void *memory, size_t *room, size_t count, size_t size) {
  if (count <= *room) return 1;
  size_t wanted = *room < 16 ? 16 : *room;
  while (wanted < count) wanted *= 2;
  void *grown = realloc(*(void **)memory, wanted * size);
  if (grown == NULL) return 0;
  *(void **)memory = grown;
  *room = wanted;
  return 1;
}

readout_json_columns *readout_json_columns_create(void) {
  readout_json_columns *columns = calloc(1, sizeof *columns);
  if (columns == NULL) return NULL;
  columns->table_mask = 255;
  columns->table = calloc(columns->table_mask + 1, sizeof *columns->table);
  if (columns->table == NULL || !reserve(&columns->names, &columns->name_room, 1, sizeof *columns->names)) {
    readout_json_columns_destroy(columns);
    return NULL;
  }
  columns->names[0] = (json_name){.column = -1};
  columns->name_count = 1;
  columns->round = 1;
  return columns;
}

void readout_json_columns_destroy(readout_json_columns *columns) {
  free(columns->names);
  free(columns->table);
  free(columns->columns);
  free(columns->arena);
  free(columns->fields);
  free(columns->met);
  free(columns);
}

size_t readout_json_columns_count(const readout_json_columns *columns) { return columns->column_count; }

const uint8_t *readout_json_column_name(const readout_json_columns *columns, size_t column, size_t *length) {
  *length = columns->columns[column].length;
  return columns->arena + columns->columns[column].path;
}

void readout_json_columns_begin(readout_json_columns *columns) {
  columns->round++;
  columns->met_count = 0;
}

const uint32_t *readout_json_columns_met(const readout_json_columns *columns, size_t *count) {
  *count = columns->met_count;
  return columns->met;
}

/* A walk that takes values into a batch. */
typedef struct {
  json_reader reader;
  readout_json_columns *columns;
  readout_json_batch *batch;
} taker;

static uint32_t hash(uint32_t parent, const uint8_t *name, size_t length) {
  uint64_t state = 0x9E3779B97F4A7C15ull ^ parent;
  for (size_t i = 0; i < length; i++) state = (state ^ name[i]) * 0x100000001B3ull;
  return (uint32_t)(state ^ state >> 32);
}

static int is_name(const readout_json_columns *columns, uint32_t number, const uint8_t *name, size_t length) {
  const json_name *known = &columns->names[number];
  return known->length == length && memcmp(columns->arena + known->name, name, length) == 0;
}

static int grow_table(readout_json_columns *columns) {
  const size_t mask = columns->table_mask * 2 + 1;
  uint32_t *table = calloc(mask + 1, sizeof *table);
  if (table == NULL) return 0;
  for (uint32_t number = 1; number < columns->name_count; number++) {
    size_t slot = columns->names[number].hash & mask;
    while (table[slot] != 0) slot = (slot + 1) & mask;
    table[slot] = number;
  }
  free(columns->table);
  columns->table = table;
  columns->table_mask = mask;
  return 1;
}

/* The number of a key under its parent, which is made where it is new; 0 where there is no memory or there are too many. */
static uint32_t find_name(taker *taker, uint32_t parent, const uint8_t *name, size_t length, size_t at) {
  readout_json_columns *columns = taker->columns;
  const uint32_t wanted = hash(parent, name, length);
  size_t slot = wanted & columns->table_mask;
  for (uint32_t number; (number = columns->table[slot]) != 0; slot = (slot + 1) & columns->table_mask) {
    if (columns->names[number].hash == wanted && columns->names[number].parent == parent &&
        is_name(columns, number, name, length))
      return number;
  }
  if (columns->name_count > 2 * READOUT_JSON_COLUMNS || length > UINT32_MAX / 2) {
    json_fail(&taker->reader, READOUT_JSON_WIDE, at);
    return 0;
  }
  const uint32_t number = (uint32_t)columns->name_count;
  if (!reserve(&columns->names, &columns->name_room, number + 1, sizeof *columns->names) ||
      !reserve(&columns->arena, &columns->arena_room, columns->arena_count + length, 1) ||
      (columns->name_count * 2 > columns->table_mask && !grow_table(columns))) {
    json_fail(&taker->reader, READOUT_JSON_MEMORY, at);
    return 0;
  }
  memcpy(columns->arena + columns->arena_count, name, length);
  int is_plain = 1;
  for (size_t i = 0; i < length; i++) is_plain &= name[i] >= 0x20 && name[i] != '"' && name[i] != '\\';
  columns->names[number] = (json_name){
      .parent = parent, .hash = wanted, .name = columns->arena_count, .length = (uint32_t)length, .column = -1,
      .is_plain = is_plain};
  columns->arena_count += length;
  columns->name_count++;
  for (slot = wanted & columns->table_mask; columns->table[slot] != 0;) slot = (slot + 1) & columns->table_mask;
  columns->table[slot] = number;
  return number;
}

/* The column of a key, by its path, which is made where it is new; -1 after a fault. */
static int32_t find_column(taker *taker, uint32_t number, size_t at) {
  readout_json_columns *columns = taker->columns;
  size_t length = 0;
  for (uint32_t name = number; name != 0; name = columns->names[name].parent)
    length += columns->names[name].length + (name == number ? 0 : 1);
  if (!reserve(&columns->arena, &columns->arena_room, columns->arena_count + length, 1)) {
    json_fail(&taker->reader, READOUT_JSON_MEMORY, at);
    return -1;
  }
  uint8_t *path = columns->arena + columns->arena_count;
  size_t place = length;
  for (uint32_t name = number; name != 0; name = columns->names[name].parent) {
    if (name != number) path[--place] = '.';
    place -= columns->names[name].length;
    memcpy(path + place, columns->arena + columns->names[name].name, columns->names[name].length);
  }
  /* Another key may have this path: `{"a.b": 1}` and `{"a": {"b": 1}}`. */
  for (size_t column = 0; column < columns->column_count; column++) {
    if (columns->columns[column].length == length &&
        memcmp(columns->arena + columns->columns[column].path, path, length) == 0)
      return columns->names[number].column = (int32_t)column;
  }
  const size_t column = columns->column_count;
  if (column >= READOUT_JSON_COLUMNS) {
    json_fail(&taker->reader, READOUT_JSON_WIDE, at);
    return -1;
  }
  size_t field_room = columns->field_room, met_room = columns->column_room;
  if (!reserve(&columns->fields, &field_room, column + 1, sizeof *columns->fields) ||
      !reserve(&columns->met, &met_room, column + 1, sizeof *columns->met) ||
      !reserve(&columns->columns, &columns->column_room, column + 1, sizeof *columns->columns)) {
    json_fail(&taker->reader, READOUT_JSON_MEMORY, at);
    return -1;
  }
  columns->field_room = field_room;
  columns->columns[column] = (json_column){.path = columns->arena_count, .length = (uint32_t)length};
  columns->arena_count += length;
  columns->column_count++;
  return columns->names[number].column = (int32_t)column;
}

/* Notes a value, or a null with kind 0, of the record; 0 after a fault. */
static int take(taker *taker, uint32_t number, size_t start, size_t end, uint8_t kind) {
  readout_json_columns *columns = taker->columns;
  int32_t column = columns->names[number].column;
  if (column < 0) {
    column = find_column(taker, number, start);
    if (column < 0) return 0;
  }
  if ((size_t)column >= taker->batch->column_capacity) return (int)json_fail(&taker->reader, READOUT_JSON_ROOM, start);
  if (columns->columns[column].record == columns->record)
    return (int)json_fail(&taker->reader, READOUT_JSON_DUPLICATE, start);
  columns->columns[column].record = columns->record;
  columns->fields[columns->field_count++] = (json_field){
      .column = (uint32_t)column, .start = (uint32_t)start, .end = (uint32_t)end, .kind = kind};
  return 1;
}

/* The key at `at`, an opening quote or a fault; *at is then at its value. 0 after a fault. */
static uint32_t take_key(taker *taker, uint32_t parent, uint32_t expected, size_t *at) {
  json_reader *reader = &taker->reader;
  readout_json_columns *columns = taker->columns;
  const uint8_t *text = reader->text;
  if (expected != 0) {
    const json_name *name = &columns->names[expected];
    const size_t end = *at + 1 + name->length;
    if (name->is_plain && end + 1 < reader->to && text[*at] == '"' && text[end] == '"' && text[end + 1] == ':' &&
        memcmp(text + *at + 1, columns->arena + name->name, name->length) == 0) {
      *at = json_blanks(reader, end + 2);
      return expected;
    }
  }
  size_t key, key_end;
  const size_t start = *at;
  const size_t value = json_key(reader, start, &key, &key_end);
  if (value == 0) return 0;
  *at = value;
  if (memchr(text + key, '\\', key_end - key) == NULL) return find_name(taker, parent, text + key, key_end - key, start);
  uint8_t *plain = malloc(key_end - key);
  if (plain == NULL) return (uint32_t)json_fail(reader, READOUT_JSON_MEMORY, start);
  const size_t length = readout_json_unescape(text + key, key_end - key, plain);
  const uint32_t found = find_name(taker, parent, plain, length, start);
  free(plain);
  return found;
}

/* From `{` to behind `}`, values taken under their keys. */
static size_t take_object(taker *taker, size_t at, uint32_t parent, int depth) {
  json_reader *reader = &taker->reader;
  readout_json_columns *columns = taker->columns;
  const uint8_t *text = reader->text;
  if (depth >= READOUT_JSON_DEPTH) return json_fail(reader, READOUT_JSON_DEEP, at);
  at = json_blanks(reader, at + 1);
  if (at < reader->to && text[at] == '}') return at + 1;
  uint32_t before = 0;
  while (1) {
    const size_t key_at = at;
    const uint32_t expected = before == 0 ? columns->names[parent].first : columns->names[before].follower;
    const uint32_t number = take_key(taker, parent, expected, &at);
    if (number == 0) return 0;
    if (columns->names[number].record == columns->record) return json_fail(reader, READOUT_JSON_DUPLICATE, key_at);
    columns->names[number].record = columns->record;
    if (before == 0) columns->names[parent].first = number; else columns->names[before].follower = number;
    if (at < reader->to && text[at] == '{') {
      at = take_object(taker, at, number, depth + 1);
      if (at == 0) return 0;
    } else {
      uint8_t kind;
      const size_t end = json_value(reader, at, depth + 1, &kind);
      if (end == 0 || !take(taker, number, at, end, kind)) return 0;
      at = end;
    }
    at = json_blanks(reader, at);
    if (at < reader->to && text[at] == '}') return at + 1;
    if (at >= reader->to || text[at] != ',') return json_fail(reader, READOUT_JSON_UNEXPECTED, at);
    at = json_blanks(reader, at + 1);
    before = number;
  }
}

/* The object at `at`, its values not yet in the batch; behind it, or 0 after a fault. */
static size_t take_record(taker *taker, size_t at) {
  taker->columns->record++;
  taker->columns->field_count = 0;
  at = json_blanks(&taker->reader, at);
  if (at >= taker->reader.to) return json_fail(&taker->reader, READOUT_JSON_CUT, at);
  if (taker->reader.text[at] != '{') {
    /* A value of another kind is valid, one that is none is not. */
    uint8_t kind;
    if (json_value(&taker->reader, at, 0, &kind) == 0) return 0;
    return json_fail(&taker->reader, READOUT_JSON_NO_OBJECT, at);
  }
  return take_object(taker, at, 0, 0);
}

/* Puts the record's values into the next row. */
static void commit(taker *taker) {
  readout_json_columns *columns = taker->columns;
  readout_json_batch *batch = taker->batch;
  const size_t row = batch->rows++;
  for (size_t i = 0; i < columns->field_count; i++) {
    const json_field field = columns->fields[i];
    json_column *column = &columns->columns[field.column];
    if (column->round != columns->round) {
      column->round = columns->round;
      columns->met[columns->met_count++] = field.column;
    }
    if (field.kind == 0) continue;
    const size_t place = field.column * batch->row_capacity + row;
    batch->starts[place] = field.start - 1;
    batch->ends[place] = field.end;
    batch->kinds[field.column] |= field.kind;
  }
}

static readout_json_stop failed(taker *taker, size_t start, size_t end) {
  readout_json_stop stop = {
      .next = end, .record = start, .record_end = end, .fault = taker->reader.fault,
      .fault_at = taker->reader.fault_at};
  if (stop.fault == READOUT_JSON_ROOM) stop.next = start; else taker->batch->rows++;
  return stop;
}

readout_json_stop readout_json_read_lines(
    readout_json_columns *columns, readout_json_batch *batch, const uint8_t *text, size_t from, size_t to) {
  taker taker = {.reader = {.text = text}, .columns = columns, .batch = batch};
  size_t at = from;
  while (at < to && batch->rows < batch->row_capacity) {
    const uint8_t *newline = memchr(text + at, '\n', to - at);
    const size_t end = newline == NULL ? to : (size_t)(newline - text);
    const size_t next = newline == NULL ? to : end + 1;
    if (end == at || (end == at + 1 && text[at] == '\r')) {
      at = next;
      continue;
    }
    taker.reader.to = end;
    size_t behind = take_record(&taker, at);
    if (behind != 0) {
      behind = json_blanks(&taker.reader, behind);
      if (behind < end) behind = json_fail(&taker.reader, READOUT_JSON_MORE, behind);
    }
    if (behind == 0) {
      readout_json_stop stop = failed(&taker, at, end);
      if (stop.fault != READOUT_JSON_ROOM) stop.next = next;
      return stop;
    }
    commit(&taker);
    at = next;
  }
  return (readout_json_stop){.next = at};
}

readout_json_stop readout_json_read_elements(
    readout_json_columns *columns, readout_json_batch *batch, const uint8_t *text, size_t from, size_t to) {
  taker taker = {.reader = {.text = text, .to = to}, .columns = columns, .batch = batch};
  size_t at = from;
  while (batch->rows < batch->row_capacity) {
    at = json_blanks(&taker.reader, at);
    if (at < to && text[at] == ',') at = json_blanks(&taker.reader, at + 1);
    if (at >= to) break;
    const size_t behind = take_record(&taker, at);
    if (behind == 0) {
      /* The text was valid when it was counted, so an element that is no object, or has two values for a key, has an end. */
      json_reader whole = {.text = text, .to = to};
      uint8_t kind;
      const size_t end = json_value(&whole, at, 0, &kind);
      return failed(&taker, at, end == 0 ? to : end);
    }
    commit(&taker);
    at = behind;
  }
  return (readout_json_stop){.next = at};
}
