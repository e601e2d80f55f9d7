#include "reader.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The first quote, backslash or control character at or behind `at`; it may lie behind the end, up to 64 bytes. */
static inline size_t special(const json_reader *reader, size_t at) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1F);
  for (; at < reader->to; at += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(reader->text + at));
    const __m128i found = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
        _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
    const unsigned mask = (unsigned)_mm_movemask_epi8(found);
    if (mask != 0) return at + (size_t)__builtin_ctz(mask);
  }
#else
  while (at < reader->to && reader->text[at] != '"' && reader->text[at] != '\\' && reader->text[at] >= 0x20) at++;
#endif
  return at;
}

/* The value of four hexadecimal digits, or -1. */
static int hexadecimal(const uint8_t *digits) {
  int value = 0;
  for (int i = 0; i < 4; i++) {
    const uint8_t digit = digits[i];
    int part;
    if (digit >= '0' && digit <= '9') part = digit - '0';
    else if ((digit | 0x20) >= 'a' && (digit | 0x20) <= 'f') part = (digit | 0x20) - 'a' + 10;
    else return -1;
    value = value << 4 | part;
  }
  return value;
}

/* From a backslash to behind its escape. */
static size_t escape(json_reader *reader, size_t at) {
  const uint8_t *text = reader->text;
  if (at + 1 >= reader->to) return json_fail(reader, READOUT_JSON_CUT, reader->to);
  switch (text[at + 1]) {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': return at + 2;
    case 'u': break;
    default: return json_fail(reader, READOUT_JSON_ESCAPE, at);
  }
  if (at + 6 > reader->to) return json_fail(reader, READOUT_JSON_CUT, reader->to);
  const int unit = hexadecimal(text + at + 2);
  if (unit < 0) return json_fail(reader, READOUT_JSON_ESCAPE, at);
  if (unit == 0) return json_fail(reader, READOUT_JSON_NUL, at);
  if (unit < 0xD800 || unit > 0xDFFF) return at + 6;
  if (unit >= 0xDC00 || at + 12 > reader->to || text[at + 6] != '\\' || text[at + 7] != 'u')
    return json_fail(reader, READOUT_JSON_SURROGATE, at);
  const int second = hexadecimal(text + at + 8);
  if (second < 0xDC00 || second > 0xDFFF) return json_fail(reader, READOUT_JSON_SURROGATE, at);
  return at + 12;
}

size_t json_string(json_reader *reader, size_t at) {
  at++;
  while (1) {
    at = special(reader, at);
    if (at >= reader->to) return json_fail(reader, READOUT_JSON_CUT, reader->to);
    const uint8_t byte = reader->text[at];
    if (byte == '"') return at + 1;
    if (byte != '\\') return json_fail(reader, byte == 0 ? READOUT_JSON_NUL : READOUT_JSON_CONTROL, at);
    at = escape(reader, at);
    if (at == 0) return 0;
  }
}

static inline size_t digits(const json_reader *reader, size_t at) {
  while (at < reader->to && (uint8_t)(reader->text[at] - '0') < 10) at++;
  return at;
}

size_t json_number(json_reader *reader, size_t at) {
  const uint8_t *text = reader->text;
  const size_t start = at;
  if (text[at] == '-') at++;
  size_t end = digits(reader, at);
  if (end == at || (text[at] == '0' && end > at + 1)) return json_fail(reader, READOUT_JSON_NUMBER, start);
  if (end < reader->to && text[end] == '.') {
    at = end + 1;
    end = digits(reader, at);
    if (end == at) return json_fail(reader, READOUT_JSON_NUMBER, start);
  }
  if (end < reader->to && (text[end] | 0x20) == 'e') {
    at = end + 1;
    if (at < reader->to && (text[at] == '+' || text[at] == '-')) at++;
    end = digits(reader, at);
    if (end == at) return json_fail(reader, READOUT_JSON_NUMBER, start);
  }
  return end;
}

size_t json_word(json_reader *reader, size_t at) {
  const uint8_t *word = reader->text + at;
  const size_t left = reader->to - at;
  if (left >= 4 && (memcmp(word, "true", 4) == 0 || memcmp(word, "null", 4) == 0)) return at + 4;
  if (left >= 5 && memcmp(word, "false", 5) == 0) return at + 5;
  return json_fail(reader, READOUT_JSON_UNEXPECTED, at);
}

