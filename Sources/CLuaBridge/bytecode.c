// Which function of a source a closure is, told by its bytecode: lines alone do not tell several on one line apart.
//
// The source is compiled again, and both are dumped with their debug information. Functions stand in a dump as they begin in the source,
// outer ones first; of Lua 5.4's format only what must be skipped is read.

#include "state.h"

typedef struct {
  const uint8_t *at, *end;
  bool is_bad;
} reader;

static uint8_t read_byte(reader *r) {
  if (r->at < r->end) return *r->at++;
  r->is_bad = true;
  return 0x80;
}

static size_t read_size(reader *r) {
  size_t value = 0;
  uint8_t byte;
  do {
    byte = read_byte(r);
    value = value << 7 | (byte & 0x7F);
  } while (!(byte & 0x80));
  return value;
}

static void skip(reader *r, size_t count, size_t width) {
  if (count > (size_t)(r->end - r->at) / width) {
    r->is_bad = true;
    r->at = r->end;
  } else {
    r->at += count * width;
  }
}

static void skip_string(reader *r) {
  size_t size = read_size(r);
  if (size > 0) skip(r, size - 1, 1);
}

static void skip_constant(reader *r) {
  switch (read_byte(r)) {
    case LUA_TNUMBER: skip(r, 1, sizeof(lua_Integer)); break;
    case LUA_TNUMBER | 1 << 4: skip(r, 1, sizeof(lua_Number)); break;
    case LUA_TSTRING:
    case LUA_TSTRING | 1 << 4: skip_string(r); break;
    default: break;  // nil, false, true
  }
}

typedef struct {
  const uint8_t *wanted;
  size_t length;
  size_t functions;  // begun so far
  size_t found, number;
} comparison;

#define DEEPEST 250

// Reads a function; gives where it begins behind its source's name.
static const uint8_t *read_function(reader *r, comparison *with, int depth) {
  skip_string(r);
  const uint8_t *start = r->at;
  size_t number = with ? with->functions++ : 0;
  read_size(r);
  read_size(r);
  skip(r, 3, 1);
  skip(r, read_size(r), 4);
  for (size_t left = read_size(r); left > 0 && !r->is_bad; left--) skip_constant(r);
  skip(r, read_size(r), 3);
  if (depth >= DEEPEST) r->is_bad = true;
  for (size_t left = read_size(r); left > 0 && !r->is_bad; left--) read_function(r, with, depth + 1);
  skip(r, read_size(r), 1);
  for (size_t left = read_size(r); left > 0 && !r->is_bad; left--) {
    read_size(r);
    read_size(r);
  }
  for (size_t left = read_size(r); left > 0 && !r->is_bad; left--) {
    skip_string(r);
    read_size(r);
    read_size(r);
  }
  for (size_t left = read_size(r); left > 0 && !r->is_bad; left--) skip_string(r);
  if (with && !r->is_bad && (size_t)(r->at - start) == with->length && !memcmp(start, with->wanted, with->length)) {
    with->found++;
    with->number = number;
  }
  return start;
}

// Signature, version, format, check bytes, three sizes, two numbers; and the upvalues of the outermost function.
#define HEADER (4 + 1 + 1 + 6 + 3 + sizeof(lua_Integer) + sizeof(lua_Number) + 1)

typedef struct {
  bridge_ref function;
  const uint8_t *text;
  size_t length;
  size_t number, functions;
} question;

static int write_dump(lua_State *L, const void *bytes, size_t length, void *to) {
  buffer_put(L, to, bytes, length);
  return 0;
}

static int find_function(lua_State *L) {
  question *q = lua_touserdata(L, 1);
  bridge_state *state = state_of(L);
  buffer *dump = &state->packed;
  dump->length = 0;
  if (luaL_loadbufferx(L, (const char *)q->text, q->length, "=", "t") != LUA_OK) return lua_error(L);
  lua_dump(L, write_dump, dump, 0);
  size_t whole = dump->length;
  lua_rawgeti(L, LUA_REGISTRYINDEX, q->function);
  if (lua_iscfunction(L, -1)) return 0;
  lua_dump(L, write_dump, dump, 0);
  if (whole < HEADER || dump->length - whole < HEADER || dump->data[4] != 0x54) return 0;
  reader own = {dump->data + whole + HEADER, dump->data + dump->length, false};
  comparison with = {.wanted = read_function(&own, NULL, 0)};
  with.length = (size_t)(own.at - with.wanted);
  reader all = {dump->data + HEADER, dump->data + whole, false};
  read_function(&all, &with, 0);
  if (own.is_bad || all.is_bad || with.found != 1) return 0;
  q->number = with.number;
  q->functions = with.functions;
  return 0;
}

int32_t bridge_find_function(bridge_state *state, bridge_ref function, const uint8_t *text, size_t length,
                             size_t *number, size_t *functions) {
  question q = {.function = function, .text = text, .length = length};
  int32_t status = run_protected(state, find_function, &q, 0);
  *number = q.number;
  *functions = q.functions;
  return status;
}
