#include "CVectors.h"

#include <string.h>

/* Places the keys from `i` on. Both places are written and one of them kept: a branch here would be guessed wrongly half of
   the time. */
static size_t finish(
    uint64_t *keys, size_t i, size_t count, uint64_t limit, uint64_t *scratch, size_t below, size_t above) {
  for (; i < count; i++) {
    const uint64_t key = keys[i];
    keys[below] = key;
    scratch[above] = key;
    below += key < limit;
    above += key >= limit;
  }
  memcpy(keys + below, scratch, above * sizeof *keys);
  return below;
}

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx512f"))) static size_t partition_avx512(
    uint64_t *keys, size_t count, uint64_t limit, uint64_t *scratch) {
  const __m512i limits = _mm512_set1_epi64((long long)limit);
  size_t below = 0, above = 0, i = 0;
  /* A register is read before its place is written: `below` never passes `i`. */
  for (; i + 8 <= count; i += 8) {
    const __m512i block = _mm512_loadu_si512(keys + i);
    const __mmask8 less = _mm512_cmplt_epu64_mask(block, limits);
    _mm512_storeu_si512(keys + below, _mm512_maskz_compress_epi64(less, block));
    _mm512_storeu_si512(scratch + above, _mm512_maskz_compress_epi64((__mmask8)~less, block));
    const size_t found = (size_t)__builtin_popcount(less);
    below += found;
    above += 8 - found;
  }
  return finish(keys, i, count, limit, scratch, below, above);
}

#endif

size_t readout_partition(uint64_t *keys, size_t count, uint64_t limit, uint64_t *scratch) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return partition_avx512(keys, count, limit, scratch);
#endif
  return finish(keys, 0, count, limit, scratch, 0, 0);
}
