#include "CVectors.h"

#include <string.h>

/* The functions, given how 64 bytes are loaded, compared and tested for their highest bits. */
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
  }

/* The length of the well-formed UTF-8 sequence at `at`, below `count`; 0 where there is none or it is cut by the end (RFC 3629). */
static size_t sequence_length(const uint8_t *bytes, size_t at, size_t count) {
  const uint8_t lead = bytes[at];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || at + 1 >= count) return 0;
  const uint8_t second = bytes[at + 1];
  if (lead < 0xE0) return (second & 0xC0) == 0x80 ? 2 : 0;
  if (at + 2 >= count || (bytes[at + 2] & 0xC0) != 0x80) return 0;
  if (lead < 0xF0) {
    const uint8_t lowest = lead == 0xE0 ? 0xA0 : 0x80, highest = lead == 0xED ? 0x9F : 0xBF;
    return second >= lowest && second <= highest ? 3 : 0;
  }
  if (lead >= 0xF5 || at + 3 >= count || (bytes[at + 3] & 0xC0) != 0x80) return 0;
  const uint8_t lowest = lead == 0xF0 ? 0x90 : 0x80, highest = lead == 0xF4 ? 0x8F : 0xBF;
  return second >= lowest && second <= highest ? 4 : 0;
}

/* Checks the sequences that begin at the bytes beyond ASCII in the 64 bytes at `at`. */
static __attribute__((noinline)) void check_utf8(
    const uint8_t *bytes, size_t at, size_t count, uint64_t highs, size_t *checked, int64_t *first_invalid) {
  while (highs != 0) {
    const size_t next = at + (size_t)__builtin_ctzll(highs);
    highs &= highs - 1;
    if (next < *checked) continue;
    const size_t length = sequence_length(bytes, next, count);
    if (length == 0) {
      *first_invalid = (int64_t)next;
      return;
    }
    *checked = next + length;
  }
}

/* Bit i is the parity of the bits 0 to i. */
static inline uint64_t prefix_parity(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ bits << 32;
}

/* Notes the first of the bytes `odd` of the 64 at `at` that is no part of a line end, outside quotes and inside. */
static __attribute__((noinline)) void note_lone_ends(
    const uint8_t *bytes, size_t at, size_t count, uint64_t odd, uint64_t within, uint8_t newline,
    int64_t *outside, int64_t *inside) {
  while (odd != 0) {
    const size_t place = at + (size_t)__builtin_ctzll(odd);
    int64_t *first = (within & odd & -odd) != 0 ? inside : outside;
    odd &= odd - 1;
    /* A CR at the end of the text stands for a line end that was cut. */
    if (bytes[place] == 0x0D && (place + 1 == count || bytes[place + 1] == newline)) continue;
    if (*first < 0) *first = (int64_t)place;
  }
}

