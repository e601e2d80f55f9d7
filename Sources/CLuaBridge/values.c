// Values between Swift and Lua, flattened in pre-order; references; chunks and calls.

#include "state.h"

// Deeper tables are refused: they may be cyclic.
#define DEEPEST 100

// -- From the stack ----------------------------------------------------------------------------------------------

static const char host_error_key, class_key;

static void put(lua_State *L, buffer *values, uint32_t kind, uint32_t fields, uint64_t count, int64_t payload) {
  bridge_value value = {kind, fields, count, payload};
  buffer_put(L, values, &value, sizeof value);
}

static void flatten_at(lua_State *L, int index, buffer *values, buffer *bytes, int depth);

static void flatten_table(lua_State *L, int index, buffer *values, buffer *bytes, int depth) {
  if (depth > DEEPEST) luaL_error(L, "a table is nested too deeply, or holds itself");
  luaL_checkstack(L, 4, NULL);
  check_stopped(L);
  size_t place = values->length;
  put(L, values, BRIDGE_TABLE, 0, 0, 0);
  uint64_t items = 0;
  while (lua_rawgeti(L, index, (lua_Integer)items + 1) != LUA_TNIL) {
    flatten_at(L, lua_gettop(L), values, bytes, depth + 1);
    lua_pop(L, 1);
    items++;
  }
  lua_pop(L, 1);
  uint32_t fields = 0;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    int top = lua_gettop(L);
    bool is_item = lua_isinteger(L, top - 1) && lua_tointeger(L, top - 1) >= 1 &&
                   (uint64_t)lua_tointeger(L, top - 1) <= items;
    if (!is_item) {
      flatten_at(L, top - 1, values, bytes, depth + 1);
      flatten_at(L, top, values, bytes, depth + 1);
      fields++;
    }
    lua_pop(L, 1);
  }
  bridge_value *table = (bridge_value *)(values->data + place);
  table->count = items;
  table->fields = fields;
}

static void flatten_at(lua_State *L, int index, buffer *values, buffer *bytes, int depth) {
  switch (lua_type(L, index)) {
    case LUA_TBOOLEAN: put(L, values, BRIDGE_BOOLEAN, 0, 0, lua_toboolean(L, index)); return;
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) {
        put(L, values, BRIDGE_INTEGER, 0, 0, lua_tointeger(L, index));
      } else {
        lua_Number number = lua_tonumber(L, index);
        int64_t bits;
        memcpy(&bits, &number, sizeof bits);
        put(L, values, BRIDGE_NUMBER, 0, 0, bits);
      }
      return;
    case LUA_TSTRING: {
      size_t length;
      const char *string = lua_tolstring(L, index, &length);
      put(L, values, BRIDGE_STRING, 0, length, (int64_t)bytes->length);
      buffer_put(L, bytes, string, length);
      return;
    }
    case LUA_TTABLE: flatten_table(L, index, values, bytes, depth); return;
    case LUA_TFUNCTION:
      lua_pushvalue(L, index);
      put(L, values, BRIDGE_FUNCTION, 0, 0, luaL_ref(L, LUA_REGISTRYINDEX));
      return;
    case LUA_TUSERDATA:
      if (lua_getmetatable(L, index)) {
        int class_type = lua_rawgetp(L, -1, &class_key);
        int64_t class_number = lua_tointeger(L, -1);
        lua_pop(L, 2);
        if (class_type == LUA_TNUMBER) {
          put(L, values, BRIDGE_OBJECT, (uint32_t)class_number, 0, *(int64_t *)lua_touserdata(L, index));
          return;
        }
      }
      put(L, values, BRIDGE_NIL, 0, 0, 0);
      return;
    default: put(L, values, BRIDGE_NIL, 0, 0, 0); return;
  }
}

void flatten(lua_State *L, int index, buffer *values, buffer *bytes) {
  flatten_at(L, lua_absindex(L, index), values, bytes, 0);
}

