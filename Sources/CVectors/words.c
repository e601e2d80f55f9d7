#include "CVectors.h"

#include <string.h>

#define READOUT_INLINE static inline __attribute__((always_inline))

/* ---- The table of distinct words ---- */

typedef struct {
  uint64_t low, high;
} word_key;

/* By length, the bytes of a key that a word has. */
#define ONES(bytes) ((bytes) >= 8 ? ~0ull : (1ull << (8 * ((bytes) & 7))) - 1)
#define KEPT(length) {ONES(length), (length) <= 8 ? 0 : ONES((length) - 8)}
static const word_key kept[17] = {
    KEPT(0), KEPT(1), KEPT(2),  KEPT(3),  KEPT(4),  KEPT(5),  KEPT(6),  KEPT(7), KEPT(8),
    KEPT(9), KEPT(10), KEPT(11), KEPT(12), KEPT(13), KEPT(14), KEPT(15), KEPT(16)};

READOUT_INLINE word_key load_key(const uint8_t *bytes) {
  word_key key;
  memcpy(&key, bytes, 16);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  key.low = __builtin_bswap64(key.low);
  key.high = __builtin_bswap64(key.high);
#endif
  return key;
}

/* Multiply and fold, after wyhash by Wang Yi (public domain). */
READOUT_INLINE uint64_t mix(uint64_t a, uint64_t b) {
  const unsigned __int128 product = (unsigned __int128)(a ^ 0xA0761D6478BD642Full) * (b ^ 0xE7037ED1A0B428DBull);
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

READOUT_INLINE size_t home(const readout_words *words, word_key key) { return mix(key.low, key.high) & words->mask; }

/* The key of a word of more than 16 bytes. */
static word_key long_key(const uint8_t *word, size_t length) {
  uint64_t hash = length;
  for (size_t at = 0; at + 16 < length; at += 16) {
    const word_key part = load_key(word + at);
    hash = mix(hash ^ part.low, part.high);
  }
  const word_key last = load_key(word + length - 16);
  const word_key key = {mix(hash ^ last.low, last.high), 0xFFull << 56 | (length & (~0ull >> 8))};
  return key;
}

/* The key of a word of at most 16 bytes, of which `readable` can be read. */
READOUT_INLINE word_key short_key(const uint8_t *word, size_t length, size_t readable) {
  word_key key;
  if (readable >= 16) {
    key = load_key(word);
  } else {
    uint8_t bytes[16] = {0};
    memcpy(bytes, word, length);
    key = load_key(bytes);
  }
  key.low &= kept[length].low;
  key.high &= kept[length].high;
  return key;
}

READOUT_INLINE uint32_t add(readout_words *words, size_t slot, word_key key, const uint8_t *word, size_t length) {
  const uint32_t number = (uint32_t)words->count++;
  words->keys[2 * slot] = key.low;
  words->keys[2 * slot + 1] = key.high;
  words->numbers[slot] = number;
  const uint32_t at = words->offsets[number];
  memcpy(words->bytes + at, word, length);
  words->offsets[number + 1] = at + (uint32_t)length;
  return number;
}

/* The number of the word that has a key of at most 16 bytes, found from slot `slot` on. */
READOUT_INLINE uint32_t find_short(readout_words *words, size_t slot, word_key key, size_t length) {
  const uint64_t *keys = words->keys;
  for (;; slot = (slot + 1) & words->mask) {
    const uint64_t low = keys[2 * slot], high = keys[2 * slot + 1];
    if (((low ^ key.low) | (high ^ key.high)) == 0) return words->numbers[slot];
    if ((low | high) != 0) continue;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    const word_key bytes = {__builtin_bswap64(key.low), __builtin_bswap64(key.high)};
#else
    const word_key bytes = key;
#endif
    return add(words, slot, key, (const uint8_t *)&bytes, length);
  }
}

static __attribute__((noinline)) uint32_t find_long(readout_words *words, const uint8_t *word, size_t length) {
  const word_key key = long_key(word, length);
  for (size_t slot = home(words, key);; slot = (slot + 1) & words->mask) {
    const uint64_t low = words->keys[2 * slot], high = words->keys[2 * slot + 1];
    if (low == key.low && high == key.high) {
      const uint32_t number = words->numbers[slot];
      if (memcmp(words->bytes + words->offsets[number], word, length) == 0) return number;
    }
    if ((low | high) == 0) return add(words, slot, key, word, length);
  }
}

uint32_t readout_word_number(readout_words *words, const uint8_t *word, size_t length) {
  if (length > 16) return find_long(words, word, length);
  const word_key key = short_key(word, length, length);
  return find_short(words, home(words, key), key, length);
}

void readout_words_move(readout_words *words, const uint64_t *keys, const uint32_t *numbers, size_t slots) {
  for (size_t slot = 0; slot < slots; slot++) {
    const word_key key = {keys[2 * slot], keys[2 * slot + 1]};
    if ((key.low | key.high) == 0) continue;
    size_t to = home(words, key);
    while ((words->keys[2 * to] | words->keys[2 * to + 1]) != 0) to = (to + 1) & words->mask;
    words->keys[2 * to] = key.low;
    words->keys[2 * to + 1] = key.high;
    words->numbers[to] = numbers[slot];
  }
}

/* Words whose keys are made before the first of them is looked for, so that the slots are on their way from memory. */
enum { STAGE = READOUT_CUT_WORDS };

typedef struct {
  word_key keys[STAGE];
  uint32_t slots[STAGE];
} stage;

READOUT_INLINE void expect(stage *waiting, const readout_words *words, size_t i, word_key key) {
  const size_t slot = home(words, key);
  waiting->keys[i] = key;
  waiting->slots[i] = (uint32_t)slot;
  readout_prefetch(words->keys + 2 * slot);
  readout_prefetch(words->numbers + slot);
}

void readout_word_numbers(
    readout_words *words, const uint8_t *text, size_t text_count, const uint32_t *starts, size_t count,
    uint32_t *numbers) {
  stage waiting;
  for (size_t first = 0; first < count; first += STAGE) {
    const size_t group = count - first < STAGE ? count - first : STAGE;
    for (size_t i = 0; i < group; i++) {
      const size_t start = starts[first + i], length = starts[first + i + 1] - start;
      if (length <= 16) expect(&waiting, words, i, short_key(text + start, length, text_count - start));
    }
    for (size_t i = 0; i < group; i++) {
      const size_t start = starts[first + i], length = starts[first + i + 1] - start;
      numbers[first + i] = length <= 16 ? find_short(words, waiting.slots[i], waiting.keys[i], length)
                                        : find_long(words, text + start, length);
    }
  }
}

/* ---- 64 bytes at a time ---- */

/* What bytes are, bit i being that of byte i: */
typedef struct {
  /* a letter, a digit or an underscore; */
  uint64_t word;
  /* one of '.,:; which may join two words; */
  uint64_t joins;
  /* one that a phrase goes on across: a blank, a tab, a line end, a hyphen, an apostrophe; */
  uint64_t goes;
  /* beyond ASCII. */
  uint64_t wide;
} classes;

/* The class of an ASCII byte is low[byte & 15] & high[byte >> 4]. Bits 0x0F: a part of a word (digits, letters of the columns 4 and 6,
   of 5 and 7, the underscore); 0x30: may join; 0xC0: goes on. */
enum { WORD = 0x0F, JOINS = 0x30, GOES = 0xC0 };
static const uint8_t low_classes[16] = {0x85, 0x07, 0x07, 0x07, 0x07, 0x07, 0x07, 0x97,
                                        0x07, 0x47, 0x66, 0x22, 0x12, 0xC2, 0x12, 0x0A};
static const uint8_t high_classes[16] = {0x40, 0x00, 0x90, 0x21, 0x02, 0x0C, 0x02, 0x04, 0, 0, 0, 0, 0, 0, 0, 0};

/* The classes of the next `left` bytes, of at most 64, bits behind them being 0, and these bytes with the case of ASCII letters folded. */
static inline classes look_portable(const uint8_t *bytes, size_t left, uint8_t *folded) {
  classes found = {0, 0, 0, 0};
  const size_t count = left < 64 ? left : 64;
  for (size_t i = 0; i < count; i++) {
    const uint8_t byte = bytes[i], class = low_classes[byte & 15] & high_classes[byte >> 4];
    found.word |= (uint64_t)((class & WORD) != 0) << i;
    found.joins |= (uint64_t)((class & JOINS) != 0) << i;
    found.goes |= (uint64_t)((class & GOES) != 0) << i;
    found.wide |= (uint64_t)(byte >> 7) << i;
    folded[i] = byte | (uint8_t)((uint8_t)(byte - 'A') < 26) << 5;
  }
  return found;
}

#if defined(__x86_64__)

#include <immintrin.h>

#define READOUT_AVX2_TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define READOUT_AVX512_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,bmi,bmi2,popcnt")))

READOUT_AVX2_TARGET static inline uint64_t bits_avx2(__m256i a, __m256i b) {
  return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

READOUT_AVX2_TARGET static inline uint64_t tested_avx2(__m256i a, __m256i b, int mask) {
  const __m256i zero = _mm256_setzero_si256(), wanted = _mm256_set1_epi8((char)mask);
  return ~bits_avx2(
      _mm256_cmpeq_epi8(_mm256_and_si256(a, wanted), zero), _mm256_cmpeq_epi8(_mm256_and_si256(b, wanted), zero));
}

READOUT_AVX2_TARGET static inline __m256i classes_avx2(__m256i bytes) {
  const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)low_classes));
  const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)high_classes));
  const __m256i column = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
  return _mm256_and_si256(_mm256_shuffle_epi8(low, bytes), _mm256_shuffle_epi8(high, column));
}

