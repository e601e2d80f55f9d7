// The row loop of a metric's function: one protected call a batch.

#include "batch.h"

typedef struct {
  bridge_ref function;
  const bridge_batch *batch;
  bridge_result *result;
} each_call;

static int run_each(lua_State *L) {
  const each_call *call = lua_touserdata(L, 1);
  bridge_state *state = state_of(L);
  prepared p;
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->function);
  bool is_new = look_before(L, 2, 2);
  size_t called = 0;
  prepare(L, call->batch, &p);
  size_t count = call->batch->count;
  for (size_t row = 0; row < count; row++) {
    if (!is_present(call->batch, row)) continue;
    if (is_new && called++ == 1) look_after_row(L, 2, 2);
    state->row = row;
    lua_pushvalue(L, 2);
    int arguments = push_arguments(L, &p, row);
    lua_call(L, arguments, 1);
    take_result(L, call->result, row);
    lua_pop(L, 1);
  }
  look_after(L, 2, 2);
  return 0;
}

int32_t bridge_each(bridge_state *state, bridge_ref function, bridge_batch batch, bridge_result *result,
                    bridge_failure *failure) {
  each_call call = {function, &batch, result};
  clear_text(state);
  begin_batch(state, &batch, BRIDGE_PHASE_EACH);
  int32_t status = run_protected(state, run_each, &call, 0);
  state->batch = NULL;
  *failure = (bridge_failure){state->row, state->phase, state->is_wrong_type};
  return status;
}

// -- Rows for scripts --------------------------------------------------------------------------------------------

typedef struct {
  const bridge_batch *batch;
} rows_call;

static int make_rows(lua_State *L) {
  const rows_call *call = lua_touserdata(L, 1);
  const bridge_batch *batch = call->batch;
  prepared p;
  prepare(L, batch, &p);
  lua_createtable(L, batch->count < 1 << 24 ? (int)batch->count : 0, 0);
  int rows = lua_gettop(L);
  for (size_t row = 0; row < batch->count; row++) {
    lua_createtable(L, 0, batch->column_count);
    for (int i = 0; i < batch->column_count; i++) {
      lua_pushvalue(L, p.names + i);
      push_cell(L, &p, i, row);
      lua_rawset(L, -3);
    }
    lua_rawseti(L, rows, (lua_Integer)row + 1);
  }
  lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
  return 1;
}

static int make_array(lua_State *L) {
  const rows_call *call = lua_touserdata(L, 1);
  prepared p;
  prepare(L, call->batch, &p);
  lua_createtable(L, call->batch->count < 1 << 24 ? (int)call->batch->count : 0, 1);
  for (size_t row = 0; row < call->batch->count; row++) {
    push_cell(L, &p, 0, row);
    lua_rawseti(L, -2, (lua_Integer)row + 1);
  }
  lua_pushinteger(L, (lua_Integer)call->batch->count);
  lua_setfield(L, -2, "n");
  lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
  return 1;
}

static int32_t make(bridge_state *state, lua_CFunction body, void *data, bridge_ref *made) {
  *made = 0;
  int32_t status = run_protected(state, body, data, 1);
  if (status != LUA_OK) return status;
  *made = (bridge_ref)lua_tointeger(state->lua, -1);
  lua_pop(state->lua, 1);
  return status;
}

int32_t bridge_rows(bridge_state *state, bridge_batch batch, bridge_ref names, bridge_ref *rows) {
  batch.row_keys = names;
  batch.row_table = 0;
  rows_call call = {&batch};
  return make(state, make_rows, &call, rows);
}

int32_t bridge_array(bridge_state *state, bridge_batch batch, bridge_ref *array) {
  rows_call call = {&batch};
  return make(state, make_array, &call, array);
}

static int make_table(lua_State *L) {
  size_t items = *(size_t *)lua_touserdata(L, 1);
  lua_createtable(L, items < 1 << 24 ? (int)items : 0, 0);
  lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
  return 1;
}

int32_t bridge_table(bridge_state *state, size_t items, bridge_ref *table) {
  return make(state, make_table, &items, table);
}
