// string.find, match, gmatch and gsub of the sandbox.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // memmem
#endif

#include "pattern.h"

#include <ctype.h>

// -- find and match ----------------------------------------------------------------------------------------------

// The zero-based start that argument `index` says; beyond the length plus one where it says so.
static size_t start_argument(lua_State *L, int index, size_t length) {
  lua_Integer start = luaL_optinteger(L, index, 1);
  if (start > 0) return (size_t)start - 1;
  if (start == 0 || start < -(lua_Integer)length) return 0;
  return length - (size_t)-start;
}

static bool has_specials(const char *pattern, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (pattern[i] != '\0' && strchr("^$*+?.([%-", pattern[i])) return true;
  }
  return false;
}

static const char *find_plain(const char *text, size_t length, const char *wanted, size_t wanted_length) {
  if (wanted_length == 0) return text;
  return wanted_length > length ? NULL : memmem(text, length, wanted, wanted_length);
}

static int find_or_match(lua_State *L, bool is_find) {
  size_t length, pattern_length;
  const char *text = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  size_t start = start_argument(L, 3, length);
  if (start > length) {
    luaL_pushfail(L);
    return 1;
  }
  if (is_find && (lua_toboolean(L, 4) || !has_specials(pattern, pattern_length))) {
    const char *found = find_plain(text + start, length - start, pattern, pattern_length);
    if (!found) {
      luaL_pushfail(L);
      return 1;
    }
    lua_pushinteger(L, found - text + 1);
    lua_pushinteger(L, found - text + (lua_Integer)pattern_length);
    return 2;
  }
  matcher m;
  begin_matcher(&m, L, text, length, pattern, pattern_length);
  bool is_anchored = pattern_length > 0 && *pattern == '^';
  if (is_anchored) pattern++;
  const char *s = text + start;
  do {
    if (!is_anchored && !(s = first_candidate(&m, s, pattern))) break;
    const char *end = match(&m, s, pattern);
    if (end) {
      if (!is_find) return push_captures(&m, s, end);
      lua_pushinteger(L, s - text + 1);
      lua_pushinteger(L, end - text);
      return push_captures(&m, NULL, NULL) + 2;
    }
  } while (s++ < m.text_end && !is_anchored);
  luaL_pushfail(L);
  return 1;
}

int safe_find(lua_State *L) { return find_or_match(L, true); }
int safe_match(lua_State *L) { return find_or_match(L, false); }

// -- gmatch ------------------------------------------------------------------------------------------------------

// Where a walk over matches stands.
typedef struct {
  matcher m;
  const char *pattern;
  const char *at;
  const char *last_end;  // of the last match, which an empty one must not repeat
} walk;

// The strings that the matcher points into stand in the first two upvalues, so that they live as long as this.
static int next_match(lua_State *L) {
  walk *w = lua_touserdata(L, lua_upvalueindex(3));
  refill(&w->m, L);
  for (; w->at <= w->m.text_end; w->at++) {
    const char *s = first_candidate(&w->m, w->at, w->pattern);
    if (!s) break;
    w->at = s;
    const char *end = match(&w->m, s, w->pattern);
    if (end && end != w->last_end) {
      w->at = w->last_end = end;
      return push_captures(&w->m, s, end);
    }
  }
  return 0;
}

int safe_gmatch(lua_State *L) {
  size_t length, pattern_length;
  const char *text = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  size_t start = start_argument(L, 3, length);
  lua_settop(L, 2);
  walk *w = lua_newuserdatauv(L, sizeof *w, 0);
  begin_matcher(&w->m, L, text, length, pattern, pattern_length);
  w->pattern = pattern;
  w->at = text + (start > length ? length + 1 : start);
  w->last_end = NULL;
  lua_pushcclosure(L, next_match, 3);
  return 1;
}

// -- gsub --------------------------------------------------------------------------------------------------------

// Adds the replacement string, its %0 to %9 filled in.
static void add_template(matcher *m, luaL_Buffer *out, const char *s, const char *end) {
  size_t length;
  const char *news = lua_tolstring(m->lua, 3, &length);
  const char *news_end = news + length;
  spend(m, (ptrdiff_t)(length / BYTES_OF_STEP));
  while (news < news_end) {
    const char *escape = memchr(news, '%', (size_t)(news_end - news));
    if (!escape) break;
    luaL_addlstring(out, news, (size_t)(escape - news));
    char c = escape + 1 < news_end ? escape[1] : '\0';
    if (c == '%') {
      luaL_addchar(out, '%');
    } else if (c == '0') {
      luaL_addlstring(out, s, (size_t)(end - s));
    } else if (isdigit((unsigned char)c)) {
      push_capture(m, c - '1', s, end);
      luaL_tolstring(m->lua, -1, NULL);
      lua_remove(m->lua, -2);
      luaL_addvalue(out);
    } else {
      luaL_error(m->lua, "invalid use of '%%' in replacement string");
    }
    news = escape + 2;
  }
  luaL_addlstring(out, news, (size_t)(news_end - news));
}

// Adds what takes the place of a match; whether that is something else than the match.
static bool add_replacement(matcher *m, luaL_Buffer *out, const char *s, const char *end, int type) {
  lua_State *L = m->lua;
  if (type == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(m, s, end), 1);
  } else if (type == LUA_TTABLE) {
    push_capture(m, 0, s, end);
    lua_gettable(L, 3);
  } else {
    add_template(m, out, s, end);
    return true;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(out, s, (size_t)(end - s));
    return false;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(out);
  return true;
}

int safe_gsub(lua_State *L) {
  size_t length, pattern_length;
  const char *text = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  int type = lua_type(L, 3);
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1);
  luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                   "string/function/table");
  matcher m;
  begin_matcher(&m, L, text, length, pattern, pattern_length);
  bool is_anchored = pattern_length > 0 && *pattern == '^';
  if (is_anchored) pattern++;
  make_room(L);
  luaL_Buffer out;
  luaL_buffinit(L, &out);
  const char *s = text, *last_end = NULL;
  lua_Integer count = 0;
  bool is_changed = false;
  while (count < most) {
    const char *end = match(&m, s, pattern);
    if (end && end != last_end) {
      count++;
      is_changed = add_replacement(&m, &out, s, end, type) || is_changed;
      s = last_end = end;
    } else if (s < m.text_end) {
      luaL_addchar(&out, *s++);
    } else {
      break;
    }
    if (is_anchored) break;
  }
  if (is_changed) {
    luaL_addlstring(&out, s, (size_t)(m.text_end - s));
    luaL_pushresult(&out);
  } else {
    lua_pushvalue(L, 1);
  }
  lua_pushinteger(L, count);
  return 2;
}
