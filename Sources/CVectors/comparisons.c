#include "CVectors.h"

/* One by one, and with AVX-512 a register at a time where the processor has it. */

#define READOUT_RANGE_BASE(width_in_bits)                                                                              \
  static void range##width_in_bits##_base(                                                                             \
      const uint##width_in_bits##_t *values, size_t count, uint##width_in_bits##_t lower,                              \
      uint##width_in_bits##_t width, uint64_t *bits) {                                                                 \
    for (size_t start = 0; start < count; start += 64) {                                                               \
      const size_t end = count - start < 64 ? count : start + 64;                                                      \
      uint64_t word = 0;                                                                                               \
      for (size_t i = start; i < end; i++)                                                                             \
        word |= (uint64_t)((uint##width_in_bits##_t)(values[i] - lower) <= width) << (i - start);                      \
      bits[start / 64] = word;                                                                                         \
    }                                                                                                                  \
  }

READOUT_RANGE_BASE(8)
READOUT_RANGE_BASE(16)
READOUT_RANGE_BASE(32)
READOUT_RANGE_BASE(64)

#define READOUT_ORDER_BASE(name, operator)                                                                             \
  static void name##_base(const double *values, size_t count, double other, uint64_t *bits) {                          \
    for (size_t start = 0; start < count; start += 64) {                                                               \
      const size_t end = count - start < 64 ? count : start + 64;                                                      \
      uint64_t word = 0;                                                                                               \
      for (size_t i = start; i < end; i++) word |= (uint64_t)(values[i] operator other) << (i - start);                \
      bits[start / 64] = word;                                                                                         \
    }                                                                                                                  \
  }

READOUT_ORDER_BASE(equal, ==)
READOUT_ORDER_BASE(not_equal, !=)
READOUT_ORDER_BASE(less, <)
READOUT_ORDER_BASE(less_or_equal, <=)
READOUT_ORDER_BASE(greater, >)
READOUT_ORDER_BASE(greater_or_equal, >=)

/* Starts from nothing, so that nan, which loses every comparison, leaves no trace. */
static void bounds_base(const double *values, size_t count, double *smallest, double *largest) {
  double low = __builtin_inf(), high = -__builtin_inf();
  for (size_t i = 0; i < count; i++) {
    low = values[i] < low ? values[i] : low;
    high = values[i] > high ? values[i] : high;
  }
  *smallest = low;
  *largest = high;
}

static size_t positions_base(const uint64_t *bits, size_t words, uint32_t *rows) {
  size_t kept = 0;
  for (size_t word = 0; word < words; word++)
    for (uint64_t left = bits[word]; left; left &= left - 1)
      rows[kept++] = (uint32_t)(word * 64 + (size_t)__builtin_ctzll(left));
  return kept;
}

#if defined(__x86_64__)

#include <immintrin.h>

#define READOUT_AVX512 __attribute__((target("avx512f,avx512bw")))

/* `step` values of `width_in_bits` bits fill a register. */
#define READOUT_RANGE_AVX512(width_in_bits, step)                                                                      \
  READOUT_AVX512 static void range##width_in_bits##_avx512(                                                            \
      const uint##width_in_bits##_t *values, size_t count, uint##width_in_bits##_t lower,                              \
      uint##width_in_bits##_t width, uint64_t *bits) {                                                                 \
    const __m512i base = _mm512_set1_epi##width_in_bits((int##width_in_bits##_t)lower);                                \
    const __m512i most = _mm512_set1_epi##width_in_bits((int##width_in_bits##_t)width);                                \
    const size_t whole = count / 64;                                                                                   \
    for (size_t word = 0; word < whole; word++) {                                                                      \
      uint64_t found = 0;                                                                                              \
      for (int i = 0; i < 64; i += step) {                                                                             \
        const __m512i block = _mm512_loadu_si512(values + word * 64 + i);                                              \
        const __m512i distance = _mm512_sub_epi##width_in_bits(block, base);                                           \
        found |= (uint64_t)_mm512_cmple_epu##width_in_bits##_mask(distance, most) << i;                                \
      }                                                                                                                \
      bits[word] = found;                                                                                              \
    }                                                                                                                  \
    range##width_in_bits##_base(values + whole * 64, count - whole * 64, lower, width, bits + whole);                  \
  }

READOUT_RANGE_AVX512(8, 64)
READOUT_RANGE_AVX512(16, 32)
READOUT_RANGE_AVX512(32, 16)
READOUT_RANGE_AVX512(64, 8)

#define READOUT_ORDER_AVX512(name, predicate)                                                                          \
  READOUT_AVX512 static void name##_avx512(const double *values, size_t count, double other, uint64_t *bits) {         \
    const __m512d wanted = _mm512_set1_pd(other);                                                                      \
    const size_t whole = count / 64;                                                                                   \
    for (size_t word = 0; word < whole; word++) {                                                                      \
      uint64_t found = 0;                                                                                              \
      for (int i = 0; i < 64; i += 8)                                                                                  \
        found |= (uint64_t)_mm512_cmp_pd_mask(_mm512_loadu_pd(values + word * 64 + i), wanted, predicate) << i;        \
      bits[word] = found;                                                                                              \
    }                                                                                                                  \
    name##_base(values + whole * 64, count - whole * 64, other, bits + whole);                                         \
  }