READOUT_AVX2_TARGET static inline __m256i folded_avx2(__m256i bytes) {
  /* Bytes beyond ASCII are negative, so no capital letters. */
  const __m256i capital = _mm256_and_si256(
      _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8('A' - 1)), _mm256_cmpgt_epi8(_mm256_set1_epi8('Z' + 1), bytes));
  return _mm256_or_si256(bytes, _mm256_and_si256(capital, _mm256_set1_epi8(0x20)));
}

READOUT_AVX2_TARGET static inline classes look_avx2(const uint8_t *bytes, size_t left, uint8_t *folded) {
  uint8_t padded[64];
  if (left < 64) {
    memset(padded, 0, 64);
    memcpy(padded, bytes, left);
    bytes = padded;
  }
  const __m256i a = _mm256_loadu_si256((const __m256i *)bytes), b = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  _mm256_storeu_si256((__m256i *)folded, folded_avx2(a));
  _mm256_storeu_si256((__m256i *)(folded + 32), folded_avx2(b));
  const __m256i of_a = classes_avx2(a), of_b = classes_avx2(b);
  const classes found = {
      tested_avx2(of_a, of_b, WORD), tested_avx2(of_a, of_b, JOINS), tested_avx2(of_a, of_b, GOES), bits_avx2(a, b)};
  return found;
}

