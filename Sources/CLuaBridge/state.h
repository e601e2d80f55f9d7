// What the files of the bridge share; nothing here is seen from Swift.

#ifndef CLUABRIDGE_STATE_H
#define CLUABRIDGE_STATE_H

#include "CLuaBridge.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdatomic.h>
#include <string.h>

// Memory that grows, charged to the state.
typedef struct {
  uint8_t *data;
  size_t length, capacity;
} buffer;

// How often something was looked over, for state that is kept between calls (unchanged.c).
typedef struct {
  uint64_t query;  // in which it was looked over before the first batch; 0: none
  uint64_t calls;  // batches since then
  size_t values;   // that it leads to
} looks;

struct bridge_state {
  lua_State *lua;
  bridge_host host;
  void *context;

  size_t used, limit;
  size_t collected;     // what was used behind the last collection of make_room
  size_t requests, refused_from;  // requests for memory so far, and the first that bridge_refuse_allocation refuses; 0: none
  void *refused;        // the block that could not grow; with `refused_size`, until the same request succeeds
  size_t refused_size;
  atomic_int stopped;   // BRIDGE_STOP_…
  atomic_int stopping;  // bridge_stop is looking at the call frames: they must not be freed

  bridge_error error;
  buffer message, source;
  buffer values, value_bytes;  // what bridge_results and a call's arguments point into
  size_t value_count;
  buffer given, given_bytes;   // what a host function gave
  size_t given_count;
  buffer text, item_starts, item_ends;  // string and list results of a batch
  buffer any, any_bytes;       // results of any type
  size_t any_count;
  buffer packed;

  size_t row;     // of the batch that runs
  uint64_t group; // of merge and finalize: what their random numbers follow from
  int32_t phase;  // BRIDGE_PHASE_…
  bool is_wrong_type;

  // Random numbers: of the script, and of the call for a row or group; `batch` is what calls are made for, NULL outside.
  uint64_t script_sequence, call_sequence;
  const bridge_batch *batch;
  size_t sequence_row;
  int32_t sequence_phase;

  uint64_t query;  // counted from 1
  looks shared;    // the globals and modules

  int64_t deadline;  // nanoseconds of the monotonic clock, while armed; under the watchdog's lock, as the links
  bridge_state *next_armed, *previous_armed;
};

// The state that a lua_State belongs to.
static inline bridge_state *state_of(lua_State *L) { return *(bridge_state **)lua_getextraspace(L); }

// Collects where much is garbage and the limit is near: what C asks for by itself, as Lua's own string buffers do, is refused
// without a collection before.
void make_room(lua_State *L);
// Room for `extra` bytes behind the length; false where the cap forbids it.
bool buffer_reserve(bridge_state *state, buffer *b, size_t extra);
// The same inside a protected call: a Lua error where the cap forbids it.
void buffer_need(lua_State *L, buffer *b, size_t extra);
// Stops the state for want of memory, whatever catches the error.
void refuse_memory(lua_State *L);
// Raises an error where the state was stopped: for loops in C that no hook reaches.
void check_stopped(lua_State *L);
static inline void buffer_put(lua_State *L, buffer *b, const void *bytes, size_t length) {
  if (b->capacity - b->length < length) buffer_need(L, b, length);
  if (length > 0) memcpy(b->data + b->length, bytes, length);
  b->length += length;
}

// Runs `body(L)` with `data` as its one argument, protected; its results stay on the stack. BRIDGE's status: 0 or the
// error is in the record and the stack as it was.
int32_t run_protected(bridge_state *state, lua_CFunction body, void *data, int results);

// The script's line that runs now: the innermost Lua frame of a chunk that is not the host's own.
void script_place(lua_State *L, const char **source, int32_t *line);

// Flattened values and the stack.
void flatten(lua_State *L, int index, buffer *values, buffer *bytes);
void push_value(lua_State *L, const bridge_values *from, size_t *at);

// The functions that bridge_load's sandbox is made of: a table of C functions, pushed.
void push_sandbox_functions(lua_State *L);

// What metrics' functions led to is kept for as long as they live: a weak table, made before weak tables are taken away.
void open_outlooks(lua_State *L);
// Takes events of metatables away that scripts must not have; once, when the state is opened.
void take_events(lua_State *L);

// Remembers the table of globals on top of the stack, which functions may lead to.
void keep_environment(lua_State *L);
// The sandbox's mark_library(table) and mark_globals(table): lifting knows those tables by themselves, not by their names.
int mark_library(lua_State *L);
int mark_globals(lua_State *L);
// The sandbox's keep_modules(loaded): remembers the table of modules by name, and looks over those that are new where functions
// are being called.
int keep_modules(lua_State *L);

// pairs and next in one order.
int safe_pairs(lua_State *L);
int safe_next(lua_State *L);
// The functions over patterns, with a budget of steps.
int safe_find(lua_State *L);
int safe_match(lua_State *L);
int safe_gmatch(lua_State *L);
int safe_gsub(lua_State *L);

// Random numbers that are the same on every run.
int safe_random(lua_State *L);
int safe_randomseed(lua_State *L);

// Raises the error whose fields a host function gave.
int raise_host_error(lua_State *L);
// Whether the value is such an error; then its fields are pushed.
bool push_host_error_fields(lua_State *L, int index);

#endif
