// Whether a function keeps something between calls: what it leads to is looked over before its first batch in a query, after
// the first row of that batch and after batches, and has to be the same. The check of the source (PurityCheck.swift) names
// the line; this one also sees changes through another name, a closure, an iterator or a metamethod.
//
// A function leads to what its upvalues hold, and without holding it to what all functions of a state share: the globals of
// an analysis, and the modules that `require` gives.

#include "batch.h"

#include <stdint.h>

// Upvalues are told apart up to this many; those behind count as the last.
#define MOST_UPVALUES 32
// A graph of so many values is looked over after every batch; a larger one after batches 1, 2, 4, 8 ….
#define SMALL_GRAPH 4096

typedef struct {
  looks looks;
  int count;
  uint64_t hashes[MOST_UPVALUES];
} outlook;

static const char outlooks_key, environment_key, modules_key, shared_key;

void keep_environment(lua_State *L) {
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
}

void bridge_begin_query(bridge_state *state) { state->query++; }

// -- What a value leads to ---------------------------------------------------------------------------------------

// A walk over values, each table and function once. Addresses do not change while a state lives, and a table that is not
// written keeps its order.
typedef struct {
  int seen;           // the stack slot of the tables and functions that were met: by themselves, and by their numbers
  lua_Integer count;  // how many they are
  size_t values;
} survey;

static uint64_t with(uint64_t hash, uint64_t bits) {
  hash = (hash ^ bits) * 0x9E3779B97F4A7C15;
  return hash ^ hash >> 29;
}

// The walk does not go into the table that the registry has under `key`, where there is one.
static void pass_over(lua_State *L, const survey *s, const char *key) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) == LUA_TTABLE) {
    lua_pushboolean(L, 1);
    lua_rawset(L, s->seen);
  } else {
    lua_pop(L, 1);
  }
}

// Pushes what the walk needs. What functions share is looked over apart.
static survey begin_survey(lua_State *L) {
  luaL_checkstack(L, 8, NULL);
  lua_createtable(L, 16, 16);
  survey s = {.seen = lua_gettop(L)};
  pass_over(L, &s, &environment_key);
  pass_over(L, &s, &modules_key);
  return s;
}

// The value on top of the stack, popped; a table or function that is new is met.
static uint64_t with_value(lua_State *L, uint64_t hash, survey *s) {
  s->values++;
  int type = lua_type(L, -1);
  hash = with(hash, (uint64_t)type);
  if (type == LUA_TUSERDATA) {
    // Where a walk over matches stands, or the number of a host's object.
    const unsigned char *bytes = lua_touserdata(L, -1);
    for (size_t i = 0; i < lua_rawlen(L, -1); i++) hash = with(hash, bytes[i]);
  }
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
  if (type == LUA_TTABLE || type == LUA_TFUNCTION) {
    lua_pushvalue(L, -1);
    if (lua_rawget(L, s->seen) == LUA_TNIL) {
      lua_pushvalue(L, -2);
      lua_pushboolean(L, 1);
      lua_rawset(L, s->seen);
      lua_pushvalue(L, -2);
      lua_rawseti(L, s->seen, ++s->count);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return hash;
}

static uint64_t with_entries(lua_State *L, uint64_t hash, int table, survey *s) {
  lua_pushnil(L);
  while (lua_next(L, table)) {
    hash = with_value(L, hash, s);
    lua_pushvalue(L, -1);
    hash = with_value(L, hash, s);
  }
  check_stopped(L);
  return hash;
}

// What the tables and functions behind number `done` hold, and those that are met with them.
static uint64_t with_met(lua_State *L, uint64_t hash, lua_Integer done, survey *s) {
  while (done < s->count) {
    lua_rawgeti(L, s->seen, ++done);
    int place = lua_gettop(L);
    hash = with(hash, (uint64_t)(uintptr_t)lua_topointer(L, place));
    if (lua_isfunction(L, place)) {
      for (int i = 1; lua_getupvalue(L, place, i); i++) hash = with_value(L, hash, s);
    } else {
      if (lua_getmetatable(L, place)) hash = with_value(L, hash, s);
      hash = with_entries(L, hash, place, s);
    }
    lua_pop(L, 1);
  }
  return hash;
}

// All that the value on top of the stack leads to; popped.
static uint64_t with_all(lua_State *L, uint64_t hash, survey *s) {
  lua_Integer done = s->count;
  hash = with_value(L, hash, s);
  return with_met(L, hash, done, s);
}

// Whether it is to be looked over after the batch that has just run.
static bool is_due(const looks *l) { return l->values <= SMALL_GRAPH || (l->calls & (l->calls + 1)) == 0; }

// -- What functions share ----------------------------------------------------------------------------------------

// Compares with what was seen under the key on top of the stack, which stays; what is new is noted. A hash that has changed
// once is never right again.
static void compare_shared(lua_State *L, int hashes, uint64_t now, size_t values) {
  lua_pushvalue(L, -1);
  bool is_new = lua_rawget(L, hashes) == LUA_TNIL;
  uint64_t before = (uint64_t)lua_tointeger(L, -1);
  lua_pop(L, 1);
  if (!is_new && before == now) return;
  lua_pushvalue(L, -1);
  lua_pushinteger(L, (lua_Integer)(is_new ? now : with(before, now)));
  lua_rawset(L, hashes);
  if (is_new) {
    state_of(L)->shared.values += values;
  } else if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_error(L, "it keeps state between calls: what module %s leads to has changed", lua_tostring(L, -1));
  } else {
    luaL_error(L, "it keeps state between calls: a global, or what one leads to, has changed");
  }
}

static bool is_known(lua_State *L, int hashes) {
  lua_pushvalue(L, -1);
  bool is_known = lua_rawget(L, hashes) != LUA_TNIL;
  lua_pop(L, 1);
  return is_known;
}

// Looks over the globals, which stand under `true`, and the modules; `only_new`: those that were not looked over yet.
static void look_over_shared(lua_State *L, bool only_new) {
  luaL_checkstack(L, 8, NULL);
  int top = lua_gettop(L);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &shared_key);
  int hashes = top + 1, table = top + 2;
  bool has_globals = lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key) == LUA_TTABLE;
  lua_pushboolean(L, 1);
  if (has_globals && !(only_new && is_known(L, hashes))) {
    survey s = begin_survey(L);
    uint64_t hash = with_entries(L, 0, table, &s);
    hash = with_met(L, hash, 0, &s);
    lua_settop(L, s.seen - 1);
    compare_shared(L, hashes, hash, s.values);
  }
  lua_settop(L, hashes);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key) == LUA_TTABLE) {
    lua_pushnil(L);
    while (lua_next(L, table)) {
      lua_pushvalue(L, -2);
      if (!(only_new && is_known(L, hashes))) {
        survey s = begin_survey(L);
        lua_pushvalue(L, -3);
        uint64_t hash = with_all(L, 0, &s);
        lua_settop(L, s.seen - 1);
        compare_shared(L, hashes, hash, s.values);
      }
      lua_pop(L, 2);
    }
  }
  lua_settop(L, top);
}