READOUT_AVX512_TARGET static inline classes look_avx512(const uint8_t *bytes, size_t left, uint8_t *folded) {
  const __m512i low = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)low_classes));
  const __m512i high = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)high_classes));
  /* Bytes behind the row are not read, and are zeros. */
  const __m512i block = left < 64 ? _mm512_maskz_loadu_epi8(((__mmask64)1 << left) - 1, bytes) : _mm512_loadu_si512(bytes);
  const __mmask64 capital = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(block, _mm512_set1_epi8('A')), _mm512_set1_epi8(26));
  _mm512_storeu_si512(folded, _mm512_mask_add_epi8(block, capital, block, _mm512_set1_epi8(0x20)));
  const __m512i column = _mm512_and_si512(_mm512_srli_epi16(block, 4), _mm512_set1_epi8(15));
  const __m512i of_block = _mm512_and_si512(_mm512_shuffle_epi8(low, block), _mm512_shuffle_epi8(high, column));
  const classes found = {
      _mm512_test_epi8_mask(of_block, _mm512_set1_epi8(WORD)), _mm512_test_epi8_mask(of_block, _mm512_set1_epi8(JOINS)),
      _mm512_test_epi8_mask(of_block, _mm512_set1_epi8((char)GOES)), _mm512_movepi8_mask(block)};
  return found;
}