// -- To the stack ------------------------------------------------------------------------------------------------

static int call_host(lua_State *L);

static void push_host_function(lua_State *L, int64_t function) {
  lua_pushinteger(L, function);
  lua_pushcclosure(L, call_host, 1);
}

void push_value(lua_State *L, const bridge_values *from, size_t *at) {
  const bridge_value *value = &from->values[(*at)++];
  luaL_checkstack(L, 6, NULL);
  switch (value->kind) {
    case BRIDGE_BOOLEAN: lua_pushboolean(L, (int)value->payload); return;
    case BRIDGE_INTEGER: lua_pushinteger(L, value->payload); return;
    case BRIDGE_NUMBER: {
      lua_Number number;
      memcpy(&number, &value->payload, sizeof number);
      lua_pushnumber(L, number);
      return;
    }
    case BRIDGE_STRING: lua_pushlstring(L, (const char *)from->bytes + value->payload, value->count); return;
    case BRIDGE_TABLE:
      lua_createtable(L, value->count < 1 << 24 ? (int)value->count : 0, (int)(value->fields & 0xFFFF));
      for (uint64_t i = 1; i <= value->count; i++) {
        push_value(L, from, at);
        lua_rawseti(L, -2, (lua_Integer)i);
      }
      for (uint32_t i = 0; i < value->fields; i++) {
        push_value(L, from, at);
        push_value(L, from, at);
        lua_rawset(L, -3);
      }
      return;
    case BRIDGE_FUNCTION: lua_rawgeti(L, LUA_REGISTRYINDEX, value->payload); return;
    case BRIDGE_OBJECT: {
      int64_t *object = lua_newuserdatauv(L, sizeof *object, 0);
      *object = value->payload;
      lua_rawgetp(L, LUA_REGISTRYINDEX, &class_key);
      lua_rawgeti(L, -1, value->fields);
      lua_remove(L, -2);
      lua_setmetatable(L, -2);
      return;
    }
    case BRIDGE_HOST: push_host_function(L, value->payload); return;
    default: lua_pushnil(L); return;
  }
}

// -- Host functions ----------------------------------------------------------------------------------------------

static int push_given(lua_State *L, size_t count) {
  bridge_state *state = state_of(L);
  bridge_values given = {(const bridge_value *)state->given.data, state->given.length / sizeof(bridge_value),
                         state->given_bytes.data, state->given_bytes.length};
  size_t at = 0;
  luaL_checkstack(L, (int)count, NULL);
  for (size_t i = 0; i < count; i++) push_value(L, &given, &at);
  return (int)count;
}

static int call_host(lua_State *L) {
  bridge_state *state = state_of(L);
  bridge_call call = {0};
  int arguments = lua_gettop(L);
  state->values.length = state->value_bytes.length = 0;
  for (int i = 1; i <= arguments; i++) flatten(L, i, &state->values, &state->value_bytes);
  call.arguments = (bridge_values){(const bridge_value *)state->values.data,
                                   state->values.length / sizeof(bridge_value), state->value_bytes.data,
                                   state->value_bytes.length};
  call.argument_count = (size_t)arguments;
  script_place(L, &call.source, &call.line);
  int32_t function = (int32_t)lua_tointeger(L, lua_upvalueindex(1));
  int32_t results = state->host.call(state->context, function, &call);
  if (results < 0) return raise_host_error(L);
  return push_given(L, (size_t)results);
}

static int tell_host_error(lua_State *L) {
  if (push_host_error_fields(L, 1)) {
    lua_getfield(L, -1, "text");
    return 1;
  }
  lua_pushliteral(L, "error");
  return 1;
}

static int refuse_change(lua_State *L) { return luaL_error(L, "an error cannot be changed"); }

// A host's error is an empty table: its metatable gives the fields for reading, and knows it again.
int raise_host_error(lua_State *L) {
  lua_createtable(L, 0, 0);
  lua_createtable(L, 0, 6);
  push_given(L, 1);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, -3, &host_error_key);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, tell_host_error);
  lua_setfield(L, -2, "__tostring");
  lua_pushcfunction(L, refuse_change);
  lua_setfield(L, -2, "__newindex");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  return lua_error(L);
}

