// Folds: a table of states by group number, updated row by row under one protected call a batch.

#include "batch.h"

typedef struct {
  const bridge_fold *fold;
  const bridge_batch *batch;
  const uint32_t *groups;
  const uint64_t *numbers;
  size_t count;
  bridge_result *result;
  const uint8_t *bytes;
  size_t length;
} fold_call;

// Slots of every call below: 1 the call, 2 the states, 3 init, 4 the function of the phase.
enum { STATES = 2, INIT = 3, BODY = 4 };

// Pushes the states, init and the function of the phase; whether one of these is new in the query.
static bool push_functions(lua_State *L, const bridge_fold *fold, bridge_ref body) {
  lua_settop(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, fold->states);
  lua_rawgeti(L, LUA_REGISTRYINDEX, fold->init);
  lua_rawgeti(L, LUA_REGISTRYINDEX, body);
  return look_before(L, INIT, BODY);
}

// Pushes the state of a group, made by init where it has none yet.
static void push_state(lua_State *L, size_t group, int32_t phase) {
  if (lua_rawgeti(L, STATES, (lua_Integer)group + 1) != LUA_TNIL) return;
  lua_pop(L, 1);
  bridge_state *state = state_of(L);
  state->phase = BRIDGE_PHASE_INIT;
  lua_pushvalue(L, INIT);
  lua_call(L, 0, 1);
  if (lua_isnil(L, -1)) luaL_error(L, "init gives nil, not a state");
  lua_pushvalue(L, -1);
  lua_rawseti(L, STATES, (lua_Integer)group + 1);
  state->phase = phase;
}

static int run_update(lua_State *L) {
  const fold_call *call = lua_touserdata(L, 1);
  bridge_state *state = state_of(L);
  bool is_new = push_functions(L, call->fold, call->fold->update);
  size_t called = 0;
  prepared p;
  prepare(L, call->batch, &p);
  for (size_t row = 0; row < call->batch->count; row++) {
    if (!is_present(call->batch, row)) continue;
    if (is_new && called++ == 1) look_after_row(L, INIT, BODY);
    state->row = row;
    lua_pushvalue(L, BODY);
    push_state(L, call->groups[row], BRIDGE_PHASE_UPDATE);
    int arguments = push_arguments(L, &p, row);
    lua_call(L, arguments + 1, 0);
  }
  look_after(L, INIT, BODY);
  return 0;
}

static int32_t run(bridge_state *state, lua_CFunction body, fold_call *call, int32_t phase, bridge_failure *failure) {
  static const bridge_batch no_rows;
  begin_batch(state, call->batch ? call->batch : &no_rows, phase);
  int32_t status = run_protected(state, body, call, 0);
  state->batch = NULL;
  *failure = (bridge_failure){state->row, state->phase, state->is_wrong_type};
  return status;
}

int32_t bridge_update(bridge_state *state, bridge_fold fold, bridge_batch batch, const uint32_t *groups,
                      bridge_failure *failure) {
  fold_call call = {.fold = &fold, .batch = &batch, .groups = groups};
  return run(state, run_update, &call, BRIDGE_PHASE_UPDATE, failure);
}

// -- Packing -----------------------------------------------------------------------------------------------------

// A state as bytes: a kind, then what belongs to it. A table is its pairs, ended by PACKED_END. PackedStates.swift writes the
// same.
enum { PACKED_NIL, PACKED_FALSE, PACKED_TRUE, PACKED_INTEGER, PACKED_NUMBER, PACKED_STRING, PACKED_TABLE, PACKED_END };

static void pack(lua_State *L, int index, buffer *out, int depth) {
  uint8_t kind;
  switch (lua_type(L, index)) {
    case LUA_TNIL: kind = PACKED_NIL; break;
    case LUA_TBOOLEAN: kind = lua_toboolean(L, index) ? PACKED_TRUE : PACKED_FALSE; break;
    case LUA_TNUMBER: kind = lua_isinteger(L, index) ? PACKED_INTEGER : PACKED_NUMBER; break;
    case LUA_TSTRING: kind = PACKED_STRING; break;
    case LUA_TTABLE: kind = PACKED_TABLE; break;
    default:
      luaL_error(L, "a state that is merged is plain data, it cannot hold a %s", luaL_typename(L, index));
      return;
  }
  buffer_put(L, out, &kind, 1);
  if (kind == PACKED_INTEGER) {
    lua_Integer value = lua_tointeger(L, index);
    buffer_put(L, out, &value, sizeof value);
  } else if (kind == PACKED_NUMBER) {
    lua_Number value = lua_tonumber(L, index);
    buffer_put(L, out, &value, sizeof value);
  } else if (kind == PACKED_STRING) {
    size_t length;
    const char *string = lua_tolstring(L, index, &length);
    buffer_put(L, out, &length, sizeof length);
    buffer_put(L, out, string, length);
  } else if (kind == PACKED_TABLE) {
    if (depth > 50) luaL_error(L, "a state is nested too deeply, or holds itself");
    check_stopped(L);
    if (lua_getmetatable(L, index)) luaL_error(L, "a state that is merged is plain data, it cannot have a metatable");
    luaL_checkstack(L, 4, NULL);
    lua_pushnil(L);
    while (lua_next(L, index)) {
      int top = lua_gettop(L);
      pack(L, top - 1, out, depth + 1);
      pack(L, top, out, depth + 1);
      lua_pop(L, 1);
    }
    kind = PACKED_END;
    buffer_put(L, out, &kind, 1);
  }
}

