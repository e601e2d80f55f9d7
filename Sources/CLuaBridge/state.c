// States: memory with a cap, stopping from outside, errors, protected calls.

#include "state.h"

#include <stdlib.h>

const char *bridge_lua_release(void) { return LUA_RELEASE; }

// -- Memory ------------------------------------------------------------------------------------------------------

static void stop_hook(lua_State *L, lua_Debug *activation);

static void hook_stopped(bridge_state *state) {
  lua_sethook(state->lua, stop_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void note_stop(bridge_state *state, int reason) {
  int running = BRIDGE_RUNNING;
  atomic_compare_exchange_strong(&state->stopped, &running, reason);
}

// Lua asks, collects garbage, and asks the same again: only the second refusal is the end. From then on the hook ends
// every call, so that a script cannot live on with pcall.
static void refuse(bridge_state *state, void *block, size_t size) {
  if (state->refused_size == size && state->refused == block) {
    note_stop(state, BRIDGE_STOP_MEMORY);
    if (state->lua) hook_stopped(state);
  }
  state->refused = block;
  state->refused_size = size;
}

// Call frames are blocks of about this size. bridge_stop walks over them from another thread; one that is being walked
// over must not be freed. A frame is unlinked before it is freed, so after the fence either the walker does not see it
// any more, or we see the walker and wait.
#define FRAME_SMALLEST 57
#define FRAME_LARGEST 72

static void wait_for_stopper(bridge_state *state) {
  atomic_thread_fence(memory_order_seq_cst);
  while (atomic_load_explicit(&state->stopping, memory_order_acquire)) {}
}

// Whether a request for so many bytes more is to be refused.
static inline bool exceeds(bridge_state *state, size_t bytes) {
  if (state->refused_from && ++state->requests >= state->refused_from) return true;
  return state->used + bytes > state->limit;
}

static _Thread_local size_t refused_when_new;

void bridge_refuse_allocation(bridge_state *state, size_t nth) {
  if (state) {
    state->requests = 0;
    state->refused_from = nth;
  } else {
    refused_when_new = nth;
  }
}

static void *allocate(void *context, void *block, size_t old_size, size_t new_size) {
  bridge_state *state = context;
  size_t held = block ? old_size : 0;
  if (new_size == 0) {
    if (held >= FRAME_SMALLEST && held <= FRAME_LARGEST) wait_for_stopper(state);
    free(block);
    state->used -= held;
    return NULL;
  }
  if (new_size > held && exceeds(state, new_size - held)) {
    refuse(state, block, new_size);
    return NULL;
  }
  void *moved = realloc(block, new_size);
  if (!moved) {
    refuse(state, block, new_size);
    return NULL;
  }
  state->used = state->used - held + new_size;
  if (state->refused_size == new_size && state->refused == block) state->refused_size = 0;
  return moved;
}

bool buffer_reserve(bridge_state *state, buffer *b, size_t extra) {
  if (b->capacity - b->length >= extra) return true;
  size_t wanted = b->length + extra;
  size_t capacity = b->capacity * 2 > wanted ? b->capacity * 2 : wanted;
  if (capacity < 256) capacity = 256;
  if (state->used - b->capacity + capacity > state->limit) capacity = wanted;
  if (exceeds(state, capacity - b->capacity)) return false;
  uint8_t *data = realloc(b->data, capacity);
  if (!data) return false;
  state->used = state->used - b->capacity + capacity;
  b->data = data;
  b->capacity = capacity;
  return true;
}

void make_room(lua_State *L) {
  bridge_state *state = state_of(L);
  if (state->used < state->limit / 2 || state->used < state->collected + state->limit / 8) return;
  lua_gc(L, LUA_GCCOLLECT);
  state->collected = state->used;
}

void buffer_need(lua_State *L, buffer *b, size_t extra) {
  bridge_state *state = state_of(L);
  if (buffer_reserve(state, b, extra)) return;
  lua_gc(L, LUA_GCCOLLECT);
  if (!buffer_reserve(state, b, extra)) refuse_memory(L);
}

void refuse_memory(lua_State *L) {
  note_stop(state_of(L), BRIDGE_STOP_MEMORY);
  hook_stopped(state_of(L));
  luaL_error(L, "not enough memory");
}

size_t bridge_memory(const bridge_state *state) { return state->used; }
void bridge_limit_memory(bridge_state *state, size_t bytes) { state->limit = bytes; }

// -- Stopping ----------------------------------------------------------------------------------------------------

// Set once the state is stopped: it fails whatever the script does next, and stays, so that no pcall outlives it.
static void stop_hook(lua_State *L, lua_Debug *activation) {
  (void)activation;
  lua_pushlightuserdata(L, state_of(L));
  lua_error(L);
}

// A metric keeps little and drops much: waiting until garbage is ten times what lives costs a fifth less per row. Where
// much lives, Lua's own pace keeps the state small.
//
// A step as large as there can be makes each collection run from its beginning to its end: no script ever runs between the
// steps of one, where the known bugs of Lua's incremental collector lie (SECURITY.md).
#define WHOLE_COLLECTION 120

static void pace_collection(bridge_state *state) {
  lua_gc(state->lua, LUA_GCINC, state->used > state->limit / 16 ? 200 : 1000, 0, WHOLE_COLLECTION);
}

// Gives back what a large call left in a buffer: it would stay charged, and small calls fail for it.
static void shrink(bridge_state *state, buffer *b) {
  if (b->capacity <= 1 << 23) return;
  free(b->data);
  state->used -= b->capacity;
  *b = (buffer){0};
}

void bridge_begin(bridge_state *state) {
  state->collected = 0;
  buffer *buffers[] = {&state->values, &state->value_bytes, &state->given, &state->given_bytes, &state->text,
                       &state->item_starts, &state->item_ends, &state->any, &state->any_bytes, &state->packed};
  for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) shrink(state, buffers[i]);
  state->any_count = 0;
  lua_sethook(state->lua, NULL, 0, 0);
  pace_collection(state);
  state->refused_size = 0;
  atomic_store(&state->stopped, BRIDGE_RUNNING);
}

void bridge_stop(bridge_state *state, int32_t reason) {
  note_stop(state, reason);
  atomic_store(&state->stopping, 1);
  atomic_thread_fence(memory_order_seq_cst);
  // Sets a few fields of the state and of its frames, as lua.c does from a signal handler.
  hook_stopped(state);
  atomic_store(&state->stopping, 0);
}

int32_t bridge_stopped(const bridge_state *state) {
  int reason = atomic_load(&((bridge_state *)state)->stopped);
  return reason == BRIDGE_RUNNING && state->refused_size != 0 ? BRIDGE_STOP_MEMORY : reason;
}

void check_stopped(lua_State *L) {
  if (bridge_stopped(state_of(L))) luaL_error(L, "stopped");
}

static void spent_hook(lua_State *L, lua_Debug *where) {
  (void)where;
  // From here on every instruction fails, so that pcall cannot swallow it.
  lua_sethook(L, spent_hook, LUA_MASKCOUNT, 1);
  luaL_error(L, "takes too many steps");
}

void bridge_count_instructions(bridge_state *state, int32_t most) {
  // A stopped state keeps its hook. One that the watchdog stops right now it will stop again.
  if (bridge_stopped(state)) return;
  lua_sethook(state->lua, most > 0 ? spent_hook : NULL, most > 0 ? LUA_MASKCOUNT : 0, most);
}

// -- Errors ------------------------------------------------------------------------------------------------------

const bridge_error *bridge_error_of(const bridge_state *state) { return &state->error; }

void script_place(lua_State *L, const char **source, int32_t *line) {
  lua_Debug frame;
  *source = NULL;
  *line = 0;
  for (int level = 0; level < 50 && lua_getstack(L, level, &frame); level++) {
    lua_getinfo(L, "Sl", &frame);
    if (frame.currentline > 0 && frame.source[0] == '@') {
      *source = frame.source;
      *line = frame.currentline;
      return;
    }
  }
}

static void record_text(bridge_state *state, buffer *b, const char *text, size_t length) {
  b->length = 0;
  if (!buffer_reserve(state, b, length + 1)) length = b->capacity > 0 ? b->capacity - 1 : 0;
  if (length > 0) memcpy(b->data, text, length);
  if (b->capacity > length) b->data[length] = 0;
  b->length = length;
}

// A script may raise a message as long as its memory; nobody reads on after so many bytes.
#define LONGEST_MESSAGE 4096

static void record(bridge_state *state, const char *message, size_t length, const char *source, int32_t line) {
  if (length > LONGEST_MESSAGE) {
    length = LONGEST_MESSAGE;
    while (length > 0 && ((unsigned char)message[length] & 0xC0) == 0x80) length--;
  }
  record_text(state, &state->message, message, length);
  state->error.message = (const char *)state->message.data;
  state->error.message_length = state->message.length;
  state->error.line = source ? line : 0;
  state->error.source = NULL;
  if (source) {
    record_text(state, &state->source, source, strlen(source));
    state->error.source = (const char *)state->source.data;
  }
}

// The position that luaL_error and the VM write before a message, taken from the frame that it names: the text has a
// long path cut to 60 bytes, the frame has all of it.
static size_t find_place(lua_State *L, const char *message, const char **source, int32_t *line) {
  lua_Debug frame;
  for (int level = 0; level < 50 && lua_getstack(L, level, &frame); level++) {
    lua_getinfo(L, "Sl", &frame);
    if (frame.currentline <= 0) continue;
    size_t name = strlen(frame.short_src);
    if (strncmp(message, frame.short_src, name) != 0 || message[name] != ':') continue;
    char *end;
    long number = strtol(message + name + 1, &end, 10);
    if (end[0] != ':' || end[1] != ' ' || number != frame.currentline) continue;
    *source = frame.source;
    *line = frame.currentline;
    return (size_t)(end + 2 - message);
  }
  script_place(L, source, line);
  return 0;
}

// Writes the record while the stack still stands.
static int handle_error(lua_State *L) {
  bridge_state *state = state_of(L);
  const char *source;
  int32_t line;
  if (lua_islightuserdata(L, 1)) {  // stopped
    script_place(L, &source, &line);
    record(state, "", 0, source, line);
    return 1;
  }
  if (push_host_error_fields(L, 1)) {
    script_place(L, &source, &line);
    record(state, "", 0, source, line);
    state->values.length = state->value_bytes.length = 0;
    flatten(L, -1, &state->values, &state->value_bytes);
    state->error.is_host = true;
    return 1;
  }
  size_t length;
  const char *message;
  if (lua_isstring(L, 1)) {  // a number too
    message = lua_tolstring(L, 1, &length);
  } else if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING) {
    message = lua_tolstring(L, -1, &length);
  } else {
    message = lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
    length = strlen(message);
  }
  size_t position = find_place(L, message, &source, &line);
  record(state, message + position, length - position, source, line);
  return 1;
}

