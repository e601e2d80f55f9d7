#include "CVectors.h"

#include <string.h>

/* Eight fields of a column at a time, gathered from eight records: lane i holds the bytes of field i. */

#if defined(__x86_64__)

#include <immintrin.h>

#define READOUT_FIELDS __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512cd")))
#define READOUT_INLINE READOUT_FIELDS static inline __attribute__((always_inline))

int readout_reads_fields(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd");
}

/* Where eight fields start and end; their lengths, negative for a field that its record lacks. */
typedef struct {
  __m256i start, end, length;
} places;

READOUT_INLINE places field_places(const readout_column *column, size_t row, __m256i lanes_start, __m256i lanes_end) {
  places found;
  const int *starts = (const int *)(column->starts + row * column->start_stride);
  const int *ends = (const int *)(column->ends + row * column->end_stride);
  found.start = _mm256_add_epi32(_mm256_i32gather_epi32(starts, lanes_start, 4), _mm256_set1_epi32(1));
  found.end = _mm256_i32gather_epi32(ends, lanes_end, 4);
  found.length = _mm256_sub_epi32(found.end, found.start);
  return found;
}

READOUT_INLINE __m256i lanes(size_t stride) {
  return _mm256_mullo_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32((int)stride));
}

/* The numbers that eight decimal digits in each lane are, first digit in the lowest byte, digits as 0 to 9. */
READOUT_INLINE __m512i eight_digits(__m512i digits) {
  const __m512i pairs = _mm512_maddubs_epi16(digits, _mm512_set1_epi16(0x010A));
  const __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));
  return _mm512_add_epi64(_mm512_mul_epu32(fours, _mm512_set1_epi64(10000)), _mm512_srli_epi64(fours, 32));
}

/* Bytes to bits, as shift counts. */
READOUT_INLINE __m512i bits(__m512i byte_counts) { return _mm512_slli_epi64(byte_counts, 3); }

READOUT_FIELDS size_t readout_integers(
    const readout_column *column, size_t rows, int64_t *values, uint8_t *nulls, int64_t *least, int64_t *most) {
  const __m256i lanes_start = lanes(column->start_stride), lanes_end = lanes(column->end_stride);
  const __m512i zeros = _mm512_set1_epi8('0'), word = _mm512_set1_epi64(64), one = _mm512_set1_epi64(1);
  __m512i smallest = _mm512_set1_epi64(*least), largest = _mm512_set1_epi64(*most);
  size_t row = 0;
  for (; row + 8 <= rows; row += 8) {
    const places at = field_places(column, row, lanes_start, lanes_end);
    const __mmask8 present = _mm256_cmpgt_epi32_mask(at.length, _mm256_setzero_si256());
    if (_mm256_cmpgt_epi32_mask(at.length, _mm256_set1_epi32(8))) break;
    __m512i text = _mm512_xor_si512(
        _mm512_mask_i32gather_epi64(zeros, present, at.start, (const void *)column->text, 1), zeros);
    __m512i length = _mm512_maskz_cvtepi32_epi64(present, at.length);
    const __m512i first = _mm512_and_si512(text, _mm512_set1_epi64(0xFF));
    const __mmask8 negative = _mm512_mask_cmpeq_epi64_mask(present, first, _mm512_set1_epi64('-' ^ '0'));
    text = _mm512_mask_srli_epi64(text, negative, text, 8);
    length = _mm512_mask_sub_epi64(length, negative, length, one);
    const __m512i digits = _mm512_sllv_epi64(text, _mm512_sub_epi64(word, bits(length)));
    /* A sign without digits, other bytes than digits, and a zero in front are told apart by the careful reader. */
    const __mmask8 none = _mm512_mask_cmpeq_epi64_mask(present, length, _mm512_setzero_si512());
    const __mmask8 padded = _mm512_mask_cmpgt_epi64_mask(
        _mm512_testn_epi64_mask(text, _mm512_set1_epi64(0xFF)), length, one);
    if (none | padded || _mm512_cmpgt_epu8_mask(digits, _mm512_set1_epi8(9))) break;
    __m512i value = eight_digits(digits);
    value = _mm512_mask_sub_epi64(value, negative, _mm512_setzero_si512(), value);
    _mm512_storeu_si512(values + row, value);
    nulls[row / 8] = (uint8_t)~present;
    smallest = _mm512_mask_min_epi64(smallest, present, smallest, value);
    largest = _mm512_mask_max_epi64(largest, present, largest, value);
  }
  *least = _mm512_reduce_min_epi64(smallest);
  *most = _mm512_reduce_max_epi64(largest);
  return row;
}