bool push_host_error_fields(lua_State *L, int index) {
  if (!lua_istable(L, index) || !lua_getmetatable(L, index)) return false;
  if (lua_rawgetp(L, -1, &host_error_key) == LUA_TTABLE) {
    lua_remove(L, -2);
    return true;
  }
  lua_pop(L, 2);
  return false;
}

static bool copy_to(bridge_state *state, buffer *b, const void *bytes, size_t length) {
  b->length = 0;
  if (!buffer_reserve(state, b, length)) return false;
  if (length > 0) memcpy(b->data, bytes, length);
  b->length = length;
  return true;
}

bool bridge_give(bridge_state *state, bridge_values values, size_t count) {
  state->given_count = count;
  return copy_to(state, &state->given, values.values, values.count * sizeof(bridge_value)) &&
         copy_to(state, &state->given_bytes, values.bytes, values.byte_count);
}

// -- Classes -----------------------------------------------------------------------------------------------------

static int release_object(lua_State *L) {
  bridge_state *state = state_of(L);
  int64_t *object = lua_touserdata(L, 1);
  if (object) state->host.release(state->context, *object);
  return 0;
}

// Methods first, then the host's __index. For a number that gives the object's rows, of which one is taken here.
static int find_member(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  lua_settop(L, 2);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_call(L, 2, 1);
  int is_integer;
  lua_Integer row = lua_tointegerx(L, 2, &is_integer);
  if (is_integer && lua_type(L, 2) == LUA_TNUMBER && lua_istable(L, -1)) lua_rawgeti(L, -1, row);
  return 1;
}

typedef struct {
  int32_t class_number;
  bridge_values members;
  size_t count;
} definition;

static int define(lua_State *L) {
  const definition *d = lua_touserdata(L, 1);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &class_key) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_createtable(L, 4, 0);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &class_key);
  }
  int classes = lua_gettop(L);
  lua_createtable(L, 0, 8);
  int metatable = lua_gettop(L);
  lua_createtable(L, 0, 32);
  int methods = lua_gettop(L);
  size_t at = 0;
  for (size_t i = 0; i < d->count; i++) {
    push_value(L, &d->members, &at);
    push_value(L, &d->members, &at);
    const char *name = lua_tostring(L, -2);
    lua_rawset(L, name[0] == '_' && name[1] == '_' ? metatable : methods);
  }
  lua_pushvalue(L, methods);
  lua_getfield(L, metatable, "__index");
  lua_pushcclosure(L, find_member, 2);
  lua_setfield(L, metatable, "__index");
  lua_pushcfunction(L, release_object);
  lua_setfield(L, metatable, "__gc");
  lua_pushboolean(L, 0);
  lua_setfield(L, metatable, "__metatable");
  lua_pushinteger(L, d->class_number);
  lua_rawsetp(L, metatable, &class_key);
  lua_pushvalue(L, metatable);
  lua_rawseti(L, classes, d->class_number);
  return 0;
}

int32_t bridge_define(bridge_state *state, int32_t class_number, bridge_values members, size_t member_count) {
  definition d = {class_number, members, member_count};
  return run_protected(state, define, &d, 0);
}

// -- Chunks and calls --------------------------------------------------------------------------------------------

typedef struct {
  const uint8_t *text;
  size_t length;
  const char *name;
  bridge_ref environment;
} chunk;

static int load(lua_State *L) {
  const chunk *c = lua_touserdata(L, 1);
  if (luaL_loadbufferx(L, (const char *)c->text, c->length, c->name, "t") != LUA_OK) return lua_error(L);
  if (c->environment) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, c->environment);
    keep_environment(L);
    lua_setupvalue(L, -2, 1);
  }
  lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
  return 1;
}

