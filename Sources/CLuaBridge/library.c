// The library functions that a sandbox has in place of Lua's own: the same, less what would leak addresses, run
// finalisers or loop in C where no hook can stop it.

#include "pattern.h"

// Calls the original, which stands in the first upvalue, with all arguments.
static int call_original(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

// tostring of a table or function is its type: an address would differ from run to run.
static void push_text(lua_State *L, int index) {
  switch (lua_type(L, index)) {
    case LUA_TTABLE:
    case LUA_TUSERDATA:
      if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
        lua_pop(L, 1);
        break;
      }
      lua_pushstring(L, luaL_typename(L, index));
      return;
    case LUA_TFUNCTION:
    case LUA_TTHREAD:
    case LUA_TLIGHTUSERDATA: lua_pushstring(L, luaL_typename(L, index)); return;
    default: break;
  }
  luaL_tolstring(L, index, NULL);
}

static int safe_tostring(lua_State *L) {
  luaL_checkany(L, 1);
  push_text(L, 1);
  return 1;
}

// %s of a table shows no address, and %p is refused. A NUL does not end a format.
static int safe_format(lua_State *L) {
  size_t length;
  const char *at = luaL_checklstring(L, 1, &length);
  const char *end = at + length;
  int top = lua_gettop(L), argument = 1;
  for (; at < end; at++) {
    if (*at != '%' || ++at == end || *at == '%') continue;
    while (at < end && *at != '\0' && strchr("-+ #0123456789.", *at)) at++;
    if (at == end) break;
    argument++;
    if (*at == 'p') return luaL_error(L, "string.format has no '%%p' here: addresses differ from run to run");
    if (*at == 's' && argument <= top) {
      push_text(L, argument);
      lua_replace(L, argument);
    }
  }
  make_room(L);
  return call_original(L);
}

// An empty string repeated a billion times would loop as often.
static int safe_rep(lua_State *L) {
  size_t length, separator;
  luaL_checklstring(L, 1, &length);
  luaL_checkinteger(L, 2);
  luaL_optlstring(L, 3, "", &separator);
  if (length + separator == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  make_room(L);
  return call_original(L);
}

static int safe_concat(lua_State *L) {
  make_room(L);
  return call_original(L);
}

#define LONGEST_MOVE (1 << 24)

static int safe_move(lua_State *L) {
  lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3);
  if (last >= first && (lua_Unsigned)last - (lua_Unsigned)first >= LONGEST_MOVE) {
    return luaL_error(L, "table.move of more than %d elements", LONGEST_MOVE);
  }
  return call_original(L);
}

// A length that metamethods make up, or the border of a table full of holes, may lie anywhere: 63 elements can have one at
// 2^62, and Lua would shift that many.
static void refuse_long(lua_State *L, const char *name) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (luaL_getmetafield(L, 1, "__len") != LUA_TNIL) luaL_error(L, "%s of a table with a length of its own", name);
  if (lua_rawlen(L, 1) > LONGEST_MOVE) luaL_error(L, "%s of more than %d elements", name, LONGEST_MOVE);
}

static int safe_insert(lua_State *L) {
  int arguments = lua_gettop(L);
  if (lua_istable(L, 1) && arguments == 2 && !lua_getmetatable(L, 1)) {
    lua_rawseti(L, 1, (lua_Integer)lua_rawlen(L, 1) + 1);
    return 0;
  }
  lua_settop(L, arguments);
  refuse_long(L, "table.insert");
  return call_original(L);
}

static int safe_remove(lua_State *L) {
  refuse_long(L, "table.remove");
  return call_original(L);
}

// From so many elements on a sort may take long enough to be stopped: Lua's own comparison runs without a hook.
#define STOPPABLE_SORT 64

static int is_less(lua_State *L) {
  lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
  return 1;
}

static int safe_sort(lua_State *L) {
  if (lua_istable(L, 1) && lua_isnoneornil(L, 2) && lua_rawlen(L, 1) >= STOPPABLE_SORT) {
    lua_settop(L, 1);
    lua_pushcfunction(L, is_less);
  }
  return call_original(L);
}

// Events that metatables do not have. `__gc` counts when a metatable is set; the others never do (events.c), so that
// saying so is a service.
static const struct { const char *name, *reason; } absent_events[] = {
    {"__gc", ""},
    {"__mode", ": what a weak table holds depends on when memory is collected"},
    {"__close", ": there is nothing to close"},
    {"__concat", ": write a function that joins"},
};

static int safe_setmetatable(lua_State *L) {
  int arguments = lua_gettop(L);
  if (lua_istable(L, 2)) {
    for (size_t i = 0; i < sizeof absent_events / sizeof absent_events[0]; i++) {
      lua_pushstring(L, absent_events[i].name);
      if (lua_rawget(L, 2) != LUA_TNIL) {
        return luaL_error(L, "a metatable has no %s here%s", absent_events[i].name, absent_events[i].reason);
      }
    }
    lua_settop(L, arguments);
  }
  return call_original(L);
}