READOUT_FIELDS size_t readout_days(
    const readout_column *column, size_t rows, int64_t *values, uint8_t *nulls, int64_t *least, int64_t *most) {
  const __m256i lanes_start = lanes(column->start_stride), lanes_end = lanes(column->end_stride);
  /* `YYYY-MM-` and, two bytes on, `YY-MM-DD`: what is left of a digit is at most 9, of a dash 0. */
  const __m512i head_form = _mm512_set1_epi64(0x2D30302D30303030), head_most = _mm512_set1_epi64(0x0009090009090909);
  const __m512i tail_form = _mm512_set1_epi64(0x30302D30302D3030), tail_most = _mm512_set1_epi64(0x0909000909000909);
  const __m256i i1 = _mm256_set1_epi32(1), i2 = _mm256_set1_epi32(2), i3 = _mm256_set1_epi32(3);
  __m512i smallest = _mm512_set1_epi64(*least), largest = _mm512_set1_epi64(*most);
  size_t row = 0;
  for (; row + 8 <= rows; row += 8) {
    const places at = field_places(column, row, lanes_start, lanes_end);
    const __mmask8 present = _mm256_cmpgt_epi32_mask(at.length, _mm256_setzero_si256());
    if (_mm256_mask_cmpneq_epi32_mask(present, at.length, _mm256_set1_epi32(10))) break;
    const __m512i head = _mm512_xor_si512(
        _mm512_mask_i32gather_epi64(head_form, present, at.start, (const void *)column->text, 1), head_form);
    const __m512i tail = _mm512_xor_si512(
        _mm512_mask_i32gather_epi64(tail_form, present, at.start, (const void *)(column->text + 2), 1), tail_form);
    if (_mm512_cmpgt_epu8_mask(head, head_most) | _mm512_cmpgt_epu8_mask(tail, tail_most)) break;
    const __m512i pairs = _mm512_maddubs_epi16(head, _mm512_set1_epi64(0x00010A00010A010A));
    const __m512i year_month = _mm512_madd_epi16(pairs, _mm512_set1_epi64(0x0001000100010064));
    const __m512i day_word = _mm512_srli_epi64(_mm512_maddubs_epi16(tail, _mm512_set1_epi64(0x010A000000000000)), 48);
    const __m256i year = _mm512_cvtepi64_epi32(year_month);
    const __m256i month = _mm512_cvtepi64_epi32(_mm512_srli_epi64(year_month, 32));
    const __m256i day = _mm512_cvtepi64_epi32(day_word);
    const __m256i century = _mm256_srli_epi32(_mm256_mullo_epi32(year, _mm256_set1_epi32(5243)), 19);
    const __m256i of_century = _mm256_sub_epi32(year, _mm256_mullo_epi32(century, _mm256_set1_epi32(100)));
    /* A leap year: of those that end a century every fourth, of the others every fourth. */
    const __mmask8 ends_century = _mm256_testn_epi32_mask(of_century, of_century);
    const __mmask8 leap = _mm256_testn_epi32_mask(_mm256_mask_mov_epi32(of_century, ends_century, century), i3);
    __m256i last = _mm256_add_epi32(
        _mm256_set1_epi32(30), _mm256_and_si256(_mm256_add_epi32(month, _mm256_srli_epi32(month, 3)), i1));
    const __mmask8 february = _mm256_cmpeq_epi32_mask(month, i2);
    last = _mm256_mask_mov_epi32(last, february, _mm256_set1_epi32(28));
    last = _mm256_mask_add_epi32(last, february & leap, last, i1);
    const __mmask8 no_month = _mm256_cmpge_epu32_mask(_mm256_sub_epi32(month, i1), _mm256_set1_epi32(12));
    const __mmask8 no_day = _mm256_cmpge_epu32_mask(_mm256_sub_epi32(day, i1), last);
    if ((no_month | no_day) & present) break;
    /* Days from March on, as in `ISODay`; x / 100 and x / 5 as products, exact in these ranges. */
    const __mmask8 early = _mm256_cmple_epu32_mask(month, i2);
    const __m256i shifted = _mm256_mask_sub_epi32(
        _mm256_add_epi32(year, _mm256_set1_epi32(400)), early, _mm256_add_epi32(year, _mm256_set1_epi32(400)), i1);
    const __m256i from_march = _mm256_mask_add_epi32(
        _mm256_sub_epi32(month, i3), early, month, _mm256_set1_epi32(9));
    const __m256i hundreds = _mm256_srli_epi32(_mm256_mullo_epi32(shifted, _mm256_set1_epi32(5243)), 19);
    const __m256i in_year = _mm256_srli_epi32(
        _mm256_mullo_epi32(
            _mm256_add_epi32(_mm256_mullo_epi32(from_march, _mm256_set1_epi32(153)), i2), _mm256_set1_epi32(52429)),
        18);
    __m256i days = _mm256_mullo_epi32(shifted, _mm256_set1_epi32(365));
    days = _mm256_add_epi32(days, _mm256_srli_epi32(shifted, 2));
    days = _mm256_sub_epi32(days, hundreds);
    days = _mm256_add_epi32(days, _mm256_srli_epi32(hundreds, 2));
    days = _mm256_add_epi32(_mm256_add_epi32(days, in_year), day);
    days = _mm256_sub_epi32(days, _mm256_set1_epi32(1 + 719468 + 146097));
    const __m512i value = _mm512_maskz_cvtepi32_epi64(present, days);
    _mm512_storeu_si512(values + row, value);
    nulls[row / 8] = (uint8_t)~present;
    smallest = _mm512_mask_min_epi64(smallest, present, smallest, value);
    largest = _mm512_mask_max_epi64(largest, present, largest, value);
  }
  *least = _mm512_reduce_min_epi64(smallest);
  *most = _mm512_reduce_max_epi64(largest);
  return row;
}