int32_t run_protected(bridge_state *state, lua_CFunction body, void *data, int results) {
  lua_State *L = state->lua;
  memset(&state->error, 0, sizeof state->error);
  int top = lua_gettop(L);
  if (!lua_checkstack(L, 16)) {
    record(state, "stack overflow", 14, NULL, 0);
    return LUA_ERRRUN;
  }
  lua_pushcfunction(L, handle_error);
  lua_pushcfunction(L, body);
  lua_pushlightuserdata(L, data);
  int status = lua_pcall(L, 1, results, top + 1);
  int32_t stopped = bridge_stopped(state);
  if (status == LUA_OK && !stopped) {
    lua_remove(L, top + 1);
    return LUA_OK;
  }
  if (status == LUA_ERRMEM && !stopped) stopped = BRIDGE_STOP_MEMORY;
  if (status == LUA_ERRERR && !state->error.message) record(state, "stack overflow", 14, NULL, 0);
  if (stopped && state->error.is_host) state->error.is_host = false;
  state->error.stopped = stopped;
  state->error.host = (bridge_values){(const bridge_value *)state->values.data,
                                      state->values.length / sizeof(bridge_value), state->value_bytes.data,
                                      state->value_bytes.length};
  lua_settop(L, top);
  return status == LUA_OK ? LUA_ERRRUN : status;
}

