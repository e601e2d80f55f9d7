#include "CVectors.h"

static size_t without_base(const uint32_t *values, size_t count, uint32_t missing, uint32_t *places, uint32_t *kept) {
  size_t found = 0;
  /* Each place is written and then kept or not: a branch here would be guessed wrongly too often. */
  for (size_t i = 0; i < count; i++) {
    places[found] = (uint32_t)i;
    kept[found] = values[i];
    found += values[i] != missing;
  }
  return found;
}

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx512f"))) static size_t without_avx512(
    const uint32_t *values, size_t count, uint32_t missing, uint32_t *places, uint32_t *kept) {
  const __m512i missings = _mm512_set1_epi32((int)missing);
  const __m512i step = _mm512_set1_epi32(16);
  __m512i numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  size_t found = 0, i = 0;
  for (; i + 16 <= count; i += 16) {
    const __m512i block = _mm512_loadu_si512(values + i);
    const __mmask16 present = _mm512_cmpneq_epi32_mask(block, missings);
    /* Compressed in a register and stored whole: a store of parts is slow on some processors. `found` never passes `i`, so
       that the store ends where the block that was read does. */
    _mm512_storeu_si512(places + found, _mm512_maskz_compress_epi32(present, numbers));
    _mm512_storeu_si512(kept + found, _mm512_maskz_compress_epi32(present, block));
    found += (size_t)__builtin_popcount(present);
    numbers = _mm512_add_epi32(numbers, step);
  }
  for (; i < count; i++) {
    places[found] = (uint32_t)i;
    kept[found] = values[i];
    found += values[i] != missing;
  }
  return found;
}

#endif

size_t readout_without(const uint32_t *values, size_t count, uint32_t missing, uint32_t *places, uint32_t *kept) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return without_avx512(values, count, missing, places, kept);
#endif
  return without_base(values, count, missing, places, kept);
}
