// The border between Swift and Lua.
//
// Everything that can raise a Lua error runs in here, inside lua_pcall: no longjmp ever crosses a Swift frame. Every
// function returns a status; on anything but 0 the record `bridge_error_of(state)` says what happened.
//
// A state is used by one thread at a time; only bridge_stop may be called from another.

#ifndef CLUABRIDGE_H
#define CLUABRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bridge_state bridge_state;

// A registry reference; 0 is none.
typedef int32_t bridge_ref;

// -- Values, flattened in pre-order ------------------------------------------------------------------------------

enum {
  BRIDGE_NIL,
  BRIDGE_BOOLEAN,   // payload: 0 or 1
  BRIDGE_INTEGER,   // payload
  BRIDGE_NUMBER,    // payload: the bits of the double
  BRIDGE_STRING,    // payload: offset into the bytes; count: length
  BRIDGE_TABLE,     // count: values at 1, 2, 3 …; fields: key and value pairs behind them
  BRIDGE_FUNCTION,  // payload: a reference, which whoever reads it must release
  BRIDGE_OBJECT,    // payload: the host's number for it; fields: its class
  BRIDGE_HOST,      // payload: the number of a host function
};

typedef struct {
  uint32_t kind;
  uint32_t fields;
  uint64_t count;
  int64_t payload;
} bridge_value;

typedef struct {
  const bridge_value *values;
  size_t count;  // of the flattened values
  const uint8_t *bytes;
  size_t byte_count;
} bridge_values;

// `Lua 5.4.4`: what the library was built as.
const char *bridge_lua_release(void);

// -- States ------------------------------------------------------------------------------------------------------

// Why a state was stopped.
enum { BRIDGE_RUNNING, BRIDGE_STOP_TIME, BRIDGE_STOP_MEMORY, BRIDGE_STOP_CANCELLED };

// The error that the last failed call left.
typedef struct {
  int32_t stopped;         // BRIDGE_STOP_…, or 0
  int32_t line;            // 0: unknown
  const char *source;      // the chunk's name, with its '@' or '='; NULL: unknown
  const char *message;     // without position
  size_t message_length;
  bool is_host;            // an error that a host function raised: its fields are in `host`
  bridge_values host;
} bridge_error;

// What host functions are given: the arguments, and the line of the script that called.
typedef struct {
  bridge_values arguments;
  size_t argument_count;
  const char *source;
  int32_t line;
} bridge_call;

// Pieces of a text: piece i is bytes[ends[i - 1]] up to ends[i]; the first begins at 0. Where `starts` is given the piece stands in
// the text from starts[i] up to stops[i], and is number numbers[i] of the different ones, counted from 1.
typedef struct {
  const uint8_t *bytes;
  const size_t *ends;
  const size_t *starts, *stops, *numbers;
  size_t count;
  bool is_too_large;  // they did not fit the room given; there are none
} bridge_pieces;

typedef struct {
  // Runs host function `function`. Returns the number of results that it gave to bridge_give, or -1 for an error whose
  // fields (one table) it gave.
  int32_t (*call)(void *context, int32_t function, const bridge_call *call);
  // The script let go of an object.
  void (*release)(void *context, int64_t object);
  // words, mentions, lexicon and has: the text, then the other arguments. 0, or -1 for an error as above.
  int32_t (*text)(void *context, int32_t function, const uint8_t *const *strings, const size_t *lengths, int32_t count,
                  double *result);
  // lexicon of a table: the text, its terms in no order, and their weights. 0, or -1 for an error as above.
  int32_t (*weigh)(void *context, const uint8_t *text, size_t length, const uint8_t *const *terms, const size_t *lengths,
                   const double *weights, int32_t count, double *result);
  // tokens and sentences: the pieces of a text, which stay until the next call and take at most `room` bytes.
  bridge_pieces (*pieces)(void *context, int32_t function, const uint8_t *text, size_t length, size_t room);
} bridge_host;

bridge_state *bridge_open(bridge_host host, void *context);
void bridge_close(bridge_state *state);

// Bytes held by the state, host-made buffers included, and the cap on them.
size_t bridge_memory(const bridge_state *state);
void bridge_limit_memory(bridge_state *state, size_t bytes);

// Refuses request number `nth` for memory from now on and all behind it, as if the cap were reached; 0 refuses none. With NULL it does so
// in every state that this thread opens from now on, while it is opened as well. For tests.
void bridge_refuse_allocation(bridge_state *state, size_t nth);