int keep_modules(lua_State *L) {
  lua_settop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &modules_key);
  if (state_of(L)->batch) look_over_shared(L, true);
  return 0;
}

// -- Functions ---------------------------------------------------------------------------------------------------

// Fills `out` with what the function in stack slot `function` leads to.
static void look_over(lua_State *L, int function, outlook *out) {
  survey s = begin_survey(L);
  out->count = 0;
  for (int i = 1; lua_getupvalue(L, function, i); i++) {
    int slot = i <= MOST_UPVALUES ? i - 1 : MOST_UPVALUES - 1;
    if (slot == out->count) {
      out->hashes[slot] = 0;
      out->count++;
    }
    out->hashes[slot] = with_all(L, out->hashes[slot], &s);
  }
  out->looks.values = s.values;
  lua_settop(L, s.seen - 1);
}

void open_outlooks(lua_State *L) {
  lua_createtable(L, 0, 4);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &outlooks_key);
}

// What was seen of the function in slot `function`; looks it over where it is new in this query.
static outlook *outlook_of(lua_State *L, int function) {
  bridge_state *state = state_of(L);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &outlooks_key);
  int all = lua_gettop(L);
  lua_pushvalue(L, function);
  bool is_known = lua_rawget(L, all) == LUA_TUSERDATA;
  outlook *before = is_known ? lua_touserdata(L, -1) : lua_newuserdatauv(L, sizeof *before, 0);
  if (!is_known || before->looks.query != state->query) {
    before->looks = (looks){0};
    look_over(L, function, before);
    before->looks.query = state->query;
    lua_pushvalue(L, function);
    lua_pushvalue(L, -2);
    lua_rawset(L, all);
  }
  lua_settop(L, all - 1);
  return before;
}

bool look_before(lua_State *L, int first, int last) {
  bridge_state *state = state_of(L);
  if (state->shared.query != state->query) {
    lua_createtable(L, 0, 4);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &shared_key);
    state->shared = (looks){0};
    look_over_shared(L, true);
    state->shared.query = state->query;
  }
  bool is_new = false;
  for (int i = first; i <= last; i++) {
    if (lua_isfunction(L, i) && outlook_of(L, i)->looks.calls == 0) is_new = true;
  }
  return is_new;
}

// Raises an error where the function leads to something else than before, then and ever after.
static void compare(lua_State *L, int function, outlook *before) {
  outlook now;
  look_over(L, function, &now);
  for (int i = 0; i < now.count; i++) {
    if (before->hashes[i] == now.hashes[i]) continue;
    before->hashes[i] = with(before->hashes[i], now.hashes[i]);
    const char *name = lua_getupvalue(L, function, i + 1);
    if (lua_iscfunction(L, function)) luaL_error(L, "it keeps state between calls: it is an iterator");
    luaL_error(L, "it keeps %s between calls: what %s leads to has changed",
               lua_iscfunction(L, -1) ? "an iterator" : "state", name);
  }
}

void look_after_row(lua_State *L, int first, int last) {
  for (int i = first; i <= last; i++) {
    if (lua_isfunction(L, i)) compare(L, i, outlook_of(L, i));
  }
  look_over_shared(L, false);
}

void look_after(lua_State *L, int first, int last) {
  for (int i = first; i <= last; i++) {
    if (!lua_isfunction(L, i)) continue;
    outlook *before = outlook_of(L, i);
    if (is_due(&before->looks)) compare(L, i, before);
    before->looks.calls++;
  }
  bridge_state *state = state_of(L);
  if (is_due(&state->shared)) look_over_shared(L, false);
  state->shared.calls++;
}