size_t json_key(json_reader *reader, size_t at, size_t *key, size_t *key_end) {
  if (at >= reader->to || reader->text[at] != '"') return json_fail(reader, READOUT_JSON_UNEXPECTED, at);
  const size_t end = json_string(reader, at);
  if (end == 0) return 0;
  *key = at + 1;
  *key_end = end - 1;
  at = json_blanks(reader, end);
  if (at >= reader->to || reader->text[at] != ':') return json_fail(reader, READOUT_JSON_UNEXPECTED, at);
  return json_blanks(reader, at + 1);
}

static size_t array(json_reader *reader, size_t at, int depth, uint8_t *kind) {
  *kind = READOUT_JSON_IS_LIST;
  if (depth >= READOUT_JSON_DEPTH) return json_fail(reader, READOUT_JSON_DEEP, at);
  at = json_blanks(reader, at + 1);
  if (at < reader->to && reader->text[at] == ']') return at + 1;
  while (1) {
    uint8_t item = 0;
    at = json_value(reader, at, depth + 1, &item);
    if (at == 0) return 0;
    if ((item & (READOUT_JSON_IS_NUMBER | READOUT_JSON_IS_BOOLEAN | READOUT_JSON_IS_STRING)) == 0)
      *kind = READOUT_JSON_IS_NESTED;
    at = json_blanks(reader, at);
    if (at < reader->to && reader->text[at] == ']') return at + 1;
    if (at >= reader->to || reader->text[at] != ',') return json_fail(reader, READOUT_JSON_UNEXPECTED, at);
    at = json_blanks(reader, at + 1);
  }
}

static size_t object(json_reader *reader, size_t at, int depth) {
  if (depth >= READOUT_JSON_DEPTH) return json_fail(reader, READOUT_JSON_DEEP, at);
  at = json_blanks(reader, at + 1);
  if (at < reader->to && reader->text[at] == '}') return at + 1;
  while (1) {
    size_t key, key_end;
    uint8_t kind;
    at = json_key(reader, at, &key, &key_end);
    if (at == 0) return 0;
    at = json_value(reader, at, depth + 1, &kind);
    if (at == 0) return 0;
    at = json_blanks(reader, at);
    if (at < reader->to && reader->text[at] == '}') return at + 1;
    if (at >= reader->to || reader->text[at] != ',') return json_fail(reader, READOUT_JSON_UNEXPECTED, at);
    at = json_blanks(reader, at + 1);
  }
}

size_t json_value(json_reader *reader, size_t at, int depth, uint8_t *kind) {
  *kind = 0;
  if (at >= reader->to) return json_fail(reader, READOUT_JSON_CUT, reader->to);
  switch (reader->text[at]) {
    case '"':
      *kind = READOUT_JSON_IS_STRING;
      return json_string(reader, at);
    case '{': return object(reader, at, depth);
    case '[': return array(reader, at, depth, kind);
    case 't': case 'f':
      *kind = READOUT_JSON_IS_BOOLEAN;
      return json_word(reader, at);
    case 'n': return json_word(reader, at);
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
      *kind = READOUT_JSON_IS_NUMBER;
      return json_number(reader, at);
    default: return json_fail(reader, READOUT_JSON_UNEXPECTED, at);
  }
}

static readout_json_stop stop(const json_reader *reader, size_t start, size_t next) {
  readout_json_stop stop = {.next = next == 0 ? reader->to : next, .record = start, .record_end = reader->to};
  if (next == 0) {
    stop.fault = reader->fault;
    stop.fault_at = reader->fault_at;
  }
  return stop;
}

readout_json_stop readout_json_skip(const uint8_t *text, size_t at, size_t to) {
  json_reader reader = {.text = text, .to = to};
  uint8_t kind;
  at = json_blanks(&reader, at);
  return stop(&reader, at, json_value(&reader, at, 0, &kind));
}

/* Whether a key, escapes in it or not, is a name. */
static int is_key(const uint8_t *key, size_t length, const uint8_t *name, size_t name_length) {
  if (!memchr(key, '\\', length)) return length == name_length && memcmp(key, name, name_length) == 0;
  uint8_t *plain = malloc(length);
  if (!plain) return 0;
  size_t count = readout_json_unescape(key, length, plain);
  int is_same = count == name_length && memcmp(plain, name, name_length) == 0;
  free(plain);
  return is_same;
}