// Starts a call of the host: clears what stopped the last one.
void bridge_begin(bridge_state *state);
// Makes a running call fail soon, wherever it is; from any thread, between bridge_begin and the end of the call.
void bridge_stop(bridge_state *state, int32_t reason);
// Stops the state by BRIDGE_STOP_TIME after so long, until disarmed; false where no thread can be started.
bool bridge_arm(bridge_state *state, int64_t nanoseconds);
void bridge_disarm(bridge_state *state);
int32_t bridge_stopped(const bridge_state *state);
// Makes calls fail after so many instructions, until told 0. Unlike time it is the same on every run; it slows the VM down.
void bridge_count_instructions(bridge_state *state, int32_t most);
const bridge_error *bridge_error_of(const bridge_state *state);

// -- Chunks, calls, references -----------------------------------------------------------------------------------

// Compiles text (never bytecode) with `environment` as its globals (0: all of Lua's, for the host's own chunks).
int32_t bridge_load(bridge_state *state, const uint8_t *text, size_t length, const char *name, bridge_ref environment,
                    bridge_ref *function);
// Calls a function; its results are in bridge_results until the next call.
int32_t bridge_invoke(bridge_state *state, bridge_ref function, bridge_values arguments, size_t argument_count);
// Calls a function and keeps its first result as a reference.
int32_t bridge_invoke_keeping(bridge_state *state, bridge_ref function, bridge_values arguments, size_t argument_count,
                              bridge_ref *result);
bridge_values bridge_results(const bridge_state *state, size_t *count);
// Texts are cut into words or sentences in one go, which cannot be stopped: longer ones are refused. This takes about a second.
enum { BRIDGE_LONGEST_TEXT = 1 << 24 };
// Hands over results (or an error's fields) from within a host function; copied at once.
bool bridge_give(bridge_state *state, bridge_values values, size_t count);
// Keeps a value.
int32_t bridge_keep(bridge_state *state, bridge_values value, bridge_ref *reference);
// The value behind a reference, to bridge_results.
int32_t bridge_fetch(bridge_state *state, bridge_ref reference);
void bridge_release(bridge_state *state, bridge_ref reference);

// Where a Lua function was defined; false for a C function.
typedef struct {
  const char *source;  // valid until the next call
  int32_t first_line, last_line, parameters;
} bridge_function;
bool bridge_describe(bridge_state *state, bridge_ref function, bridge_function *description);

// -- Looking into values -----------------------------------------------------------------------------------------
//
// Each leaves one value in bridge_results: a table or function as a BRIDGE_FUNCTION whose `count` is its type, BRIDGE_TABLE
// or BRIDGE_FUNCTION, and whose `fields` is one of these.
enum {
  BRIDGE_NO_METATABLE,
  BRIDGE_OWN_METATABLE,  // one that a script gave it
  BRIDGE_LIBRARY,        // `math` and its like, which nothing changes
  BRIDGE_GLOBALS,
};

// Upvalue `number` (from 1) of a Lua function, and its name; NULL where there is none.
int32_t bridge_upvalue(bridge_state *state, bridge_ref function, int32_t number, const char **name);
// What indexing a value by a key gives.
int32_t bridge_index(bridge_state *state, bridge_ref value, bridge_values key);
// Which of a source's functions a Lua function is, from 1 in the order in which they begin, and how many there are with the chunk itself;
// 0 where that cannot be told.
int32_t bridge_find_function(bridge_state *state, bridge_ref function, const uint8_t *text, size_t length,
                             size_t *number, size_t *functions);
// The name of a library function, such as `string.find`; NULL for any other value. Valid while the state is open.
int32_t bridge_library_name(bridge_state *state, bridge_ref function, const char **name);

// A class of objects: names with `__` go to the metatable, the others are methods; `values` are pairs of a name and a
// host function.
int32_t bridge_define(bridge_state *state, int32_t class_number, bridge_values members, size_t member_count);

// -- Batches -----------------------------------------------------------------------------------------------------

enum {
  BRIDGE_COLUMN_NULL,
  BRIDGE_COLUMN_INTEGERS,    // data: int64_t
  BRIDGE_COLUMN_NUMBERS,     // data: double
  BRIDGE_COLUMN_BOOLEANS,    // data: uint8_t
  BRIDGE_COLUMN_STRINGS,     // starts, ends, bytes
  BRIDGE_COLUMN_CODES,       // codes; starts, ends, bytes are the dictionary's
  BRIDGE_COLUMN_LISTS,       // list_starts, list_ends, codes; starts, ends, bytes are the dictionary's
  BRIDGE_COLUMN_DATES,       // data: int64_t days; Lua sees ISO 8601
  BRIDGE_COLUMN_TIMESTAMPS,  // data: int64_t microseconds; Lua sees ISO 8601
  BRIDGE_COLUMN_ANY,         // results of any type, one behind the other in bridge_any
};

