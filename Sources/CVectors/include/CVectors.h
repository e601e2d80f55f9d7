/* What Swift cannot express: the comparison of 64 bytes with one as 64 bits, and the prefetch of a cache line. */
#ifndef READOUT_CVECTORS_H
#define READOUT_CVECTORS_H

#include <stdint.h>
#include <string.h>

/* Asks for the cache line at address, which need not be readable. */
static inline void readout_prefetch(const void *address) { __builtin_prefetch(address); }

#if defined(__SSE2__)
#include <emmintrin.h>

/* Bit i is set where bytes[i] == byte. */
static inline uint64_t readout_equal64(const uint8_t *bytes, uint8_t byte) {
  const __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t bits = 0;
  for (int part = 0; part < 4; part++) {
    const __m128i found = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * part)), wanted);
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * part);
  }
  return bits;
}

/* Bit i is set where bytes[i] is no ASCII. */
static inline uint64_t readout_high64(const uint8_t *bytes) {
  uint64_t bits = 0;
  for (int part = 0; part < 4; part++) {
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * part))) << (16 * part);
  }
  return bits;
}

#else

/* Eight bytes that are each 0 or 0x80, gathered into eight bits. */
static inline uint64_t readout_gather8(uint64_t highs) { return ((highs >> 7) * 0x0102040810204080ULL) >> 56; }

static inline uint64_t readout_load8(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static inline uint64_t readout_equal64(const uint8_t *bytes, uint8_t byte) {
  const uint64_t wanted = 0x0101010101010101ULL * byte, low = 0x7F7F7F7F7F7F7F7FULL;
  uint64_t bits = 0;
  for (int part = 0; part < 8; part++) {
    const uint64_t difference = readout_load8(bytes + 8 * part) ^ wanted;
    bits |= readout_gather8(~(((difference & low) + low) | difference | low)) << (8 * part);
  }
  return bits;
}

static inline uint64_t readout_high64(const uint8_t *bytes) {
  uint64_t bits = 0;
  for (int part = 0; part < 8; part++) {
    bits |= readout_gather8(readout_load8(bytes + 8 * part) & 0x8080808080808080ULL) << (8 * part);
  }
  return bits;
}

#endif
#endif