readout_json_stop readout_json_member(
    const uint8_t *text, size_t at, size_t to, const uint8_t *name, size_t name_length) {
  json_reader reader = {.text = text, .to = to};
  const size_t start = at;
  size_t found = to;
  uint8_t kind;
  if (at >= to || text[at] != '{') {
    json_fail(&reader, READOUT_JSON_NO_OBJECT, at);
    return stop(&reader, start, 0);
  }
  at = json_blanks(&reader, at + 1);
  if (at < to && text[at] == '}') return stop(&reader, start, to);
  while (1) {
    size_t key, key_end;
    at = json_key(&reader, at, &key, &key_end);
    if (at == 0) return stop(&reader, start, 0);
    if (is_key(text + key, key_end - key, name, name_length)) {
      if (found < to) {
        json_fail(&reader, READOUT_JSON_DUPLICATE, key);
        return stop(&reader, start, 0);
      }
      found = at;
    }
    at = json_value(&reader, at, 1, &kind);
    if (at == 0) return stop(&reader, start, 0);
    at = json_blanks(&reader, at);
    if (at < to && text[at] == '}') return stop(&reader, start, found);
    if (at >= to || text[at] != ',') {
      json_fail(&reader, READOUT_JSON_UNEXPECTED, at);
      return stop(&reader, start, 0);
    }
    at = json_blanks(&reader, at + 1);
  }
}

/* Writes a Unicode scalar as UTF-8; behind it. */
static uint8_t *encode(uint32_t scalar, uint8_t *output) {
  if (scalar < 0x80) {
    *output++ = (uint8_t)scalar;
  } else if (scalar < 0x800) {
    *output++ = (uint8_t)(0xC0 | scalar >> 6);
    *output++ = (uint8_t)(0x80 | (scalar & 0x3F));
  } else if (scalar < 0x10000) {
    *output++ = (uint8_t)(0xE0 | scalar >> 12);
    *output++ = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
    *output++ = (uint8_t)(0x80 | (scalar & 0x3F));
  } else {
    *output++ = (uint8_t)(0xF0 | scalar >> 18);
    *output++ = (uint8_t)(0x80 | (scalar >> 12 & 0x3F));
    *output++ = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
    *output++ = (uint8_t)(0x80 | (scalar & 0x3F));
  }
  return output;
}

/* Every escape is longer than what it stands for, so the output never overtakes the input. */
size_t readout_json_unescape(const uint8_t *string, size_t length, uint8_t *output) {
  uint8_t *out = output;
  size_t at = 0;
  while (at < length) {
    const uint8_t byte = string[at];
    if (byte != '\\' || at + 1 >= length) {
      *out++ = byte;
      at++;
      continue;
    }
    const uint8_t letter = string[at + 1];
    at += 2;
    switch (letter) {
      case 'b': *out++ = '\b'; break;
      case 'f': *out++ = '\f'; break;
      case 'n': *out++ = '\n'; break;
      case 'r': *out++ = '\r'; break;
      case 't': *out++ = '\t'; break;
      case 'u': {
        if (at + 4 > length) return (size_t)(out - output);
        uint32_t scalar = (uint32_t)hexadecimal(string + at);
        at += 4;
        if (scalar >= 0xD800 && scalar < 0xDC00 && at + 6 <= length) {
          scalar = 0x10000 + ((scalar & 0x3FF) << 10 | ((uint32_t)hexadecimal(string + at + 2) & 0x3FF));
          at += 6;
        }
        out = encode(scalar, out);
        break;
      }
      default: *out++ = letter;
    }
  }
  return (size_t)(out - output);
}

size_t readout_json_item(const uint8_t *array, size_t length, size_t at, size_t *end) {
  json_reader reader = {.text = array, .to = length};
  at = json_blanks(&reader, at);
  if (at < length && array[at] == ',') at = json_blanks(&reader, at + 1);
  if (at >= length || array[at] == ']') return length;
  uint8_t kind;
  const size_t behind = json_value(&reader, at, 0, &kind);
  if (behind == 0) return length;
  *end = behind;
  return at;
}
