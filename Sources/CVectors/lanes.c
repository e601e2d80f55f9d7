#include "Lanes.h"

#include <math.h>
#include <string.h>

/* The wider instructions are used where the processor has them; a program's floats stay as they are, for no operation is made of two. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
/* The sanitizer would look at the choice between them before it is ready: it is made while the program is loaded. */
#define READOUT_NARROW
#endif
#endif
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(READOUT_NARROW)
#define READOUT_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define READOUT_WIDE
#endif

#define READOUT_INLINE static inline __attribute__((always_inline))

typedef int64_t type_i;
typedef double type_f;
typedef int64_t type_m;
typedef uint8_t type_b;

READOUT_INLINE int64_t mask(int truth) { return -(int64_t)truth; }

/* -- Unary ------------------------------------------------------------------------------------------------------- */

READOUT_INLINE int64_t negate_i(int64_t x) { return (int64_t)(0 - (uint64_t)x); }
READOUT_INLINE double negate_f(double x) { return -x; }
READOUT_INLINE int64_t bit_not(int64_t x) { return ~x; }
READOUT_INLINE int64_t absolute_i(int64_t x) { return x < 0 ? negate_i(x) : x; }
READOUT_INLINE double absolute_f(double x) { return fabs(x); }
READOUT_INLINE double float_of(int64_t x) { return (double)x; }
READOUT_INLINE int64_t is_in_range(double x) { return mask((x >= -0x1p63) & (x < 0x1p63)); }
/* The float's whole part; any value out of range. */
READOUT_INLINE int64_t integer_of(double x) { return is_in_range(x) ? (int64_t)x : 0; }
READOUT_INLINE int64_t is_whole(double x) { return is_in_range(x) & mask(floor(x) == x); }
READOUT_INLINE double floor_f(double x) { return floor(x); }
READOUT_INLINE double ceil_f(double x) { return ceil(x); }
READOUT_INLINE double sqrt_f(double x) { return sqrt(x); }
READOUT_INLINE double exp_f(double x) { return exp(x); }
READOUT_INLINE double log_f(double x) { return log(x); }
READOUT_INLINE double log2_f(double x) { return log2(x); }
READOUT_INLINE double log10_f(double x) { return log10(x); }
READOUT_INLINE double sin_f(double x) { return sin(x); }
READOUT_INLINE double cos_f(double x) { return cos(x); }
READOUT_INLINE double tan_f(double x) { return tan(x); }
READOUT_INLINE double asin_f(double x) { return asin(x); }
READOUT_INLINE double acos_f(double x) { return acos(x); }
READOUT_INLINE int64_t not_m(int64_t x) { return ~x; }
READOUT_INLINE int64_t mask_of(uint8_t x) { return -(int64_t)x; }
READOUT_INLINE uint8_t byte_of(int64_t x) { return (uint8_t)(x & 1); }

/* -- Binary ------------------------------------------------------------------------------------------------------ */

