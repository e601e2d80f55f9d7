// Whether a function keeps something between calls: what its upvalues lead to is looked over before its first batch and
// after later ones, and has to be the same. The check of the source (PurityCheck.swift) names the line; this one also sees
// changes through another name, a closure or a metamethod.

#include "batch.h"

#include <stdint.h>

// Upvalues are told apart up to this many; those behind count as the last.
#define MOST_UPVALUES 32
// A graph of so many values is looked over after every batch; a larger one after batches 1, 2, 4, 8 ….
#define SMALL_GRAPH 4096

typedef struct {
  uint64_t calls;
  size_t values;
  int count;
  uint64_t hashes[MOST_UPVALUES];
} outlook;

static const char outlooks_key, environment_key;

void keep_environment(lua_State *L) {
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
}

static uint64_t with(uint64_t hash, uint64_t bits) {
  hash = (hash ^ bits) * 0x9E3779B97F4A7C15;
  return hash ^ hash >> 29;
}

// The value on top of the stack, popped; tables and functions are gone into once. `seen` is the stack slot of those gone
// into. Addresses do not change while a state lives, and a table that is not written keeps its order.
static uint64_t with_value(lua_State *L, uint64_t hash, int seen, size_t *values, int depth) {
  ++*values;
  int type = lua_type(L, -1);
  hash = with(hash, (uint64_t)type);
  uint64_t bits = 0;
  switch (type) {
    case LUA_TNUMBER:
      if (lua_isinteger(L, -1)) {
        bits = (uint64_t)lua_tointeger(L, -1);
      } else {
        lua_Number number = lua_tonumber(L, -1);
        memcpy(&bits, &number, sizeof bits);
        hash = with(hash, 1);
      }
      break;
    case LUA_TBOOLEAN: bits = (uint64_t)lua_toboolean(L, -1); break;
    case LUA_TSTRING:
    case LUA_TLIGHTUSERDATA:
    case LUA_TUSERDATA:
    case LUA_TTABLE:
    case LUA_TFUNCTION: bits = (uint64_t)(uintptr_t)lua_topointer(L, -1); break;
    default: break;
  }
  hash = with(hash, bits);
  bool is_inside = (type == LUA_TTABLE || (type == LUA_TFUNCTION && !lua_iscfunction(L, -1))) && depth < 100;
  if (is_inside) {
    lua_pushvalue(L, -1);
    is_inside = lua_rawget(L, seen) == LUA_TNIL;
    lua_pop(L, 1);
  }
  if (!is_inside) {
    lua_pop(L, 1);
    return hash;
  }
  luaL_checkstack(L, 6, NULL);
  int place = lua_gettop(L);
  lua_pushvalue(L, place);
  lua_pushboolean(L, 1);
  lua_rawset(L, seen);
  if (type == LUA_TFUNCTION) {
    for (int i = 1; lua_getupvalue(L, place, i); i++) hash = with_value(L, hash, seen, values, depth + 1);
  } else {
    if (lua_getmetatable(L, place)) hash = with_value(L, hash, seen, values, depth + 1);
    lua_pushnil(L);
    while (lua_next(L, place)) {
      hash = with_value(L, hash, seen, values, depth + 1);
      lua_pushvalue(L, -1);
      hash = with_value(L, hash, seen, values, depth + 1);
    }
    check_stopped(L);
  }
  lua_settop(L, place - 1);
  return hash;
}

// Fills `out` with what the function in stack slot `function` leads to.
static void look_over(lua_State *L, int function, outlook *out) {
  lua_createtable(L, 0, 16);
  int seen = lua_gettop(L);
  // The globals are the sandbox's: they cannot be changed, or belong to the analysis.
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key) == LUA_TTABLE) {
    lua_pushboolean(L, 1);
    lua_rawset(L, seen);
  } else {
    lua_pop(L, 1);
  }
  out->count = 0;
  out->values = 0;
  for (int i = 1; lua_getupvalue(L, function, i); i++) {
    int slot = i <= MOST_UPVALUES ? i - 1 : MOST_UPVALUES - 1;
    if (slot == out->count) {
      out->hashes[slot] = 0;
      out->count++;
    }
    out->hashes[slot] = with_value(L, out->hashes[slot], seen, &out->values, 0);
  }
  lua_settop(L, seen - 1);
}

void open_outlooks(lua_State *L) {
  lua_createtable(L, 0, 4);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &outlooks_key);
}

// Pushes what was seen of the function in slot `function`; looks it over where it is new.
static outlook *push_outlook(lua_State *L, int function) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &outlooks_key);
  int all = lua_gettop(L);
  lua_pushvalue(L, function);
  if (lua_rawget(L, all) != LUA_TUSERDATA) {
    lua_pop(L, 1);
    outlook *made = lua_newuserdatauv(L, sizeof *made, 0);
    memset(made, 0, sizeof *made);
    look_over(L, function, made);
    lua_pushvalue(L, function);
    lua_pushvalue(L, -2);
    lua_rawset(L, all);
  }
  lua_remove(L, all);
  return lua_touserdata(L, -1);
}

void look_before(lua_State *L, int function) {
  if (!lua_isfunction(L, function) || lua_iscfunction(L, function)) return;
  push_outlook(L, function);
  lua_pop(L, 1);
}

void look_after(lua_State *L, int function) {
  if (!lua_isfunction(L, function) || lua_iscfunction(L, function)) return;
  outlook *before = push_outlook(L, function), now;
  uint64_t calls = ++before->calls;
  if (before->values > SMALL_GRAPH && (calls & (calls - 1)) != 0) {
    lua_pop(L, 1);
    return;
  }
  look_over(L, function, &now);
  for (int i = 0; i < now.count; i++) {
    if (before->hashes[i] == now.hashes[i]) continue;
    const char *name = lua_getupvalue(L, function, i + 1);
    luaL_error(L, "it keeps state between calls: what %s leads to has changed", name && *name ? name : "an upvalue");
  }
  lua_pop(L, 1);
}
