// From Lua values to typed results.

#include "batch.h"

void clear_text(bridge_state *state) {
  state->text.length = state->item_starts.length = state->item_ends.length = 0;
  state->any.length = state->any_bytes.length = state->any_count = 0;
}

bridge_values bridge_any(const bridge_state *state, size_t *count) {
  *count = state->any_count;
  return (bridge_values){(const bridge_value *)state->any.data, state->any.length / sizeof(bridge_value),
                         state->any_bytes.data, state->any_bytes.length};
}

bridge_text bridge_text_of(const bridge_state *state) {
  return (bridge_text){state->text.data, state->text.length, (const uint32_t *)state->item_starts.data,
                       (const uint32_t *)state->item_ends.data, state->item_starts.length / sizeof(uint32_t)};
}

// The value as a script would write it, cut where it is long; what a wrong result looks like in an error.
static const char *shown(lua_State *L, int index) {
  size_t length;
  switch (lua_type(L, index)) {
    case LUA_TNIL: return "nil";
    case LUA_TBOOLEAN: return lua_toboolean(L, index) ? "true" : "false";
    case LUA_TNUMBER:
      lua_pushvalue(L, index);
      return lua_tolstring(L, -1, NULL);
    case LUA_TSTRING: {
      const char *text = lua_tolstring(L, index, &length);
      return lua_pushlstring(L, text, length > 400 ? 400 : length);
    }
    default: return luaL_typename(L, index);
  }
}

// `type` says what the value is; NULL is its Lua type.
static void refuse_result(lua_State *L, int index, const char *type) {
  const char *text = shown(L, index);
  state_of(L)->is_wrong_type = true;
  if (type) {
    lua_pushfstring(L, "%s\n%s", type, text);
    lua_error(L);
  }
  type = luaL_typename(L, index);
  if (lua_isinteger(L, index)) type = "an integer";
  else if (lua_type(L, index) == LUA_TNUMBER) type = "a number";
  else if (lua_type(L, index) == LUA_TSTRING) type = "a string";
  else if (lua_type(L, index) == LUA_TBOOLEAN) type = "a boolean";
  else if (lua_type(L, index) == LUA_TTABLE) type = "a table";
  else if (lua_type(L, index) == LUA_TFUNCTION) type = "a function";
  lua_pushfstring(L, "%s\n%s", type, text);
  lua_error(L);
}

// Bytes that follow a lead byte in UTF-8 as RFC 3629 has it, given the byte behind it; -1 for what leads nothing.
static int continuations(uint8_t lead, uint8_t second) {
  if (lead >= 0xC2 && lead < 0xE0) return 1;
  if (lead >= 0xE0 && lead < 0xF0) {
    bool is_overlong = lead == 0xE0 && second < 0xA0, is_surrogate = lead == 0xED && second > 0x9F;
    return is_overlong || is_surrogate ? -1 : 2;
  }
  if (lead >= 0xF0 && lead < 0xF5) {
    bool is_overlong = lead == 0xF0 && second < 0x90, is_beyond = lead == 0xF4 && second > 0x8F;
    return is_overlong || is_beyond ? -1 : 3;
  }
  return -1;
}

static bool is_utf8(const char *string, size_t length) {
  const uint8_t *bytes = (const uint8_t *)string;
  size_t at = 0;
  while (at < length) {
    uint64_t word;
    if (length - at >= sizeof word && (memcpy(&word, bytes + at, sizeof word), !(word & 0x8080808080808080))) {
      at += sizeof word;
      continue;
    }
    if (bytes[at] < 0x80) {
      at++;
      continue;
    }
    int more = length - at > 1 ? continuations(bytes[at], bytes[at + 1]) : -1;
    if (more < 0 || (size_t)more >= length - at) return false;
    for (int i = 1; i <= more; i++) {
      if ((bytes[at + (size_t)i] & 0xC0) != 0x80) return false;
    }
    at += (size_t)more + 1;
  }
  return true;
}

static uint32_t put_string(lua_State *L, int index) {
  bridge_state *state = state_of(L);
  size_t length;
  const char *string = lua_tolstring(L, index, &length);
  // Half a character in a column would be another in each place that shows it.
  if (!is_utf8(string, length)) refuse_result(L, index, "a string that is no UTF-8");
  if (state->text.length + length > UINT32_MAX) luaL_error(L, "the strings of a batch pass 4 GB");
  buffer_put(L, &state->text, string, length);
  return (uint32_t)state->text.length;
}

static void take_list(lua_State *L, bridge_result *result, size_t row) {
  bridge_state *state = state_of(L);
  int list = lua_gettop(L);
  result->starts[row] = (uint32_t)(state->item_starts.length / sizeof(uint32_t));
  lua_Integer count = 0;
  for (lua_Integer i = 1; lua_rawgeti(L, list, i) != LUA_TNIL; i++) {
    if (lua_type(L, -1) != LUA_TSTRING) refuse_result(L, lua_gettop(L), NULL);
    count++;
    uint32_t start = (uint32_t)state->text.length;
    uint32_t end = put_string(L, -1);
    buffer_put(L, &state->item_starts, &start, sizeof start);
    buffer_put(L, &state->item_ends, &end, sizeof end);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  // Nothing stands behind a gap, or under a name: it would be lost.
  lua_pushnil(L);
  while (lua_next(L, list)) {
    if (count-- == 0) refuse_result(L, list, "a table with gaps or names");
    lua_pop(L, 1);
  }
  result->ends[row] = (uint32_t)(state->item_starts.length / sizeof(uint32_t));
}

void take_result(lua_State *L, bridge_result *result, size_t row) {
  int type = lua_type(L, -1);
  if (result->kind == BRIDGE_COLUMN_ANY) {
    bridge_state *state = state_of(L);
    flatten(L, -1, &state->any, &state->any_bytes);
    state->any_count++;
    return;
  }
  if (type == LUA_TNIL) return;
  switch (result->kind) {
    case BRIDGE_COLUMN_NUMBERS:
      if (type != LUA_TNUMBER) break;
      ((double *)result->data)[row] = lua_tonumber(L, -1);
      result->present[row] = 1;
      return;
    case BRIDGE_COLUMN_INTEGERS: {
      int is_integer = 0;
      lua_Integer value = type == LUA_TNUMBER ? lua_tointegerx(L, -1, &is_integer) : 0;
      if (!is_integer) break;
      ((int64_t *)result->data)[row] = value;
      result->present[row] = 1;
      return;
    }
    case BRIDGE_COLUMN_BOOLEANS:
      if (type != LUA_TBOOLEAN) break;
      ((uint8_t *)result->data)[row] = (uint8_t)lua_toboolean(L, -1);
      result->present[row] = 1;
      return;
    case BRIDGE_COLUMN_STRINGS:
      if (type != LUA_TSTRING) break;
      result->starts[row] = (uint32_t)state_of(L)->text.length;
      result->ends[row] = put_string(L, -1);
      result->present[row] = 1;
      return;
    case BRIDGE_COLUMN_LISTS:
      if (type != LUA_TTABLE) break;
      take_list(L, result, row);
      result->present[row] = 1;
      return;
    default: break;
  }
  refuse_result(L, lua_gettop(L), NULL);
}
