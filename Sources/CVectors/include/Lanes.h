/* Programs over lanes: each instruction is one loop over as many lanes as there are rows (or groups) in a block, or one step of a
   single lane. Every register is 64 bits a lane: an integer, a float, or a truth value as a mask of all bits or none.

   The operations mean what Lua 5.4's do, made total: where Lua raises an error the result is any value, and whoever wrote the program
   watches for it by other instructions. */
#ifndef READOUT_LANES_H
#define READOUT_LANES_H

#include <stddef.h>
#include <stdint.h>

/* The operations by how many registers they read; the letters behind the name are the types of operands and result:
   i integer, f float, m mask, b a byte of 0 or 1. */
#define READOUT_LANE_UNARY(X)                                                                                          \
  X(negate_i, i, i) X(negate_f, f, f) X(bit_not, i, i) X(absolute_i, i, i) X(absolute_f, f, f)                         \
  X(float_of, i, f) X(integer_of, f, i) X(is_whole, f, m) X(is_in_range, f, m)                                         \
  X(floor_f, f, f) X(ceil_f, f, f) X(sqrt_f, f, f) X(exp_f, f, f) X(log_f, f, f) X(log2_f, f, f) X(log10_f, f, f)      \
  X(sin_f, f, f) X(cos_f, f, f) X(tan_f, f, f) X(asin_f, f, f) X(acos_f, f, f)                                         \
  X(not_m, m, m) X(mask_of, b, m) X(byte_of, m, b)

#define READOUT_LANE_BINARY(X)                                                                                         \
  X(add_i, i, i, i) X(subtract_i, i, i, i) X(multiply_i, i, i, i) X(floor_divide_i, i, i, i) X(modulo_i, i, i, i)      \
  X(remainder_i, i, i, i)                                                                                              \
  X(add_f, f, f, f) X(subtract_f, f, f, f) X(multiply_f, f, f, f) X(divide_f, f, f, f) X(power_f, f, f, f)             \
  X(floor_divide_f, f, f, f) X(modulo_f, f, f, f) X(remainder_f, f, f, f) X(atan2_f, f, f, f)                          \
  X(bit_and, i, i, i) X(bit_or, i, i, i) X(bit_xor, i, i, i) X(shift_left, i, i, i) X(shift_right, i, i, i)            \
  X(equal_i, i, i, m) X(less_i, i, i, m) X(less_equal_i, i, i, m) X(below_i, i, i, m)                                  \
  X(equal_f, f, f, m) X(less_f, f, f, m) X(less_equal_f, f, f, m)                                                      \
  X(equal_if, i, f, m) X(less_if, i, f, m) X(less_equal_if, i, f, m) X(less_fi, f, i, m) X(less_equal_fi, f, i, m)     \
  X(and_m, m, m, m) X(or_m, m, m, m) X(equal_m, m, m, m)

/* select: the second operand where the first is true, else the third. any: sets *flag where the operand is true in any lane. */
enum {
#define READOUT_LANE_NAME(name, ...) READOUT_LANE_##name,
  READOUT_LANE_UNARY(READOUT_LANE_NAME) READOUT_LANE_BINARY(READOUT_LANE_NAME)
#undef READOUT_LANE_NAME
  READOUT_LANE_select,
  READOUT_LANE_any,
  READOUT_LANE_copy,
};

typedef struct {
  uint16_t operation, result, a, b, c;
} readout_lane_instruction;

/* Runs the instructions over `count` lanes; register r is the array registers[r]. Returns whether an `any` found a lane. */
int readout_lanes_run(const readout_lane_instruction *instructions, size_t instruction_count, void *const *registers, size_t count);

/* The same for one lane, register r being slots[r]. */
int readout_lane_run(const readout_lane_instruction *instructions, size_t instruction_count, uint64_t *slots);

/* Puts the rows of a batch in rounds: round k has the (k+1)-th row of each group that has so many, groups of many rows first, so that a
   group has the same lane in all its rounds. Gives the number of lanes.

   places: one a group, 0, and 0 again afterwards. positions, lanes, sizes and met (scratch) have room for `count`, starts for
   `count` + 1. lanes[l] is the group of lane l, sizes[l] its rows; starts[k] is where round k begins, for all rounds and one more;
   positions[i] is where row i stands, behind all others where it is not present. */
size_t readout_order_rounds(
    const uint32_t *groups, const uint64_t *present, size_t count, uint32_t *places, uint32_t *positions, uint32_t *lanes, uint32_t *sizes,
    uint32_t *starts, uint32_t *met, size_t *rounds);

/* A register that is filled anew for each row, from row starts[round] + lane of the column. */
typedef struct {
  const void *column;
  uint16_t slot;
  uint8_t is_byte;
} readout_lane_load;

/* Runs the instructions for the rows of one lane from a round on to `end`; after each row moves[2i] is copied to moves[2i + 1]. */
int readout_lane_fold(
    const readout_lane_instruction *instructions, size_t instruction_count, uint64_t *slots, const readout_lane_load *loads,
    size_t load_count, const uint16_t *moves, size_t move_count, const uint32_t *starts, size_t round, size_t end, size_t lane);

/* target[positions[i]] = source[i], for values of eight bytes and of one. */
void readout_scatter8(const uint64_t *source, const uint32_t *positions, size_t count, uint64_t *target);
void readout_scatter1(const uint8_t *source, const uint32_t *positions, size_t count, uint8_t *target);

#endif
