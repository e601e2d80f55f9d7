#include "CVectors.h"

#include <string.h>

/* Both functions, given how 64 bytes are loaded, compared and tested for their highest bits. */
#define READOUT_MASKS(suffix, attributes, block_type, load, equal, high)                                               \
  attributes static void masks3_##suffix(                                                                              \
      const uint8_t *bytes, size_t blocks, const uint8_t wanted[3], uint64_t *masks) {                                 \
    const uint8_t a = wanted[0], b = wanted[1], c = wanted[2];                                                         \
    for (size_t i = 0; i < blocks; i++, bytes += 64, masks += 3) {                                                     \
      const block_type block = load(bytes);                                                                            \
      masks[0] = equal(block, a);                                                                                      \
      masks[1] = equal(block, b);                                                                                      \
      masks[2] = equal(block, c);                                                                                      \
    }                                                                                                                  \
  }                                                                                                                    \
  attributes static void masks6_##suffix(                                                                              \
      const uint8_t *bytes, size_t blocks, const uint8_t wanted[5], uint64_t *masks) {                                 \
    const uint8_t a = wanted[0], b = wanted[1], c = wanted[2], d = wanted[3], e = wanted[4];                           \
    for (size_t i = 0; i < blocks; i++, bytes += 64, masks += 6) {                                                     \
      const block_type block = load(bytes);                                                                            \
      masks[0] = equal(block, a);                                                                                      \
      masks[1] = equal(block, b);                                                                                      \
      masks[2] = equal(block, c);                                                                                      \
      masks[3] = equal(block, d);                                                                                      \
      masks[4] = equal(block, e);                                                                                      \
      masks[5] = high(block);                                                                                          \
    }                                                                                                                  \
  }

#define READOUT_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)

#include <immintrin.h>

#define READOUT_AVX512 __attribute__((target("avx512f,avx512bw")))
READOUT_AVX512 READOUT_INLINE __m512i load_avx512(const uint8_t *bytes) { return _mm512_loadu_si512(bytes); }
READOUT_AVX512 READOUT_INLINE uint64_t equal_avx512(__m512i block, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8((char)byte));
}
READOUT_AVX512 READOUT_INLINE uint64_t high_avx512(__m512i block) { return _mm512_movepi8_mask(block); }
READOUT_MASKS(avx512, READOUT_AVX512, __m512i, load_avx512, equal_avx512, high_avx512)

typedef struct {
  __m256i part[2];
} block_avx2;
#define READOUT_AVX2 __attribute__((target("avx2")))
READOUT_AVX2 READOUT_INLINE block_avx2 load_avx2(const uint8_t *bytes) {
  const block_avx2 block = {
      {_mm256_loadu_si256((const __m256i *)bytes), _mm256_loadu_si256((const __m256i *)(bytes + 32))}};
  return block;
}
READOUT_AVX2 READOUT_INLINE uint64_t high_avx2(block_avx2 block) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(block.part[0]) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(block.part[1]) << 32;
}
READOUT_AVX2 READOUT_INLINE uint64_t equal_avx2(block_avx2 block, uint8_t byte) {
  const __m256i wanted = _mm256_set1_epi8((char)byte);
  const block_avx2 found = {{_mm256_cmpeq_epi8(block.part[0], wanted), _mm256_cmpeq_epi8(block.part[1], wanted)}};
  return high_avx2(found);
}
READOUT_MASKS(avx2, READOUT_AVX2, block_avx2, load_avx2, equal_avx2, high_avx2)

typedef struct {
  __m128i part[4];
} block_base;
READOUT_INLINE block_base load_base(const uint8_t *bytes) {
  block_base block;
  for (int i = 0; i < 4; i++) block.part[i] = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
  return block;
}
READOUT_INLINE uint64_t high_base(block_base block) {
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++) bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(block.part[i]) << (16 * i);
  return bits;
}
READOUT_INLINE uint64_t equal_base(block_base block, uint8_t byte) {
  const __m128i wanted = _mm_set1_epi8((char)byte);
  for (int i = 0; i < 4; i++) block.part[i] = _mm_cmpeq_epi8(block.part[i], wanted);
  return high_base(block);
}

#else

/* Portable: eight bytes at a time in an integer. */
typedef struct {
  uint64_t part[8];
} block_base;
READOUT_INLINE block_base load_base(const uint8_t *bytes) {
  block_base block;
  memcpy(&block, bytes, 64);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  for (int i = 0; i < 8; i++) block.part[i] = __builtin_bswap64(block.part[i]);
#endif
  return block;
}
READOUT_INLINE uint64_t high_base(block_base block) {
  uint64_t bits = 0;
  /* The multiplication gathers the highest bits of eight bytes in the uppermost byte. */
  for (int i = 0; i < 8; i++)
    bits |= ((((block.part[i] & 0x8080808080808080ULL) >> 7) * 0x0102040810204080ULL) >> 56) << (8 * i);
  return bits;
}
READOUT_INLINE uint64_t equal_base(block_base block, uint8_t byte) {
  const uint64_t wanted = 0x0101010101010101ULL * byte, low = 0x7F7F7F7F7F7F7F7FULL;
  for (int i = 0; i < 8; i++) {
    const uint64_t difference = block.part[i] ^ wanted;
    block.part[i] = ~(((difference & low) + low) | difference | low);
  }
  return high_base(block);
}

#endif

READOUT_MASKS(base, , block_base, load_base, equal_base, high_base)

#if defined(__x86_64__)
#define READOUT_CALL(name, ...)                                                                                        \
  if (__builtin_cpu_supports("avx512bw")) {                                                                            \
    name##_avx512(__VA_ARGS__);                                                                                        \
  } else if (__builtin_cpu_supports("avx2")) {                                                                         \
    name##_avx2(__VA_ARGS__);                                                                                          \
  } else {                                                                                                             \
    name##_base(__VA_ARGS__);                                                                                          \
  }
#else
#define READOUT_CALL(name, ...) name##_base(__VA_ARGS__);
#endif

void readout_masks3(const uint8_t *bytes, size_t blocks, const uint8_t wanted[3], uint64_t *masks) {
  READOUT_CALL(masks3, bytes, blocks, wanted, masks)
}

void readout_masks6(const uint8_t *bytes, size_t blocks, const uint8_t wanted[5], uint64_t *masks) {
  READOUT_CALL(masks6, bytes, blocks, wanted, masks)
}