// One argument for all rows of a batch.
typedef struct {
  int32_t kind;
  bool is_constant;  // row 0 holds for all rows
  bridge_ref cache;  // a table with the dictionary's strings made so far; 0: none
  const void *data;
  const uint32_t *codes;
  const uint32_t *starts, *ends;
  const uint8_t *bytes;
  const uint32_t *list_starts, *list_ends;
  const uint64_t *validity;  // NULL: no nulls
} bridge_column;

// Typed results. The caller makes the arrays for all rows; strings and items are gathered by the state.
typedef struct {
  int32_t kind;        // BRIDGE_COLUMN_…, dates and timestamps as strings
  void *data;          // int64_t, double or uint8_t
  uint32_t *starts, *ends;  // strings: into bridge_text; lists: into the items
  uint8_t *present;    // 1 where there is a value; all 0 before
} bridge_result;

// The rows of a batch and where they go.
typedef struct {
  const bridge_column *columns;
  int32_t column_count;
  size_t count;
  const uint64_t *present;  // rows to be called; NULL: all
  bridge_ref row_table;     // with `row_keys`: the reused table that the function gets instead of arguments
  bridge_ref row_keys;
  uint64_t first_row;         // the number of the first row in its table; with `selection`, what its numbers count from
  const uint32_t *selection;  // NULL: the rows follow one another
} bridge_batch;

typedef struct {
  const uint8_t *bytes;
  size_t byte_count;
  const uint32_t *item_starts, *item_ends;
  size_t item_count;
} bridge_text;

// Where a batch failed.
typedef struct {
  size_t row;         // of the batch, or the group in finalize and merge
  int32_t phase;      // BRIDGE_PHASE_…
  bool is_wrong_type; // the error's message is the value that the function gave
} bridge_failure;

enum { BRIDGE_PHASE_EACH, BRIDGE_PHASE_INIT, BRIDGE_PHASE_UPDATE, BRIDGE_PHASE_MERGE, BRIDGE_PHASE_FINALIZE };

// What functions lead to may have been changed since the last batch: a script has run. Else they must have kept nothing.
void bridge_begin_query(bridge_state *state);

// A metric's function for each row, in one protected call.
int32_t bridge_each(bridge_state *state, bridge_ref function, bridge_batch batch, bridge_result *result,
                    bridge_failure *failure);
// The strings and items that the last bridge_each or bridge_finalize gathered; valid until the next call.
bridge_text bridge_text_of(const bridge_state *state);
// The results of any type that the last bridge_each gave; valid until the next one.
bridge_values bridge_any(const bridge_state *state, size_t *count);

// The functions of a fold and its states, a table by group number.
typedef struct {
  bridge_ref init, update, merge, finalize;
  bridge_ref states;
} bridge_fold;

int32_t bridge_update(bridge_state *state, bridge_fold fold, bridge_batch batch, const uint32_t *groups,
                      bridge_failure *failure);
// Writes the states of groups 0..<count as plain bytes; they are in *bytes until the next call.
int32_t bridge_pack(bridge_state *state, bridge_fold fold, size_t count, const uint8_t **bytes, size_t *length,
                    bridge_failure *failure);
// Merges packed states: the one of their group g into our group groups[g].
int32_t bridge_merge(bridge_state *state, bridge_fold fold, const uint8_t *bytes, size_t length, const uint32_t *groups,
                     size_t count, bridge_failure *failure);
// The results of some groups, in their order: the failure's row is a place among them. Random numbers follow from `numbers`.
int32_t bridge_finalize(bridge_state *state, bridge_fold fold, const uint32_t *groups, const uint64_t *numbers,
                        size_t count, bridge_result *result, bridge_failure *failure);

// Makes an empty table and keeps it.
int32_t bridge_table(bridge_state *state, size_t items, bridge_ref *table);

// An array of row tables (`names` is a table of the columns' names), or of one column's values with their number in
// `n`.
int32_t bridge_rows(bridge_state *state, bridge_batch batch, bridge_ref names, bridge_ref *rows);
int32_t bridge_array(bridge_state *state, bridge_batch batch, bridge_ref *array);

#endif
