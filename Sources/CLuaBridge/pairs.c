// pairs in one order, every run and in every state: Lua's own follows the addresses that its hashes are seeded with.
//
// Numbers come first, ascending, then strings in the order of their bytes, false, true, and last the keys that have no
// order (tables, functions), as Lua finds them. A table whose only keys are 1, 2, 3 … is walked by Lua's `next`, which
// takes them in order; for any other the keys are sorted when the walk begins.

#include "state.h"

#include <stdlib.h>

enum { RANK_NUMBER, RANK_STRING, RANK_BOOLEAN, RANK_OTHER };

typedef struct {
  int rank;
  bool is_integer;
  bool truth;
  lua_Integer integer;
  lua_Number number;
  const char *string;
  size_t length;
  lua_Integer found;  // its place in Lua's own order
} sort_key;

static int compare_numbers(const sort_key *a, const sort_key *b) {
  if (a->is_integer && b->is_integer) return (a->integer > b->integer) - (a->integer < b->integer);
  return (a->number > b->number) - (a->number < b->number);
}

static int compare_keys(const void *left, const void *right) {
  const sort_key *a = left, *b = right;
  int order = a->rank - b->rank;
  if (order == 0 && a->rank == RANK_NUMBER) order = compare_numbers(a, b);
  if (order == 0 && a->rank == RANK_STRING) {
    order = memcmp(a->string, b->string, a->length < b->length ? a->length : b->length);
    if (order == 0) order = (a->length > b->length) - (a->length < b->length);
  }
  if (order == 0 && a->rank == RANK_BOOLEAN) order = a->truth - b->truth;
  return order != 0 ? order : (a->found > b->found) - (a->found < b->found);
}

static sort_key key_at(lua_State *L, int index, lua_Integer found) {
  sort_key key = {.rank = RANK_OTHER, .found = found};
  switch (lua_type(L, index)) {
    case LUA_TNUMBER:
      key.rank = RANK_NUMBER;
      key.is_integer = lua_isinteger(L, index);
      key.integer = key.is_integer ? lua_tointeger(L, index) : 0;
      key.number = lua_tonumber(L, index);
      break;
    case LUA_TSTRING:
      key.rank = RANK_STRING;
      key.string = lua_tolstring(L, index, &key.length);
      break;
    case LUA_TBOOLEAN:
      key.rank = RANK_BOOLEAN;
      key.truth = lua_toboolean(L, index);
      break;
    default: break;
  }
  return key;
}

// Counts the keys; whether they are 1, 2, 3 … in this order.
static bool is_sequence(lua_State *L, lua_Integer *count) {
  bool is_ordered = true;
  *count = 0;
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    ++*count;
    is_ordered = is_ordered && lua_isinteger(L, -1) && lua_tointeger(L, -1) == *count;
  }
  return is_ordered;
}

// The iterator: upvalues are the sorted keys and how many were taken. Keys that were removed meanwhile are passed over.
static int next_sorted(lua_State *L) {
  lua_settop(L, 1);
  lua_Integer taken = lua_tointeger(L, lua_upvalueindex(2));
  while (lua_rawgeti(L, lua_upvalueindex(1), ++taken) != LUA_TNIL) {
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) != LUA_TNIL) {
      lua_pushinteger(L, taken);
      lua_replace(L, lua_upvalueindex(2));
      return 2;
    }
    lua_settop(L, 1);
  }
  return 1;
}

int safe_pairs(lua_State *L) {
  luaL_checkany(L, 1);
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return 3;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_Integer count;
  if (is_sequence(L, &count)) {
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    return 2;
  }
  // The keys stay alive in the table; the sort works on a copy of what it compares.
  sort_key *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys, 0);
  lua_createtable(L, count < 1 << 24 ? (int)count : 0, 0);
  lua_Integer found = 0;
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    keys[found] = key_at(L, -1, found + 1);
    found++;
    lua_pushvalue(L, -1);
    lua_rawseti(L, 3, found);
  }
  qsort(keys, (size_t)count, sizeof *keys, compare_keys);
  lua_createtable(L, count < 1 << 24 ? (int)count : 0, 0);
  for (lua_Integer i = 0; i < count; i++) {
    lua_rawgeti(L, 3, keys[i].found);
    lua_rawseti(L, 4, i + 1);
  }
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_sorted, 2);
  lua_pushvalue(L, 1);
  return 2;
}
