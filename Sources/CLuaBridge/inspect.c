// Looking into functions and tables: what lifting needs to know of the values that a function's names stand for.

#include "state.h"

typedef struct {
  bridge_ref value;
  int32_t number;
  bridge_values key;
  const char *name;
} look;

// -- Tables of the sandbox ----------------------------------------------------------------------------------------

static const char marks_key;

static int mark(lua_State *L, lua_Integer kind) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &marks_key) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &marks_key);
  }
  lua_pushvalue(L, 1);
  lua_pushinteger(L, kind);
  lua_rawset(L, -3);
  return 0;
}

int mark_library(lua_State *L) { return mark(L, BRIDGE_LIBRARY); }
int mark_globals(lua_State *L) { return mark(L, BRIDGE_GLOBALS); }

// Whose metatable the table on top of the stack has. What a script hangs onto a table must not be asked: it would run.
static uint32_t metatable_of_top(lua_State *L) {
  if (!lua_getmetatable(L, -1)) return BRIDGE_NO_METATABLE;
  lua_pop(L, 1);
  int top = lua_gettop(L);
  lua_Integer kind = 0;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &marks_key) == LUA_TTABLE) {
    lua_pushvalue(L, top);
    lua_rawget(L, -2);
    kind = lua_tointeger(L, -1);
  }
  lua_settop(L, top);
  return kind ? (uint32_t)kind : BRIDGE_OWN_METATABLE;
}

// -- Values --------------------------------------------------------------------------------------------------------

static void give(lua_State *L) {
  bridge_state *state = state_of(L);
  state->values.length = state->value_bytes.length = 0;
  state->value_count = 1;
  int type = lua_type(L, -1);
  if (type != LUA_TTABLE && type != LUA_TFUNCTION) {
    flatten(L, -1, &state->values, &state->value_bytes);
    return;
  }
  uint32_t metatable = type == LUA_TTABLE ? metatable_of_top(L) : BRIDGE_NO_METATABLE;
  bridge_value value = {BRIDGE_FUNCTION, metatable, type == LUA_TTABLE ? BRIDGE_TABLE : BRIDGE_FUNCTION, 0};
  lua_pushvalue(L, -1);
  value.payload = luaL_ref(L, LUA_REGISTRYINDEX);
  buffer_put(L, &state->values, &value, sizeof value);
}

static int look_at_upvalue(lua_State *L) {
  look *at = lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, at->value);
  if (lua_iscfunction(L, -1)) return 0;
  at->name = lua_getupvalue(L, -1, at->number);
  if (at->name) give(L);
  return 0;
}

int32_t bridge_upvalue(bridge_state *state, bridge_ref function, int32_t number, const char **name) {
  look at = {.value = function, .number = number};
  int32_t status = run_protected(state, look_at_upvalue, &at, 0);
  *name = at.name;
  return status;
}

static int look_at_index(lua_State *L) {
  const look *at = lua_touserdata(L, 1);
  size_t place = 0;
  lua_rawgeti(L, LUA_REGISTRYINDEX, at->value);
  push_value(L, &at->key, &place);
  lua_gettable(L, -2);
  give(L);
  return 0;
}

int32_t bridge_index(bridge_state *state, bridge_ref value, bridge_values key) {
  look at = {.value = value, .key = key};
  return run_protected(state, look_at_index, &at, 0);
}

// -- Names of library functions ----------------------------------------------------------------------------------

static const char names_key;

// Adds the functions of the table on top of the stack to the table of names below it, and pops it.
static void add_names(lua_State *L, const char *library) {
  int names = lua_gettop(L) - 1;
  lua_pushnil(L);
  while (lua_next(L, names + 1)) {
    // math.atan has an older name, too.
    if (lua_iscfunction(L, -1) && lua_type(L, -2) == LUA_TSTRING && strcmp(lua_tostring(L, -2), "atan2") != 0) {
      lua_pushfstring(L, "%s%s", library, lua_tostring(L, -2));
      lua_rawset(L, names);
    } else {
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 1);
}

// The bridge's own functions stand in one table, those of strings among them.
static void add_host_names(lua_State *L) {
  static const char *const strings[] = {"find", "format", "gmatch", "gsub", "match", "rep"};
  static const char *const tables[] = {"concat", "insert", "move", "remove", "sort"};
  int names = lua_gettop(L);
  lua_getglobal(L, "host");
  add_names(L, "");
  lua_getglobal(L, "host");
  static const char *const maths[] = {"random", "randomseed"};
  for (size_t i = 0; i < sizeof maths / sizeof maths[0]; i++) {
    lua_getfield(L, names + 1, maths[i]);
    lua_pushfstring(L, "math.%s", maths[i]);
    lua_rawset(L, names);
  }
  for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
    lua_getfield(L, names + 1, strings[i]);
    lua_pushfstring(L, "string.%s", strings[i]);
    lua_rawset(L, names);
  }
  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
    lua_getfield(L, names + 1, tables[i]);
    lua_pushfstring(L, "table.%s", tables[i]);
    lua_rawset(L, names);
  }
  lua_pop(L, 1);
}

static void push_names(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &names_key) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_newtable(L);
  lua_pushglobaltable(L);
  add_names(L, "");
  static const char *const libraries[] = {"string", "math", "table", "utf8"};
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
    lua_getglobal(L, libraries[i]);
    lua_pushfstring(L, "%s.", libraries[i]);
    lua_insert(L, -2);
    const char *prefix = lua_tostring(L, -2);
    lua_pushvalue(L, -3);
    lua_pushvalue(L, -2);
    add_names(L, prefix);
    lua_pop(L, 3);
  }
  add_host_names(L);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &names_key);
}

static int look_at_name(lua_State *L) {
  look *at = lua_touserdata(L, 1);
  push_names(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, at->value);
  lua_rawget(L, -2);
  // The name stays in the table of names.
  at->name = lua_tostring(L, -1);
  return 0;
}

int32_t bridge_library_name(bridge_state *state, bridge_ref function, const char **name) {
  look at = {.value = function};
  int32_t status = run_protected(state, look_at_name, &at, 0);
  *name = at.name;
  return status;
}