READOUT_INLINE int64_t add_i(int64_t a, int64_t b) { return (int64_t)((uint64_t)a + (uint64_t)b); }
READOUT_INLINE int64_t subtract_i(int64_t a, int64_t b) { return (int64_t)((uint64_t)a - (uint64_t)b); }
READOUT_INLINE int64_t multiply_i(int64_t a, int64_t b) { return (int64_t)((uint64_t)a * (uint64_t)b); }
/* Towards minus infinity, as luaV_idiv and luaV_mod; the smallest integer by -1 wraps. */
READOUT_INLINE int64_t floor_divide_i(int64_t a, int64_t b) {
  if ((uint64_t)b + 1 <= 1) return b == 0 ? 0 : negate_i(a);
  int64_t quotient = a / b;
  return (a ^ b) < 0 && a % b != 0 ? quotient - 1 : quotient;
}
READOUT_INLINE int64_t modulo_i(int64_t a, int64_t b) {
  if ((uint64_t)b + 1 <= 1) return 0;
  int64_t remainder = a % b;
  return remainder != 0 && (remainder ^ b) < 0 ? remainder + b : remainder;
}
/* math.fmod: towards zero. */
READOUT_INLINE int64_t remainder_i(int64_t a, int64_t b) { return (uint64_t)b + 1 <= 1 ? 0 : a % b; }
READOUT_INLINE double add_f(double a, double b) { return a + b; }
READOUT_INLINE double subtract_f(double a, double b) { return a - b; }
READOUT_INLINE double multiply_f(double a, double b) { return a * b; }
READOUT_INLINE double divide_f(double a, double b) { return a / b; }
READOUT_INLINE double power_f(double a, double b) { return b == 2 ? a * a : pow(a, b); }
READOUT_INLINE double floor_divide_f(double a, double b) { return floor(a / b); }
READOUT_INLINE double modulo_f(double a, double b) {
  double remainder = fmod(a, b);
  return remainder > 0 ? (b < 0 ? remainder + b : remainder) : (remainder < 0 && b > 0 ? remainder + b : remainder);
}
READOUT_INLINE double remainder_f(double a, double b) { return fmod(a, b); }
READOUT_INLINE double atan2_f(double a, double b) { return atan2(a, b); }
READOUT_INLINE int64_t bit_and(int64_t a, int64_t b) { return a & b; }
READOUT_INLINE int64_t bit_or(int64_t a, int64_t b) { return a | b; }
READOUT_INLINE int64_t bit_xor(int64_t a, int64_t b) { return a ^ b; }
/* Logical; negative distances shift the other way, 64 and more leave nothing. */
READOUT_INLINE int64_t shift_left(int64_t a, int64_t by) {
  if (by <= -64 || by >= 64) return 0;
  return (int64_t)(by >= 0 ? (uint64_t)a << by : (uint64_t)a >> -by);
}
READOUT_INLINE int64_t shift_right(int64_t a, int64_t by) { return shift_left(a, negate_i(by)); }
READOUT_INLINE int64_t equal_i(int64_t a, int64_t b) { return mask(a == b); }
READOUT_INLINE int64_t less_i(int64_t a, int64_t b) { return mask(a < b); }
READOUT_INLINE int64_t less_equal_i(int64_t a, int64_t b) { return mask(a <= b); }
READOUT_INLINE int64_t below_i(int64_t a, int64_t b) { return mask((uint64_t)a < (uint64_t)b); }
READOUT_INLINE int64_t equal_f(double a, double b) { return mask(a == b); }
READOUT_INLINE int64_t less_f(double a, double b) { return mask(a < b); }
READOUT_INLINE int64_t less_equal_f(double a, double b) { return mask(a <= b); }
/* An integer and a float compare as mathematical values. Rounding to a double keeps order, so only where the rounded integer equals the
   float must the two be looked at exactly. */
READOUT_INLINE int64_t equal_if(int64_t a, double b) { return mask((double)a == b && b < 0x1p63 && (int64_t)b == a); }
READOUT_INLINE int64_t less_if(int64_t a, double b) {
  double rounded = (double)a;
  return mask(rounded < b || (rounded == b && (b >= 0x1p63 || a < (int64_t)b)));
}
READOUT_INLINE int64_t less_equal_if(int64_t a, double b) {
  double rounded = (double)a;
  return mask(rounded < b || (rounded == b && (b >= 0x1p63 || a <= (int64_t)b)));
}
READOUT_INLINE int64_t less_fi(double a, int64_t b) {
  double rounded = (double)b;
  return mask(a < rounded || (rounded == a && a < 0x1p63 && (int64_t)a < b));
}
READOUT_INLINE int64_t less_equal_fi(double a, int64_t b) {
  double rounded = (double)b;
  return mask(a < rounded || (rounded == a && a < 0x1p63 && (int64_t)a <= b));
}
READOUT_INLINE int64_t and_m(int64_t a, int64_t b) { return a & b; }
READOUT_INLINE int64_t or_m(int64_t a, int64_t b) { return a | b; }
READOUT_INLINE int64_t equal_m(int64_t a, int64_t b) { return ~(a ^ b); }
READOUT_INLINE uint64_t choose(int64_t where, uint64_t a, uint64_t b) {
  return (a & (uint64_t)where) | (b & ~(uint64_t)where);
}