// What a locked metatable guards, rawset does not get round: rows, errors, globals, libraries.
static int safe_rawset(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) {
    push_text(L, 2);
    return luaL_error(L, "a protected table cannot be changed: %s", lua_tostring(L, -1));
  }
  return call_original(L);
}

// Lua's own runs the handler on top of the failing call, where a stopped state could not be stopped again.
static int safe_xpcall(lua_State *L) {
  luaL_checktype(L, 2, LUA_TFUNCTION);
  int arguments = lua_gettop(L) - 2;
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 1);
  if (lua_pcall(L, arguments, LUA_MULTRET, 0) == LUA_OK) {
    lua_pushboolean(L, 1);
    lua_replace(L, 2);
    return lua_gettop(L) - 1;
  }
  lua_pushboolean(L, 0);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, -3);
  lua_call(L, 1, 1);
  return 2;
}

// -- Text functions ----------------------------------------------------------------------------------------------

#define MOST_STRINGS 64

enum { WORDS, MENTIONS, LEXICON, HAS, TOKENS, SENTENCES };

// "words wants strings; argument 1 is a number value", or "is missing".
static int wrong_argument(lua_State *L, const char *name, const char *wanted, int argument) {
  if (lua_isnone(L, argument)) return luaL_error(L, "%s wants %s; argument %d is missing", name, wanted, argument);
  return luaL_error(L, "%s wants %s; argument %d is a %s value", name, wanted, argument, luaL_typename(L, argument));
}

// Arguments behind the last that it takes are not looked at, as in Lua's own functions; terms are never too many in silence.
static int text_function(lua_State *L, int function, const char *name, int fewest, int most) {
  bridge_state *state = state_of(L);
  const uint8_t *strings[MOST_STRINGS];
  size_t lengths[MOST_STRINGS];
  int count = lua_gettop(L);
  if (count > MOST_STRINGS && most == MOST_STRINGS) return luaL_error(L, "%s takes at most %d strings", name, MOST_STRINGS);
  if (count > most) count = most;
  for (int i = 1; i <= count || i <= fewest; i++) {
    if (lua_type(L, i) != LUA_TSTRING) return wrong_argument(L, name, "strings", i);
    strings[i - 1] = (const uint8_t *)lua_tolstring(L, i, &lengths[i - 1]);
  }
  double result = 0;
  if (state->host.text(state->context, function, strings, lengths, count, &result) < 0) return raise_host_error(L);
  if (function == LEXICON) lua_pushnumber(L, result);
  else if (function == HAS) lua_pushboolean(L, result != 0);
  else lua_pushinteger(L, (lua_Integer)result);
  return 1;
}

static int text_words(lua_State *L) { return text_function(L, WORDS, "words", 1, 1); }
static int text_mentions(lua_State *L) { return text_function(L, MENTIONS, "mentions", 2, MOST_STRINGS); }
static int text_has(lua_State *L) { return text_function(L, HAS, "has", 2, 2); }

// A lexicon that a script writes down; preparing its terms cannot be stopped.
#define MOST_WEIGHTS (1 << 13)

static int text_weights(lua_State *L) {
  bridge_state *state = state_of(L);
  if (lua_type(L, 1) != LUA_TSTRING) return wrong_argument(L, "lexicon", "a text", 1);
  lua_settop(L, 2);
  int count = 0;
  for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1), count++) {
    if (lua_type(L, -2) != LUA_TSTRING) {
      return luaL_error(L, "lexicon wants terms with their weights; a term is a %s value", luaL_typename(L, -2));
    }
    if (lua_type(L, -1) != LUA_TNUMBER) {
      return luaL_error(L, "lexicon wants terms with their weights; the weight of '%s' is a %s value",
                        lua_tostring(L, -2), luaL_typename(L, -1));
    }
    if (count == MOST_WEIGHTS) return luaL_error(L, "lexicon of a table of more than %d terms", MOST_WEIGHTS);
  }
  // Weights first: what they need is aligned for the rest.
  double *weights = lua_newuserdatauv(L, (size_t)count * (sizeof(double) + sizeof(uint8_t *) + sizeof(size_t)), 0);
  const uint8_t **terms = (const uint8_t **)(weights + count);
  size_t *lengths = (size_t *)(terms + count);
  int i = 0;
  for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1), i++) {
    terms[i] = (const uint8_t *)lua_tolstring(L, -2, &lengths[i]);
    weights[i] = lua_tonumber(L, -1);
  }
  size_t length;
  const uint8_t *text = (const uint8_t *)lua_tolstring(L, 1, &length);
  double result = 0;
  if (state->host.weigh(state->context, text, length, terms, lengths, weights, count, &result) < 0) {
    return raise_host_error(L);
  }
  lua_pushnumber(L, result);
  return 1;
}

