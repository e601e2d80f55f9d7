// math.random of the sandbox: the same numbers on every run, whatever the threads.
//
// What they follow from depends on what runs. `each` runs once for rows with equal arguments, so from the arguments;
// `update` from the number of the row in its table; `merge` and `finalize` from the number of the group; `init` from nothing,
// so that all groups begin alike. The script
// itself, a plugin's while it is loaded among them, has one sequence from its first line on. Within a call the numbers
// follow one another. The generator is SplitMix64 (Steele, Lea, Flood 2014).

#include "batch.h"

static uint64_t mixed(uint64_t bits) {
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
  return bits ^ bits >> 31;
}

static uint64_t next_bits(uint64_t *sequence) { return mixed(*sequence += 0x9E3779B97F4A7C15); }

// FNV-1a.
static uint64_t with_bytes(uint64_t hash, const void *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) hash = (hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3;
  return hash;
}

static uint64_t with_string(uint64_t hash, const bridge_column *c, uint32_t at) {
  uint32_t length = c->ends[at] - c->starts[at];
  return with_bytes(with_bytes(hash, &length, sizeof length), c->bytes + c->starts[at], length);
}

static uint64_t with_cell(uint64_t hash, const bridge_column *c, size_t row) {
  if (c->is_constant) row = 0;
  if (c->kind == BRIDGE_COLUMN_NULL || (c->validity && !bit_at(c->validity, row))) return with_bytes(hash, "", 1);
  switch (c->kind) {
    case BRIDGE_COLUMN_BOOLEANS: return with_bytes(hash, (const uint8_t *)c->data + row, 1);
    case BRIDGE_COLUMN_STRINGS: return with_string(hash, c, (uint32_t)row);
    case BRIDGE_COLUMN_CODES: return with_string(hash, c, c->codes[row]);
    case BRIDGE_COLUMN_LISTS:
      for (uint32_t i = c->list_starts[row]; i < c->list_ends[row]; i++) hash = with_string(hash, c, c->codes[i]);
      return hash;
    default: return with_bytes(hash, (const int64_t *)c->data + row, sizeof(int64_t));
  }
}

// Where the numbers of the call that runs begin.
static uint64_t seed_of_call(const bridge_state *state) {
  uint64_t hash = 0xCBF29CE484222325;
  if (state->phase == BRIDGE_PHASE_EACH) {
    for (int i = 0; i < state->batch->column_count; i++) hash = with_cell(hash, &state->batch->columns[i], state->row);
    return hash;
  }
  uint64_t number = state->phase == BRIDGE_PHASE_INIT ? 0 : state->group;
  if (state->phase == BRIDGE_PHASE_UPDATE) {
    number = state->batch->first_row + (state->batch->selection ? state->batch->selection[state->row] : state->row);
  }
  hash = with_bytes(hash, &state->phase, sizeof state->phase);
  return with_bytes(hash, &number, sizeof number);
}

static uint64_t *sequence_of(lua_State *L) {
  bridge_state *state = state_of(L);
  if (!state->batch) return &state->script_sequence;
  if (state->batch->row_table) luaL_error(L, "there are no random numbers in a function of rows");
  if (state->sequence_row != state->row || state->sequence_phase != state->phase) {
    state->call_sequence = mixed(seed_of_call(state));
    state->sequence_row = state->row;
    state->sequence_phase = state->phase;
  }
  return &state->call_sequence;
}

// A number from 0 to `most`, each as likely: numbers with more bits than `most` are drawn again.
static uint64_t up_to(uint64_t *sequence, uint64_t most) {
  uint64_t mask = most;
  for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
  uint64_t drawn;
  do drawn = next_bits(sequence) & mask;
  while (drawn > most);
  return drawn;
}

int safe_random(lua_State *L) {
  uint64_t *sequence = sequence_of(L);
  lua_Integer low = 1, high;
  switch (lua_gettop(L)) {
    case 0: lua_pushnumber(L, (lua_Number)(next_bits(sequence) >> 11) * 0x1p-53); return 1;
    case 1:
      high = luaL_checkinteger(L, 1);
      if (high == 0) {
        lua_pushinteger(L, (lua_Integer)next_bits(sequence));
        return 1;
      }
      break;
    case 2:
      low = luaL_checkinteger(L, 1);
      high = luaL_checkinteger(L, 2);
      break;
    default: return luaL_error(L, "wrong number of arguments");
  }
  luaL_argcheck(L, low <= high, lua_gettop(L), "interval is empty");
  lua_pushinteger(L, (lua_Integer)((uint64_t)low + up_to(sequence, (uint64_t)high - (uint64_t)low)));
  return 1;
}

// Only a script may choose where its own numbers begin.
int safe_randomseed(lua_State *L) {
  if (state_of(L)->batch) return luaL_error(L, "a metric's random numbers are seeded already: they follow from its row");
  state_of(L)->script_sequence = (uint64_t)luaL_checkinteger(L, 1);
  return 0;
}