/* -- Blocks ------------------------------------------------------------------------------------------------------ */

/* A result never stands in the memory of an operand (but for copy's). */
#define READOUT_LANE_LOOP for (size_t i = 0; i < count; i++)

#define READOUT_UNARY_LOOP(name, from, to)                                                                             \
  READOUT_WIDE static void run_##name(const void *a, void *result, size_t count) {                                     \
    const type_##from *x = a;                                                                                          \
    type_##to *restrict out = result;                                                                                           \
    READOUT_LANE_LOOP out[i] = name(x[i]);                                                                             \
  }
READOUT_LANE_UNARY(READOUT_UNARY_LOOP)

#define READOUT_BINARY_LOOP(name, left, right, to)                                                                     \
  READOUT_WIDE static void run_##name(const void *a, const void *b, void *result, size_t count) {                      \
    const type_##left *x = a;                                                                                          \
    const type_##right *y = b;                                                                                         \
    type_##to *restrict out = result;                                                                                           \
    READOUT_LANE_LOOP out[i] = name(x[i], y[i]);                                                                       \
  }
READOUT_LANE_BINARY(READOUT_BINARY_LOOP)

/* Integers of at most 53 bits are floats exactly: a block of such is compared as floats, in vectors. */
READOUT_WIDE static int are_exact(const int64_t *x, size_t count) {
  uint64_t beyond = 0;
  READOUT_LANE_LOOP beyond |= ((uint64_t)x[i] + (1ull << 53)) >> 54;
  return beyond == 0;
}

#define READOUT_PLAIN_LOOP(name, left, right, comparison)                                                              \
  READOUT_WIDE static void run_plain_##name(const type_##left *x, const type_##right *y, int64_t *restrict out, size_t count) { \
    READOUT_LANE_LOOP out[i] = mask((double)x[i] comparison (double)y[i]);                                             \
  }
READOUT_PLAIN_LOOP(equal_if, i, f, ==)
READOUT_PLAIN_LOOP(less_if, i, f, <)
READOUT_PLAIN_LOOP(less_equal_if, i, f, <=)
READOUT_PLAIN_LOOP(less_fi, f, i, <)
READOUT_PLAIN_LOOP(less_equal_fi, f, i, <=)

READOUT_WIDE static void run_select(const int64_t *where, const uint64_t *a, const uint64_t *b, uint64_t *restrict out, size_t count) {
  READOUT_LANE_LOOP out[i] = choose(where[i], a[i], b[i]);
}

READOUT_WIDE static int run_any(const uint64_t *x, size_t count) {
  uint64_t found = 0;
  for (size_t i = 0; i < count; i++) found |= x[i];
  return found != 0;
}

