// From column memory to Lua values.

#include "batch.h"

#include <stdio.h>

static int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

// ISO 8601, as Calendar.text(ofDay:) writes it. Days to civil date: Howard Hinnant's algorithm.
static int day_text(int64_t days, char *out, size_t size) {
  int64_t shifted = days + 719468;
  int64_t era = floor_divide(shifted, 146097);
  int64_t of_era = shifted - era * 146097;
  int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month_from_march = (5 * of_year + 2) / 153;
  int64_t day = of_year - (153 * month_from_march + 2) / 5 + 1;
  int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  if (year >= 0 && year <= 9999) {
    int y = (int)year, m = (int)month, d = (int)day;
    const char digits[10] = {(char)('0' + y / 1000), (char)('0' + y / 100 % 10), (char)('0' + y / 10 % 10),
                             (char)('0' + y % 10),   '-',  (char)('0' + m / 10), (char)('0' + m % 10), '-',
                             (char)('0' + d / 10),   (char)('0' + d % 10)};
    memcpy(out, digits, 10);
    return 10;
  }
  return snprintf(out, size, "%c%06lld-%02d-%02d", year < 0 ? '-' : '+', (long long)(year < 0 ? -year : year),
                  (int)month, (int)day);
}

static int moment_text(int64_t microseconds, char *out, size_t size) {
  int64_t days = floor_divide(microseconds, 86400000000);
  int64_t in_day = microseconds - days * 86400000000;
  int seconds = (int)(in_day / 1000000), fraction = (int)(in_day % 1000000);
  int length = day_text(days, out, size);
  length += snprintf(out + length, size - (size_t)length, "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
  if (fraction % 1000 != 0) {
    length += snprintf(out + length, size - (size_t)length, ".%06d", fraction);
  } else if (fraction != 0) {
    length += snprintf(out + length, size - (size_t)length, ".%03d", fraction / 1000);
  }
  out[length++] = 'Z';
  return length;
}

static void push_code(lua_State *L, const bridge_column *c, int cache, uint32_t code) {
  if (cache && lua_rawgeti(L, cache, (lua_Integer)code + 1) != LUA_TNIL) return;
  if (cache) lua_pop(L, 1);
  lua_pushlstring(L, (const char *)c->bytes + c->starts[code], c->ends[code] - c->starts[code]);
  if (cache) {
    lua_pushvalue(L, -1);
    lua_rawseti(L, cache, (lua_Integer)code + 1);
  }
}

// `cache` is the stack slot of the column's table of strings, or 0.
static inline void push_value_of(lua_State *L, const bridge_column *c, int cache, size_t row) {
  char text[64];
  if (c->validity && !bit_at(c->validity, row)) {
    lua_pushnil(L);
    return;
  }
  switch (c->kind) {
    case BRIDGE_COLUMN_INTEGERS: lua_pushinteger(L, ((const int64_t *)c->data)[row]); return;
    case BRIDGE_COLUMN_NUMBERS: lua_pushnumber(L, ((const double *)c->data)[row]); return;
    case BRIDGE_COLUMN_BOOLEANS: lua_pushboolean(L, ((const uint8_t *)c->data)[row]); return;
    case BRIDGE_COLUMN_STRINGS:
      lua_pushlstring(L, (const char *)c->bytes + c->starts[row], c->ends[row] - c->starts[row]);
      return;
    case BRIDGE_COLUMN_CODES: push_code(L, c, cache, c->codes[row]); return;
    case BRIDGE_COLUMN_DATES:
      lua_pushlstring(L, text, (size_t)day_text(((const int64_t *)c->data)[row], text, sizeof text));
      return;
    case BRIDGE_COLUMN_TIMESTAMPS:
      lua_pushlstring(L, text, (size_t)moment_text(((const int64_t *)c->data)[row], text, sizeof text));
      return;
    case BRIDGE_COLUMN_LISTS: {
      uint32_t first = c->list_starts[row], count = c->list_ends[row] - first;
      lua_createtable(L, (int)count, 0);
      for (uint32_t i = 0; i < count; i++) {
        push_code(L, c, cache, c->codes[first + i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
      }
      return;
    }
    default: lua_pushnil(L); return;
  }
}

void begin_batch(bridge_state *state, const bridge_batch *batch, int32_t phase) {
  state->row = 0;
  state->phase = phase;
  state->is_wrong_type = false;
  state->batch = batch;
  state->sequence_phase = -1;
}

void prepare(lua_State *L, const bridge_batch *batch, prepared *p) {
  luaL_checkstack(L, 2 * batch->column_count + 16, "too many columns");
  p->batch = batch;
  p->base = lua_gettop(L) + 1;
  for (int i = 0; i < batch->column_count; i++) {
    const bridge_column *c = &batch->columns[i];
    if (c->is_constant) {
      push_value_of(L, c, 0, 0);
    } else if (c->cache) {
      lua_rawgeti(L, LUA_REGISTRYINDEX, c->cache);
    } else {
      lua_pushnil(L);
    }
  }
  p->row_table = p->names = 0;
  if (!batch->row_keys) return;
  if (batch->row_table) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, batch->row_table);
    p->row_table = lua_gettop(L);
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, batch->row_keys);
  int keys = lua_gettop(L);
  p->names = keys + 1;
  for (int i = 1; i <= batch->column_count; i++) lua_rawgeti(L, keys, i);
}

void push_cell(lua_State *L, const prepared *p, int column, size_t row) {
  const bridge_column *c = &p->batch->columns[column];
  // A list is made anew: the function may keep or change it.
  if (c->is_constant && c->kind != BRIDGE_COLUMN_LISTS) {
    lua_pushvalue(L, p->base + column);
  } else {
    push_value_of(L, c, c->cache && !c->is_constant ? p->base + column : 0, c->is_constant ? 0 : row);
  }
}

int push_arguments(lua_State *L, const prepared *p, size_t row) {
  int count = p->batch->column_count;
  if (!p->row_table) {
    for (int i = 0; i < count; i++) push_cell(L, p, i, row);
    return count;
  }
  for (int i = 0; i < count; i++) {
    lua_pushvalue(L, p->names + i);
    push_cell(L, p, i, row);
    lua_rawset(L, p->row_table);
  }
  lua_pushvalue(L, p->row_table);
  return 1;
}
