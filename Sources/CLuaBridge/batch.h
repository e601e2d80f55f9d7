// Cells, rows and results of a batch, for the loops over `each`, folds and row tables.

#ifndef CLUABRIDGE_BATCH_H
#define CLUABRIDGE_BATCH_H

#include "state.h"

static inline bool bit_at(const uint64_t *words, size_t row) { return words[row >> 6] >> (row & 63) & 1; }

// Columns whose tables and constants stand on the stack from `base` on, one slot each; then, where rows go as tables,
// the row table and the columns' names.
typedef struct {
  const bridge_batch *batch;
  int base;
  int row_table;
  int names;
} prepared;

// Pushes what every row needs.
void prepare(lua_State *L, const bridge_batch *batch, prepared *p);
// Pushes the value of a column in a row.
void push_cell(lua_State *L, const prepared *p, int column, size_t row);
// Pushes the arguments of a row, or its row table; says how many values that is.
int push_arguments(lua_State *L, const prepared *p, size_t row);

// Nothing has been called yet for the batch.
void begin_batch(bridge_state *state, const bridge_batch *batch, int32_t phase);

// Whether the functions in stack slots `first` to `last` keep state: look_before their calls for a batch, look_after them,
// which raises an error. Where look_before says that one is new in the query, look_after_row goes behind the first row: what
// changes with every row may be as it was when the batch ends.
bool look_before(lua_State *L, int first, int last);
void look_after_row(lua_State *L, int first, int last);
void look_after(lua_State *L, int first, int last);

static inline bool is_present(const bridge_batch *batch, size_t row) {
  return !batch->present || bit_at(batch->present, row);
}

// Takes the value on top of the stack as the result of a row. Where it has the wrong type, raises an error that shows
// it.
void take_result(lua_State *L, bridge_result *result, size_t row);
// Forgets the strings and items of the last batch.
void clear_text(bridge_state *state);

#endif