#define READOUT_CENSUS(suffix, attributes, block_type, load, equal, high)                                              \
  attributes static void census_##suffix(                                                                              \
      const uint8_t *bytes, size_t from, size_t to, size_t count, const readout_census_form *form,                     \
      readout_census *state) {                                                                                         \
    /* Apart from the rest, so that this stays in registers. */                                                        \
    size_t checked = state->checked;                                                                                   \
    int64_t first_invalid = state->first_invalid;                                                                      \
    int64_t lone_outside = state->lone_outside, lone_inside = state->lone_inside;                                      \
    readout_census now = *state;                                                                                       \
    for (size_t at = from; at < to; at += 64) {                                                                        \
      const uint64_t valid = to - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (to - at)) - 1;                            \
      const block_type block = load(bytes + at);                                                                       \
      const uint64_t newlines = equal(block, form->newline) & valid;                                                   \
      const uint64_t returns = form->has_returns ? equal(block, 0x0D) & valid : 0;                                     \
      const uint64_t quotes = form->has_quotes ? equal(block, form->quote) & valid : 0;                                \
      const uint64_t separators = (equal(block, form->delimiter) & valid) | newlines;                                  \
      const uint64_t nuls = equal(block, 0) & valid, highs = high(block) & valid;                                      \
      if (nuls != 0 && now.first_nul < 0) now.first_nul = (int64_t)at + __builtin_ctzll(nuls);                         \
      if (highs != 0 && first_invalid < 0) check_utf8(bytes, at, count, highs, &checked, &first_invalid);              \
      uint64_t ends = newlines;                                                                                        \
      if (!form->counts_empty_lines) {                                                                                 \
        const uint64_t after_newline = newlines << 1 | now.newlines >> 63;                                             \
        const uint64_t after_return = returns << 1 | now.returns >> 63;                                                \
        ends &= ~(after_newline | (after_return & (newlines << 2 | now.newlines >> 62)));                              \
      }                                                                                                                \
      uint64_t within = now.inside;                                                                                    \
      /* For every block: whether one has a quote is nothing a processor can guess. */                                 \
      if (form->has_quotes) {                                                                                          \
        within ^= prefix_parity(quotes);                                                                               \
        const uint64_t next = at + 64 >= count || bytes[at + 64] == form->newline ? (uint64_t)1 << 63 : 0;             \
        const uint64_t line_ends = newlines | (returns & (newlines >> 1 | next));                                      \
        const uint64_t follows = (separators | quotes) << 1 | (now.separators | now.quotes) >> 63;                     \
        const uint64_t misplaced = quotes & ~follows, unfollowed = ~(separators | line_ends | quotes) & valid;         \
        const uint64_t closing = quotes & ~within, opening = quotes & within;                                          \
        /* Seen from outside, `within` is right; from inside, its complement is: opening and closing change places. */ \
        const uint64_t closed = now.quotes >> 63 & ~now.inside & 1, opened = now.quotes >> 63 & now.inside & 1;        \
        now.stray_outside |= (misplaced & within) | ((closing << 1 | closed) & unfollowed);                            \
        now.stray_inside |= (misplaced & ~within) | ((opening << 1 | opened) & unfollowed);                            \
      }                                                                                                                \
      const uint64_t odd = form->has_returns ? returns & ~(newlines >> 1) : equal(block, 0x0A) & valid & ~newlines;    \
      if (odd != 0 && (lone_outside < 0 || lone_inside < 0))                                                           \
        note_lone_ends(bytes, at, count, odd, within, form->newline, &lone_outside, &lone_inside);                     \
      now.records_outside += (uint64_t)__builtin_popcountll(ends & ~within);                                           \
      now.records_inside += (uint64_t)__builtin_popcountll(ends & within);                                             \
      now.inside = (uint64_t)((int64_t)within >> 63);                                                                  \
      now.newlines = newlines;                                                                                         \
      now.separators = separators;                                                                                     \
      now.returns = returns;                                                                                           \
      now.quotes = quotes;                                                                                             \
    }                                                                                                                  \
    now.checked = checked;                                                                                             \
    now.first_invalid = first_invalid;                                                                                 \
    now.lone_outside = lone_outside;                                                                                   \
    now.lone_inside = lone_inside;                                                                                     \
    *state = now;                                                                                                      \
  }

#define READOUT_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)

#include <immintrin.h>

#define READOUT_AVX512 __attribute__((target("avx512f,avx512bw,popcnt")))
READOUT_AVX512 READOUT_INLINE __m512i load_avx512(const uint8_t *bytes) { return _mm512_loadu_si512(bytes); }
READOUT_AVX512 READOUT_INLINE uint64_t equal_avx512(__m512i block, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8((char)byte));
}
READOUT_AVX512 READOUT_INLINE uint64_t high_avx512(__m512i block) { return _mm512_movepi8_mask(block); }
READOUT_MASKS(avx512, READOUT_AVX512, __m512i, load_avx512, equal_avx512, high_avx512)
READOUT_CENSUS(avx512, READOUT_AVX512, __m512i, load_avx512, equal_avx512, high_avx512)

typedef struct {
  __m256i part[2];
} block_avx2;
#define READOUT_AVX2 __attribute__((target("avx2,popcnt")))
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
READOUT_CENSUS(avx2, READOUT_AVX2, block_avx2, load_avx2, equal_avx2, high_avx2)

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
READOUT_CENSUS(base, , block_base, load_base, equal_base, high_base)

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

void readout_take_census(
    const uint8_t *bytes, size_t from, size_t to, size_t count, const readout_census_form *form,
    readout_census *state) {
  READOUT_CALL(census, bytes, from, to, count, form, state)
}