static int text_lexicon(lua_State *L) {
  return lua_type(L, 2) == LUA_TTABLE ? text_weights(L) : text_function(L, LEXICON, "lexicon", 2, 3);
}

static bridge_pieces pieces_of(lua_State *L, int function, const char *name) {
  if (lua_type(L, 1) != LUA_TSTRING) wrong_argument(L, name, "a string", 1);
  bridge_state *state = state_of(L);
  size_t length;
  const uint8_t *text = (const uint8_t *)lua_tolstring(L, 1, &length);
  if (length > BRIDGE_LONGEST_TEXT) luaL_error(L, "%s of a text of more than %d bytes", name, BRIDGE_LONGEST_TEXT);
  size_t room = state->limit > state->used ? state->limit - state->used : 0;
  bridge_pieces pieces = state->host.pieces(state->context, function, text, length, room);
  if (pieces.is_too_large) refuse_memory(L);
  return pieces;
}

static void push_piece(lua_State *L, bridge_pieces pieces, size_t i) {
  size_t start = i == 0 ? 0 : pieces.ends[i - 1];
  lua_pushlstring(L, (const char *)pieces.bytes + start, pieces.ends[i] - start);
}

// A table of the pieces.
static int push_pieces(lua_State *L, bridge_pieces pieces) {
  lua_createtable(L, pieces.count > INT32_MAX ? INT32_MAX : (int)pieces.count, 0);
  for (size_t i = 0; i < pieces.count; i++) {
    push_piece(L, pieces, i);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int text_tokens(lua_State *L) { return push_pieces(L, pieces_of(L, TOKENS, "tokens")); }
static int text_sentences(lua_State *L) { return push_pieces(L, pieces_of(L, SENTENCES, "sentences")); }

// The step of `for number, word, first, last in each_token(text)`: its state is the word's place in the tables, which are the
// function's upvalues: numbers, firsts, lasts, words, the place.
static int next_token(lua_State *L) {
  lua_Integer place = lua_tointeger(L, lua_upvalueindex(5)) + 1;
  if (lua_rawgeti(L, lua_upvalueindex(1), place) == LUA_TNIL) return 1;
  lua_pushinteger(L, place);
  lua_replace(L, lua_upvalueindex(5));
  lua_rawgeti(L, lua_upvalueindex(4), place);
  lua_rawgeti(L, lua_upvalueindex(2), place);
  lua_rawgeti(L, lua_upvalueindex(3), place);
  return 4;
}

static void push_places(lua_State *L, const size_t *values, size_t count, size_t more) {
  lua_createtable(L, count > INT32_MAX ? INT32_MAX : (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_pushinteger(L, (lua_Integer)(values[i] + more));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static int text_each_token(lua_State *L) {
  bridge_pieces pieces = pieces_of(L, TOKENS, "each_token");
  push_places(L, pieces.numbers, pieces.count, 0);
  push_places(L, pieces.starts, pieces.count, 1);
  push_places(L, pieces.stops, pieces.count, 0);
  push_pieces(L, pieces);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, next_token, 5);
  return 1;
}

// -- The table of them -------------------------------------------------------------------------------------------

static void wrap(lua_State *L, const char *library, const char *name, lua_CFunction body) {
  lua_getglobal(L, library);
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, body, 1);
  lua_remove(L, -2);
  lua_setfield(L, -2, name);
}

void push_sandbox_functions(lua_State *L) {
  prepare_patterns();
  static const luaL_Reg functions[] = {
      {"tostring", safe_tostring}, {"xpcall", safe_xpcall},      {"words", text_words},
      {"mentions", text_mentions}, {"lexicon", text_lexicon},    {"has", text_has},
      {"tokens", text_tokens},     {"sentences", text_sentences}, {"each_token", text_each_token},
      {"find", safe_find},
      {"match", safe_match},       {"gmatch", safe_gmatch},      {"gsub", safe_gsub},
      {"pairs", safe_pairs},       {"next", safe_next},
      {"random", safe_random},     {"randomseed", safe_randomseed},
      {"keep_modules", keep_modules}, {"mark_library", mark_library}, {"mark_globals", mark_globals},
      {NULL, NULL},
  };
  luaL_newlib(L, functions);
  wrap(L, LUA_GNAME, "setmetatable", safe_setmetatable);
  wrap(L, LUA_GNAME, "rawset", safe_rawset);
  wrap(L, LUA_STRLIBNAME, "format", safe_format);
  wrap(L, LUA_STRLIBNAME, "rep", safe_rep);
  wrap(L, LUA_TABLIBNAME, "concat", safe_concat);
  wrap(L, LUA_TABLIBNAME, "move", safe_move);
  wrap(L, LUA_TABLIBNAME, "insert", safe_insert);
  wrap(L, LUA_TABLIBNAME, "remove", safe_remove);
  wrap(L, LUA_TABLIBNAME, "sort", safe_sort);
}