int readout_lanes_run(
    const readout_lane_instruction *instructions, size_t instruction_count, void *const *registers, size_t count) {
  int found = 0;
  for (const readout_lane_instruction *at = instructions, *end = at + instruction_count; at < end; at++) {
    void *result = registers[at->result];
    const void *a = registers[at->a], *b = registers[at->b];
    switch (at->operation) {
#define READOUT_MIXED_CASE(name, integers)                                                                             \
  case READOUT_LANE_##name:                                                                                            \
    if (are_exact(integers, count)) {                                                                                  \
      run_plain_##name(a, b, result, count);                                                                           \
      continue;                                                                                                        \
    }                                                                                                                  \
    break;
      READOUT_MIXED_CASE(equal_if, a)
      READOUT_MIXED_CASE(less_if, a)
      READOUT_MIXED_CASE(less_equal_if, a)
      READOUT_MIXED_CASE(less_fi, b)
      READOUT_MIXED_CASE(less_equal_fi, b)
      default: break;
    }
    switch (at->operation) {
#define READOUT_UNARY_CASE(name, from, to) \
  case READOUT_LANE_##name: run_##name(a, result, count); break;
#define READOUT_BINARY_CASE(name, left, right, to) \
  case READOUT_LANE_##name: run_##name(a, b, result, count); break;
      READOUT_LANE_UNARY(READOUT_UNARY_CASE)
      READOUT_LANE_BINARY(READOUT_BINARY_CASE)
      case READOUT_LANE_select: run_select(a, b, registers[at->c], result, count); break;
      case READOUT_LANE_any: found |= run_any(a, count); break;
      case READOUT_LANE_copy: memmove(result, a, count * 8); break;
    }
  }
  return found;
}

/* -- One lane ---------------------------------------------------------------------------------------------------- */

READOUT_INLINE int64_t get_i(uint64_t slot) { return (int64_t)slot; }
READOUT_INLINE int64_t get_m(uint64_t slot) { return (int64_t)slot; }
READOUT_INLINE uint8_t get_b(uint64_t slot) { return (uint8_t)slot; }
READOUT_INLINE double get_f(uint64_t slot) {
  double value;
  memcpy(&value, &slot, sizeof value);
  return value;
}
READOUT_INLINE uint64_t put_i(int64_t value) { return (uint64_t)value; }
READOUT_INLINE uint64_t put_m(int64_t value) { return (uint64_t)value; }
READOUT_INLINE uint64_t put_b(uint8_t value) { return value; }
READOUT_INLINE uint64_t put_f(double value) {
  uint64_t slot;
  memcpy(&slot, &value, sizeof slot);
  return slot;
}

READOUT_INLINE int run_lane(const readout_lane_instruction *instructions, size_t instruction_count, uint64_t *slots) {
  int found = 0;
  for (const readout_lane_instruction *at = instructions, *end = at + instruction_count; at < end; at++) {
    const uint64_t a = slots[at->a], b = slots[at->b];
    uint64_t *result = &slots[at->result];
    switch (at->operation) {
#define READOUT_UNARY_STEP(name, from, to) \
  case READOUT_LANE_##name: *result = put_##to(name(get_##from(a))); break;
#define READOUT_BINARY_STEP(name, left, right, to) \
  case READOUT_LANE_##name: *result = put_##to(name(get_##left(a), get_##right(b))); break;
      READOUT_LANE_UNARY(READOUT_UNARY_STEP)
      READOUT_LANE_BINARY(READOUT_BINARY_STEP)
      case READOUT_LANE_select: *result = choose((int64_t)a, b, slots[at->c]); break;
      case READOUT_LANE_any: found |= a != 0; break;
      case READOUT_LANE_copy: *result = a; break;
    }
  }
  return found;
}

int readout_lane_run(const readout_lane_instruction *instructions, size_t instruction_count, uint64_t *slots) {
  return run_lane(instructions, instruction_count, slots);
}

int readout_lane_fold(
    const readout_lane_instruction *instructions, size_t instruction_count, uint64_t *slots, const readout_lane_load *loads,
    size_t load_count, const uint16_t *moves, size_t move_count, const uint32_t *starts, size_t round, size_t end, size_t lane) {
  int found = 0;
  for (; round < end; round++) {
    const size_t at = starts[round] + lane;
    for (size_t i = 0; i < load_count; i++) {
      slots[loads[i].slot] = loads[i].is_byte ? ((const uint8_t *)loads[i].column)[at] : ((const uint64_t *)loads[i].column)[at];
    }
    found |= run_lane(instructions, instruction_count, slots);
    for (size_t i = 0; i < move_count; i++) slots[moves[2 * i + 1]] = slots[moves[2 * i]];
  }
  return found;
}

