// pairs and next in one order, every run and in every state: Lua's own follows the addresses that its hashes are seeded
// with.
//
// Numbers come first, ascending, then strings in the order of their bytes, false, true, and the host's objects in the order
// in which they were made. Other keys (tables, functions) have no order but that of their addresses: two of them are an
// error. A table whose only keys are 1, 2, 3 … is walked by counting; for any other the keys are sorted when the walk begins.

#include "state.h"

#include <stdlib.h>

enum { RANK_NUMBER, RANK_STRING, RANK_BOOLEAN, RANK_OBJECT, RANK_OTHER };

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
  if (order == 0 && a->rank == RANK_OBJECT) order = (a->integer > b->integer) - (a->integer < b->integer);
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
    case LUA_TUSERDATA:
      key.rank = RANK_OBJECT;
      key.integer = *(int64_t *)lua_touserdata(L, index);
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

static void refuse_unordered(lua_State *L, size_t count) {
  if (count > 1) luaL_error(L, "keys that are tables or functions have no order: keep them in a list as well");
}

// The iterator over 1, 2, 3 …: its upvalue is how many there were. Those that were removed meanwhile are passed over.
static int next_item(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Integer place = lua_tointeger(L, 2), last = lua_tointeger(L, lua_upvalueindex(1));
  lua_settop(L, 1);
  while (place >= 0 && place < last) {
    lua_pushinteger(L, ++place);
    if (lua_rawgeti(L, 1, place) != LUA_TNIL) return 2;
    lua_settop(L, 1);
  }
  lua_pushnil(L);
  return 1;
}

// The iterator over sorted keys: upvalues are they and how many were taken. Keys that were removed meanwhile are passed
// over.
static int next_sorted(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
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

// The key behind a given one in the order of pairs, found by looking at all of them: `pairs` is the way through a table.
int safe_next(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  bool is_first = lua_isnil(L, 2);
  sort_key after = key_at(L, 2, 0), best = {0};
  size_t others = 0;
  lua_pushnil(L);
  lua_pushnil(L);  // 3: the best key so far
  lua_insert(L, 3);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    sort_key key = key_at(L, -1, 0);
    if (key.rank == RANK_OTHER) others++;
    if (!is_first && compare_keys(&key, &after) <= 0) continue;
    if (!lua_isnil(L, 3) && compare_keys(&key, &best) >= 0) continue;
    best = key;
    lua_pushvalue(L, -1);
    lua_replace(L, 3);
  }
  refuse_unordered(L, others);
  if (lua_isnil(L, 3)) return 1;
  lua_pushvalue(L, 3);
  lua_rawget(L, 1);
  return 2;
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
    lua_pushinteger(L, count);
    lua_pushcclosure(L, next_item, 1);
    lua_pushvalue(L, 1);
    return 2;
  }
  // The keys stay alive in the table; the sort works on a copy of what it compares.
  sort_key *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys, 0);
  lua_createtable(L, count < 1 << 24 ? (int)count : 0, 0);
  lua_Integer found = 0;
  size_t others = 0;
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    lua_pop(L, 1);
    keys[found] = key_at(L, -1, found + 1);
    if (keys[found].rank == RANK_OTHER) others++;
    found++;
    lua_pushvalue(L, -1);
    lua_rawseti(L, 3, found);
  }
  refuse_unordered(L, others);
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