READOUT_ORDER_AVX512(equal, _CMP_EQ_OQ)
READOUT_ORDER_AVX512(not_equal, _CMP_NEQ_UQ)
READOUT_ORDER_AVX512(less, _CMP_LT_OQ)
READOUT_ORDER_AVX512(less_or_equal, _CMP_LE_OQ)
READOUT_ORDER_AVX512(greater, _CMP_GT_OQ)
READOUT_ORDER_AVX512(greater_or_equal, _CMP_GE_OQ)

/* The instructions give their second operand where one is nan. */
READOUT_AVX512 static void bounds_avx512(const double *values, size_t count, double *smallest, double *largest) {
  __m512d low[4], high[4];
  for (int k = 0; k < 4; k++) {
    low[k] = _mm512_set1_pd(__builtin_inf());
    high[k] = _mm512_set1_pd(-__builtin_inf());
  }
  size_t i = 0;
  for (; i + 32 <= count; i += 32)
    for (int k = 0; k < 4; k++) {
      const __m512d block = _mm512_loadu_pd(values + i + 8 * k);
      low[k] = _mm512_min_pd(block, low[k]);
      high[k] = _mm512_max_pd(block, high[k]);
    }
  double least, most;
  bounds_base(values + i, count - i, &least, &most);
  for (int k = 0; k < 4; k++) {
    double parts[8];
    _mm512_storeu_pd(parts, low[k]);
    for (int j = 0; j < 8; j++) least = parts[j] < least ? parts[j] : least;
    _mm512_storeu_pd(parts, high[k]);
    for (int j = 0; j < 8; j++) most = parts[j] > most ? parts[j] : most;
  }
  *smallest = least;
  *largest = most;
}

/* Words with many bits are compressed 16 rows at a time; the stores reach up to 16 rows beyond the last one. */
READOUT_AVX512 static size_t positions_avx512(const uint64_t *bits, size_t words, uint32_t *rows) {
  const __m512i first = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  size_t kept = 0;
  for (size_t word = 0; word < words; word++) {
    const uint64_t found = bits[word];
    if (!found) continue;
    if (__builtin_popcountll(found) < 6) {
      for (uint64_t left = found; left; left &= left - 1)
        rows[kept++] = (uint32_t)(word * 64 + (size_t)__builtin_ctzll(left));
      continue;
    }
    for (int i = 0; i < 64; i += 16) {
      const __mmask16 part = (__mmask16)(found >> i);
      const __m512i numbers = _mm512_add_epi32(first, _mm512_set1_epi32((int)(word * 64 + (size_t)i)));
      _mm512_storeu_si512(rows + kept, _mm512_maskz_compress_epi32(part, numbers));
      kept += (size_t)__builtin_popcount(part);
    }
  }
  return kept;
}

#define READOUT_CALL(name, ...)                                                                                        \
  __builtin_cpu_supports("avx512bw") ? name##_avx512(__VA_ARGS__) : name##_base(__VA_ARGS__)
#else
#define READOUT_CALL(name, ...) name##_base(__VA_ARGS__)
#endif

void readout_range8(const uint8_t *values, size_t count, uint8_t lower, uint8_t width, uint64_t *bits) {
  READOUT_CALL(range8, values, count, lower, width, bits);
}
void readout_range16(const uint16_t *values, size_t count, uint16_t lower, uint16_t width, uint64_t *bits) {
  READOUT_CALL(range16, values, count, lower, width, bits);
}
void readout_range32(const uint32_t *values, size_t count, uint32_t lower, uint32_t width, uint64_t *bits) {
  READOUT_CALL(range32, values, count, lower, width, bits);
}
void readout_range64(const uint64_t *values, size_t count, uint64_t lower, uint64_t width, uint64_t *bits) {
  READOUT_CALL(range64, values, count, lower, width, bits);
}

void readout_equal(const double *values, size_t count, double other, uint64_t *bits) {
  READOUT_CALL(equal, values, count, other, bits);
}
void readout_not_equal(const double *values, size_t count, double other, uint64_t *bits) {
  READOUT_CALL(not_equal, values, count, other, bits);
}
void readout_less(const double *values, size_t count, double other, uint64_t *bits) {
  READOUT_CALL(less, values, count, other, bits);
}
void readout_less_or_equal(const double *values, size_t count, double other, uint64_t *bits) {
  READOUT_CALL(less_or_equal, values, count, other, bits);
}
void readout_greater(const double *values, size_t count, double other, uint64_t *bits) {
  READOUT_CALL(greater, values, count, other, bits);
}
void readout_greater_or_equal(const double *values, size_t count, double other, uint64_t *bits) {
  READOUT_CALL(greater_or_equal, values, count, other, bits);
}

void readout_bounds(const double *values, size_t count, double *smallest, double *largest) {
  READOUT_CALL(bounds, values, count, smallest, largest);
}

size_t readout_positions(const uint64_t *bits, size_t words, uint32_t *rows) {
  return READOUT_CALL(positions, bits, words, rows);
}