static const uint8_t *unpack(lua_State *L, const uint8_t *at) {
  luaL_checkstack(L, 4, NULL);
  switch (*at++) {
    case PACKED_FALSE: lua_pushboolean(L, 0); return at;
    case PACKED_TRUE: lua_pushboolean(L, 1); return at;
    case PACKED_INTEGER: {
      lua_Integer value;
      memcpy(&value, at, sizeof value);
      lua_pushinteger(L, value);
      return at + sizeof value;
    }
    case PACKED_NUMBER: {
      lua_Number value;
      memcpy(&value, at, sizeof value);
      lua_pushnumber(L, value);
      return at + sizeof value;
    }
    case PACKED_STRING: {
      size_t length;
      memcpy(&length, at, sizeof length);
      lua_pushlstring(L, (const char *)at + sizeof length, length);
      return at + sizeof length + length;
    }
    case PACKED_TABLE:
      lua_createtable(L, 0, 0);
      while (*at != PACKED_END) {
        at = unpack(L, at);
        at = unpack(L, at);
        lua_rawset(L, -3);
      }
      return at + 1;
    default: lua_pushnil(L); return at;
  }
}

static int run_pack(lua_State *L) {
  const fold_call *call = lua_touserdata(L, 1);
  bridge_state *state = state_of(L);
  push_functions(L, call->fold, call->fold->merge);
  state->packed.length = 0;
  for (size_t group = 0; group < call->count; group++) {
    state->row = group;
    lua_rawgeti(L, STATES, (lua_Integer)group + 1);
    pack(L, lua_gettop(L), &state->packed, 0);
    lua_pop(L, 1);
  }
  return 0;
}

int32_t bridge_pack(bridge_state *state, bridge_fold fold, size_t count, const uint8_t **bytes, size_t *length,
                    bridge_failure *failure) {
  fold_call call = {.fold = &fold, .count = count};
  int32_t status = run(state, run_pack, &call, BRIDGE_PHASE_MERGE, failure);
  *bytes = state->packed.data;
  *length = state->packed.length;
  return status;
}

static int run_merge(lua_State *L) {
  const fold_call *call = lua_touserdata(L, 1);
  bridge_state *state = state_of(L);
  bool is_new = push_functions(L, call->fold, call->fold->merge), is_called = false;
  const uint8_t *at = call->bytes;
  for (size_t group = 0; group < call->count; group++) {
    if (*at == PACKED_NIL) {
      at++;
      continue;
    }
    if (is_new && is_called) {
      look_after_row(L, INIT, BODY);
      is_new = false;
    }
    lua_Integer slot = (lua_Integer)call->groups[group] + 1;
    state->row = state->group = call->groups[group];
    lua_pushvalue(L, BODY);
    bool is_first = lua_rawgeti(L, STATES, slot) == LUA_TNIL;
    at = unpack(L, at);
    if (is_first) {
      lua_rawseti(L, STATES, slot);
      lua_pop(L, 2);
    } else {
      lua_call(L, 2, 0);
      is_called = true;
    }
  }
  look_after(L, INIT, BODY);
  return 0;
}

int32_t bridge_merge(bridge_state *state, bridge_fold fold, const uint8_t *bytes, size_t length, const uint32_t *groups,
                     size_t count, bridge_failure *failure) {
  fold_call call = {.fold = &fold, .bytes = bytes, .length = length, .groups = groups, .count = count};
  return run(state, run_merge, &call, BRIDGE_PHASE_MERGE, failure);
}

// -- Results -----------------------------------------------------------------------------------------------------

static int run_finalize(lua_State *L) {
  const fold_call *call = lua_touserdata(L, 1);
  bridge_state *state = state_of(L);
  bool is_new = push_functions(L, call->fold, call->fold->finalize);
  for (size_t place = 0; place < call->count; place++) {
    if (is_new && place == 1) look_after_row(L, INIT, BODY);
    state->row = place;
    state->group = call->numbers[place];
    lua_pushvalue(L, BODY);
    push_state(L, call->groups[place], BRIDGE_PHASE_FINALIZE);
    lua_call(L, 1, 1);
    take_result(L, call->result, place);
    lua_pop(L, 1);
  }
  look_after(L, INIT, BODY);
  return 0;
}

int32_t bridge_finalize(bridge_state *state, bridge_fold fold, const uint32_t *groups, const uint64_t *numbers,
                        size_t count, bridge_result *result, bridge_failure *failure) {
  fold_call call = {.fold = &fold, .groups = groups, .numbers = numbers, .count = count, .result = result};
  clear_text(state);
  return run(state, run_finalize, &call, BRIDGE_PHASE_FINALIZE, failure);
}