#endif

/* ---- Cutting ---- */

/* Blocks of 64 bytes that are cut before their words are looked for. */
enum { BLOCKS = 64 };

READOUT_INLINE uint64_t below(size_t bit) { return bit < 64 ? (1ull << bit) - 1 : ~0ull; }

/* The lowest of the set bits that go up to, and include, bit `last`. */
READOUT_INLINE size_t run_start(uint64_t bits, size_t last) {
  const uint64_t gaps = ~bits << (63 - last);
  return gaps == 0 ? 0 : last + 1 - (size_t)__builtin_clzll(gaps);
}

/* The function for one way of looking at 64 bytes. A block begins wherever the last one was understood up to, so that nothing is carried
   from one to the next but whether a phrase goes on. */
#define READOUT_CUT(suffix, attributes)                                                                                \
  attributes static int cut_##suffix(readout_cutting *cutting, readout_words *words) {                                 \
    stage waiting;                                                                                                     \
    uint16_t places[STAGE];                                                                                            \
    uint8_t lengths[STAGE];                                                                                            \
    uint8_t folded[64 * BLOCKS + 16];                                                                                  \
    const uint8_t *text = cutting->text;                                                                               \
    size_t row = cutting->row, at = cutting->at, tokens = cutting->token_count;                                        \
    uint64_t open = (uint64_t)cutting->open;                                                                           \
    int status = -1;                                                                                                   \
    if (row == cutting->rows) return READOUT_CUT_ALL;                                                                  \
    size_t end = cutting->ends[row];                                                                                   \
    while (status < 0) {                                                                                               \
      if (words->count + STAGE > words->word_room || tokens + STAGE > cutting->token_room ||                           \
          words->offsets[words->count] + (size_t)READOUT_CUT_BYTES > words->byte_room) {                               \
        status = READOUT_CUT_ROOM;                                                                                     \
        break;                                                                                                         \
      }                                                                                                                \
      size_t found = 0, blocks = 0;                                                                                    \
      while (found <= STAGE - 32 && blocks < BLOCKS) {                                                                 \
        if (at == end) {                                                                                               \
          cutting->offsets[++row] = (uint32_t)(tokens + found);                                                        \
          if (row == cutting->rows) {                                                                                  \
            status = READOUT_CUT_ALL;                                                                                  \
            break;                                                                                                     \
          }                                                                                                            \
          at = cutting->starts[row];                                                                                   \
          end = cutting->ends[row];                                                                                    \
          open = 0;                                                                                                    \
          continue;                                                                                                    \
        }                                                                                                              \
        const size_t left = end - at;                                                                                  \
        const classes is = look_##suffix(text + at, left, folded + 64 * blocks);                                       \
        const uint64_t behind = is.word << 1;                                                                          \
        const uint64_t exact = is.wide | (is.joins & behind & ((is.word | is.wide) >> 1));                             \
        uint64_t starts = is.word & ~behind, ends = behind & ~is.word;                                                 \
        /* Where the block stops to be understood: at what the exact rules must cut, at a word that may go on behind   \
           the block, or at its end. */                                                                                \
        size_t stop = left < 64 ? left : 64;                                                                           \
        if (exact != 0) {                                                                                              \
          stop = (size_t)__builtin_ctzll(exact);                                                                       \
          if (stop > 0 && is.word >> (stop - 1) & 1) stop = run_start(is.word, stop - 1);                              \
          status = READOUT_CUT_EXACT;                                                                                  \
        } else if (left >= 64 && is.word >> 62 != 0) {                                                                 \
          stop = run_start(is.word, is.word >> 63 ? 63 : 62);                                                          \
          if (stop == 0) status = READOUT_CUT_EXACT;                                                                   \
        }                                                                                                              \
        /* A word that ends at `stop` ends there: what stands at it was looked at. */                                  \
        ends &= below(stop) | (stop < 64 ? 1ull << stop : 0);                                                          \
        /* From the end of a word a carry runs through all that a phrase goes on across, up to the next. */            \
        uint64_t reached;                                                                                              \
        const int carried = __builtin_add_overflow(ends, is.goes, &reached);                                           \
        const int passed = __builtin_add_overflow(reached, open, &reached) | carried;                                  \
        open = stop < 64 ? reached >> stop & 1 : (uint64_t)passed;                                                     \
        uint64_t joints = 0;                                                                                           \
        size_t own = 0;                                                                                                \
        for (; ends != 0; ends &= ends - 1, starts &= starts - 1, own++) {                                             \
          const size_t start = (size_t)__builtin_ctzll(starts);                                                        \
          places[found + own] = (uint16_t)(64 * blocks + start);                                                       \
          lengths[found + own] = (uint8_t)((size_t)__builtin_ctzll(ends) - start);                                     \
          joints |= (reached >> start & 1) << own;                                                                     \
        }                                                                                                              \
        if (own != 0) {                                                                                                \
          const size_t token = tokens + found, bit = token & 63;                                                       \
          cutting->joints[token >> 6] |= joints << bit;                                                                \
          if (bit + own > 64) cutting->joints[(token >> 6) + 1] |= joints >> (64 - bit);                               \
        }                                                                                                              \
        found += own;                                                                                                  \
        at += stop;                                                                                                    \
        if (status >= 0) break;                                                                                        \
        blocks++;                                                                                                      \
      }                                                                                                                \
      for (size_t i = 0; i < found; i++) {                                                                             \
        if (lengths[i] <= 16) expect(&waiting, words, i, short_key(folded + places[i], lengths[i], 16));                 \
      }                                                                                                                \
      uint32_t *out = cutting->tokens + tokens;                                                                        \
      for (size_t i = 0; i < found; i++) {                                                                             \
        out[i] = lengths[i] <= 16 ? find_short(words, waiting.slots[i], waiting.keys[i], lengths[i])                       \
                                  : find_long(words, folded + places[i], lengths[i]);                                  \
      }                                                                                                                \
      tokens += found;                                                                                                 \
    }                                                                                                                  \
    cutting->row = row;                                                                                                \
    cutting->at = at;                                                                                                  \
    cutting->open = (int)open;                                                                                         \
    cutting->token_count = tokens;                                                                                     \
    return status;                                                                                                     \
  }

READOUT_CUT(portable, )

#if defined(__x86_64__)

READOUT_CUT(avx2, READOUT_AVX2_TARGET)
READOUT_CUT(avx512, READOUT_AVX512_TARGET)

int readout_cuts_words(int way) {
  const int bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  if (way == READOUT_AVX512)
    return bits && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  if (way == READOUT_AVX2) return bits && __builtin_cpu_supports("avx2");
  return 1;
}

int readout_cut(readout_cutting *cutting, readout_words *words) {
  const int way = cutting->way;
  if ((way == READOUT_AVX512 || way == READOUT_BEST) && readout_cuts_words(READOUT_AVX512)) return cut_avx512(cutting, words);
  if ((way == READOUT_AVX2 || way == READOUT_BEST) && readout_cuts_words(READOUT_AVX2)) return cut_avx2(cutting, words);
  return cut_portable(cutting, words);
}

#else

int readout_cuts_words(int way) { return way <= READOUT_PORTABLE; }
int readout_cut(readout_cutting *cutting, readout_words *words) { return cut_portable(cutting, words); }

#endif