/* -- Rounds ------------------------------------------------------------------------------------------------------ */

/* Reads go in order: a column comes from memory, its copy stays in a cache. */
void readout_scatter8(const uint64_t *source, const uint32_t *positions, size_t count, uint64_t *target) {
  for (size_t i = 0; i < count; i++) target[positions[i]] = source[i];
}
void readout_scatter1(const uint8_t *source, const uint32_t *positions, size_t count, uint8_t *target) {
  for (size_t i = 0; i < count; i++) target[positions[i]] = source[i];
}

READOUT_INLINE int is_present(const uint64_t *present, size_t row) {
  return !present || (present[row >> 6] >> (row & 63) & 1);
}

/* Counts the rows of each group in its place, gives every row its rank in its group, and lists the groups as they are met. */
READOUT_INLINE uint32_t rank_rows(
    const uint32_t *groups, const uint64_t *present, size_t count, uint32_t *places, uint32_t *ranks, uint32_t *met) {
  uint32_t found = 0;
  for (size_t row = 0; row < count; row++) {
    if (!is_present(present, row)) continue;
    const uint32_t rank = places[groups[row]]++;
    ranks[row] = rank;
    met[found] = groups[row];
    found += rank == 0;
  }
  return found;
}

/* A row's rank becomes its position: as far behind the beginning of its round as its group's lane says. */
READOUT_INLINE void place_rows(
    const uint32_t *groups, const uint64_t *present, size_t count, const uint32_t *places, const uint32_t *starts, uint32_t nowhere,
    uint32_t *positions) {
  for (size_t row = 0; row < count; row++) {
    positions[row] = is_present(present, row) ? starts[positions[row]] + places[groups[row]] : nowhere;
  }
}

size_t readout_order_rounds(
    const uint32_t *groups, const uint64_t *present, size_t count, uint32_t *places, uint32_t *positions, uint32_t *lanes, uint32_t *sizes,
    uint32_t *starts, uint32_t *met, size_t *rounds) {
  const uint32_t found = present ? rank_rows(groups, present, count, places, positions, met)
                                 : rank_rows(groups, NULL, count, places, positions, met);
  uint32_t largest = 0;
  for (uint32_t i = 0; i < found; i++) {
    const uint32_t size = places[met[i]];
    if (size > largest) largest = size;
  }
  /* Lanes by descending size, by a counting sort: starts[s] is where the groups of `largest` - s rows begin, then where they end. */
  for (uint32_t s = 0; s <= largest; s++) starts[s] = 0;
  for (uint32_t i = 0; i < found; i++) starts[largest - places[met[i]]]++;
  for (uint32_t s = 0, before = 0; s <= largest; s++) {
    const uint32_t own = starts[s];
    starts[s] = before;
    before += own;
  }
  for (uint32_t i = 0; i < found; i++) {
    const uint32_t group = met[i], size = places[group], lane = starts[largest - size]++;
    lanes[lane] = group;
    sizes[lane] = size;
    places[group] = lane;
  }
  /* So starts[`largest` - 1 - k] groups have more than k rows: the lanes of round k. */
  for (uint32_t k = 0; k < largest / 2; k++) {
    const uint32_t early = starts[k];
    starts[k] = starts[largest - 1 - k];
    starts[largest - 1 - k] = early;
  }
  uint32_t before = 0;
  for (uint32_t k = 0; k < largest; k++) {
    const uint32_t own = starts[k];
    starts[k] = before;
    before += own;
  }
  starts[largest] = before;
  if (present) {
    place_rows(groups, present, count, places, starts, before, positions);
  } else {
    place_rows(groups, NULL, count, places, starts, before, positions);
  }
  for (uint32_t l = 0; l < found; l++) places[lanes[l]] = 0;
  *rounds = largest;
  return found;
}