// -- Opening -----------------------------------------------------------------------------------------------------

static int open_libraries(lua_State *L) {
  static const luaL_Reg libraries[] = {
      {LUA_GNAME, luaopen_base},        {LUA_TABLIBNAME, luaopen_table},  {LUA_STRLIBNAME, luaopen_string},
      {LUA_MATHLIBNAME, luaopen_math},  {LUA_UTF8LIBNAME, luaopen_utf8},
  };
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
    luaL_requiref(L, libraries[i].name, libraries[i].func, 1);
    lua_pop(L, 1);
  }
  push_sandbox_functions(L);
  lua_setglobal(L, "host");
  take_events(L);
  return 0;
}

bridge_state *bridge_open(bridge_host host, void *context) {
  bridge_state *state = calloc(1, sizeof *state);
  if (!state) return NULL;
  state->host = host;
  state->context = context;
  state->limit = SIZE_MAX / 2;
  state->query = 1;
  state->refused_from = refused_when_new;
  state->lua = lua_newstate(allocate, state);
  if (!state->lua) {
    free(state);
    return NULL;
  }
  *(bridge_state **)lua_getextraspace(state->lua) = state;
  if (run_protected(state, open_libraries, NULL, 0) != LUA_OK) {
    bridge_close(state);
    return NULL;
  }
  return state;
}

void bridge_close(bridge_state *state) {
  bridge_begin(state);
  state->limit = SIZE_MAX / 2;
  lua_close(state->lua);
  buffer *buffers[] = {&state->message,    &state->source, &state->values,      &state->value_bytes, &state->given,
                       &state->given_bytes, &state->text,  &state->item_starts, &state->item_ends,   &state->packed,
                       &state->any,         &state->any_bytes};
  for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) free(buffers[i]->data);
  free(state);
}