static int32_t keep_integer(bridge_state *state, int32_t status, bridge_ref *reference) {
  *reference = 0;
  if (status != LUA_OK) return status;
  *reference = (bridge_ref)lua_tointeger(state->lua, -1);
  lua_pop(state->lua, 1);
  return status;
}

int32_t bridge_load(bridge_state *state, const uint8_t *text, size_t length, const char *name, bridge_ref environment,
                    bridge_ref *function) {
  chunk c = {text, length, name, environment};
  return keep_integer(state, run_protected(state, load, &c, 1), function);
}

typedef struct {
  bridge_ref function;
  bridge_values arguments;
  size_t count;
} invocation;

static void push_call(lua_State *L, const invocation *call) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, call->function);
  luaL_checkstack(L, (int)call->count, NULL);
  size_t at = 0;
  for (size_t i = 0; i < call->count; i++) push_value(L, &call->arguments, &at);
}

static int invoke(lua_State *L) {
  const invocation *call = lua_touserdata(L, 1);
  bridge_state *state = state_of(L);
  push_call(L, call);
  lua_call(L, (int)call->count, LUA_MULTRET);
  state->values.length = state->value_bytes.length = 0;
  int results = lua_gettop(L) - 1;
  for (int i = 0; i < results; i++) flatten(L, 2 + i, &state->values, &state->value_bytes);
  state->value_count = (size_t)results;
  return 0;
}

int32_t bridge_invoke(bridge_state *state, bridge_ref function, bridge_values arguments, size_t argument_count) {
  invocation call = {function, arguments, argument_count};
  return run_protected(state, invoke, &call, 0);
}

static int invoke_keeping(lua_State *L) {
  const invocation *call = lua_touserdata(L, 1);
  push_call(L, call);
  lua_call(L, (int)call->count, 1);
  lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
  return 1;
}

int32_t bridge_invoke_keeping(bridge_state *state, bridge_ref function, bridge_values arguments, size_t argument_count,
                              bridge_ref *result) {
  invocation call = {function, arguments, argument_count};
  return keep_integer(state, run_protected(state, invoke_keeping, &call, 1), result);
}

bridge_values bridge_results(const bridge_state *state, size_t *count) {
  *count = state->value_count;
  return (bridge_values){(const bridge_value *)state->values.data, state->values.length / sizeof(bridge_value),
                         state->value_bytes.data, state->value_bytes.length};
}

static int keep(lua_State *L) {
  const bridge_values *value = lua_touserdata(L, 1);
  size_t at = 0;
  push_value(L, value, &at);
  lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
  return 1;
}

int32_t bridge_keep(bridge_state *state, bridge_values value, bridge_ref *reference) {
  return keep_integer(state, run_protected(state, keep, &value, 1), reference);
}

static int fetch(lua_State *L) {
  bridge_state *state = state_of(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, *(bridge_ref *)lua_touserdata(L, 1));
  state->values.length = state->value_bytes.length = 0;
  flatten(L, -1, &state->values, &state->value_bytes);
  state->value_count = 1;
  return 0;
}

int32_t bridge_fetch(bridge_state *state, bridge_ref reference) { return run_protected(state, fetch, &reference, 0); }

// Raises nothing: both slots exist already.
void bridge_release(bridge_state *state, bridge_ref reference) {
  if (reference > 0 && lua_checkstack(state->lua, 4)) luaL_unref(state->lua, LUA_REGISTRYINDEX, reference);
}

bool bridge_describe(bridge_state *state, bridge_ref function, bridge_function *description) {
  lua_State *L = state->lua;
  if (!lua_checkstack(L, 4)) return false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, function);
  if (!lua_isfunction(L, -1) || lua_iscfunction(L, -1)) {
    lua_pop(L, 1);
    return false;
  }
  lua_Debug info;
  lua_getinfo(L, ">Su", &info);
  *description = (bridge_function){info.source, info.linedefined, info.lastlinedefined, info.nparams};
  return true;
}