READOUT_FIELDS size_t readout_numbers(const readout_column *column, size_t rows, double *values, uint8_t *nulls) {
  const __m256i lanes_start = lanes(column->start_stride), lanes_end = lanes(column->end_stride);
  const __m512i zeros = _mm512_set1_epi8('0'), one = _mm512_set1_epi64(1), eight = _mm512_set1_epi64(8);
  const __m512i word = _mm512_set1_epi64(64), ones = _mm512_set1_epi64(-1), none = _mm512_setzero_si512();
  const __m512i powers = _mm512_setr_epi64(1, 10, 100, 1000, 10000, 100000, 1000000, 10000000);
  size_t row = 0;
  for (; row + 8 <= rows; row += 8) {
    const places at = field_places(column, row, lanes_start, lanes_end);
    const __mmask8 present = _mm256_cmpgt_epi32_mask(at.length, _mm256_setzero_si256());
    /* 16 bytes up to the end of the field are read. */
    if (_mm256_cmpgt_epi32_mask(at.length, _mm256_set1_epi32(16)) |
        _mm256_mask_cmplt_epi32_mask(present, at.end, _mm256_set1_epi32(16)))
      break;
    /* The field's last eight bytes, and the eight before: its last byte is the highest. */
    const __m512i last = _mm512_xor_si512(
        _mm512_mask_i32gather_epi64(zeros, present, at.end, (const void *)(column->text - 8), 1), zeros);
    const __m512i before = _mm512_xor_si512(
        _mm512_mask_i32gather_epi64(zeros, present, at.end, (const void *)(column->text - 16), 1), zeros);
    __m512i length = _mm512_maskz_cvtepi32_epi64(present, at.length);
    /* Shifts by 64 bits and more, negative counts among them, leave nothing. */
    const __m512i start = _mm512_sub_epi64(word, bits(length));
    const __m512i first = _mm512_and_si512(
        _mm512_or_si512(
            _mm512_srlv_epi64(last, start), _mm512_srlv_epi64(before, _mm512_add_epi64(start, word))),
        _mm512_set1_epi64(0xFF));
    const __mmask8 negative = _mm512_mask_cmpeq_epi64_mask(present, first, _mm512_set1_epi64('-' ^ '0'));
    length = _mm512_mask_sub_epi64(length, negative, length, one);
    /* The point, among the last eight bytes of the field; behind it so many digits. */
    const __m512i inside = _mm512_sllv_epi64(ones, _mm512_sub_epi64(word, bits(_mm512_min_epi64(length, eight))));
    const __m512i points = _mm512_and_si512(
        _mm512_movm_epi8(_mm512_cmpeq_epi8_mask(last, _mm512_set1_epi8('.' ^ '0'))), inside);
    const __mmask8 pointed = _mm512_test_epi64_mask(points, points);
    const __m512i places_behind = _mm512_maskz_srli_epi64(pointed, _mm512_lzcnt_epi64(points), 3);
    const __m512i point_bytes = _mm512_maskz_mov_epi64(pointed, one);
    const __m512i whole_places = _mm512_sub_epi64(_mm512_sub_epi64(length, places_behind), point_bytes);
    const __m512i skip = bits(_mm512_add_epi64(places_behind, point_bytes));
    const __m512i fraction = _mm512_and_si512(last, _mm512_sllv_epi64(ones, _mm512_sub_epi64(word, bits(places_behind))));
    const __m512i whole = _mm512_and_si512(
        _mm512_or_si512(_mm512_sllv_epi64(last, skip), _mm512_srlv_epi64(before, _mm512_sub_epi64(word, skip))),
        _mm512_sllv_epi64(ones, _mm512_sub_epi64(word, bits(whole_places))));
    const __mmask8 long_whole = _mm512_cmpgt_epi64_mask(whole_places, eight);
    const __mmask8 bare = _mm512_mask_cmpeq_epi64_mask(pointed, places_behind, none) |
                          _mm512_mask_cmpeq_epi64_mask(present & ~pointed, whole_places, none);
    const __m512i lead = _mm512_and_si512(
        _mm512_srlv_epi64(whole, _mm512_sub_epi64(word, bits(whole_places))), _mm512_set1_epi64(0xFF));
    const __mmask8 padded = _mm512_mask_cmpgt_epi64_mask(_mm512_testn_epi64_mask(lead, lead), whole_places, one);
    if (long_whole | bare | padded ||
        (_mm512_cmpgt_epu8_mask(whole, _mm512_set1_epi8(9)) | _mm512_cmpgt_epu8_mask(fraction, _mm512_set1_epi8(9))))
      break;
    /* Below 10^15, so exact; one division by an exact power of ten rounds once. */
    const __m512i power = _mm512_permutexvar_epi64(places_behind, powers);
    const __m512i mantissa = _mm512_add_epi64(_mm512_mul_epu32(eight_digits(whole), power), eight_digits(fraction));
    __m512d value = _mm512_div_pd(_mm512_cvtepi64_pd(mantissa), _mm512_cvtepi64_pd(power));
    /* An integer zero has no sign. */
    const __mmask8 signed_lanes = negative & (pointed | _mm512_test_epi64_mask(mantissa, mantissa));
    value = _mm512_mask_xor_pd(value, signed_lanes, value, _mm512_set1_pd(-0.0));
    _mm512_storeu_pd(values + row, value);
    nulls[row / 8] = (uint8_t)~present;
  }
  return row;
}

#else

int readout_reads_fields(void) { return 0; }
size_t readout_integers(const readout_column *column, size_t rows, int64_t *values, uint8_t *nulls, int64_t *least, int64_t *most) {
  return 0;
}
size_t readout_days(const readout_column *column, size_t rows, int64_t *values, uint8_t *nulls, int64_t *least, int64_t *most) {
  return 0;
}
size_t readout_numbers(const readout_column *column, size_t rows, double *values, uint8_t *nulls) { return 0; }

#endif
