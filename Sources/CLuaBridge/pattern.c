// Lua patterns (manual, 6.4.1) with a budget of steps.
//
// Lua's own matcher backtracks without an end in sight, in C, where no hook can stop it: `.-.-.-b` takes a minute on
// 600 bytes. This one gives the same results and messages, counts its steps, and gives up with an error when a match
// takes many times more of them than any reasonable pattern does, or when the state is stopped meanwhile.

#include "pattern.h"

#include <ctype.h>
#include <pthread.h>

#define DEEPEST_MATCH 200
// Steps that every matcher has, and those that each byte of the text adds.
#define STEPS_BASE 10000000
#define STEPS_PER_BYTE 1000
// How often the state is asked whether it was stopped.
#define STEPS_BETWEEN_CHECKS 65536

void refill(matcher *m, lua_State *L) {
  m->lua = L;
  m->steps = STEPS_BASE + (int64_t)(m->text_end - m->text) * STEPS_PER_BYTE;
  m->steps_to_check = 0;
}

void begin_matcher(matcher *m, lua_State *L, const char *text, size_t length, const char *pattern,
                   size_t pattern_length) {
  m->text = text;
  m->text_end = text + length;
  m->pattern_end = pattern + pattern_length;
  m->set_count = 0;
  refill(m, L);
}

static void check_steps(matcher *m) {
  check_stopped(m->lua);
  if (m->steps <= 0) {
    luaL_error(m->lua, "pattern takes too many steps on a string of %d bytes", (int)(m->text_end - m->text));
  }
  m->steps -= STEPS_BETWEEN_CHECKS;
  m->steps_to_check += STEPS_BETWEEN_CHECKS;
}

void spend(matcher *m, ptrdiff_t steps) {
  m->steps_to_check -= steps;
  while (m->steps_to_check < 0) check_steps(m);
}

// Bytes that are compared, copied or skipped at once: many of them are a step.
static inline void spend_bytes(matcher *m, ptrdiff_t bytes) {
  if (bytes >= BYTES_OF_STEP) spend(m, bytes / BYTES_OF_STEP);
}

// -- Single characters -------------------------------------------------------------------------------------------

// Behind the single-character class that begins at `p`.
static const char *class_end(matcher *m, const char *p) {
  if (*p == '%') {
    if (p + 1 == m->pattern_end) luaL_error(m->lua, "malformed pattern (ends with '%%')");
    return p + 2;
  }
  if (*p != '[') return p + 1;
  p++;
  if (p < m->pattern_end && *p == '^') p++;
  do {  // a ']' that comes first stands for itself
    if (p == m->pattern_end) luaL_error(m->lua, "malformed pattern (missing ']')");
    if (*p++ == '%' && p < m->pattern_end) p++;
  } while (p == m->pattern_end || *p != ']');
  return p + 1;
}

static bool is_in_class(int c, int letter) {
  bool is_member;
  switch (tolower(letter)) {
    case 'a': is_member = isalpha(c); break;
    case 'c': is_member = iscntrl(c); break;
    case 'd': is_member = isdigit(c); break;
    case 'g': is_member = isgraph(c); break;
    case 'l': is_member = islower(c); break;
    case 'p': is_member = ispunct(c); break;
    case 's': is_member = isspace(c); break;
    case 'u': is_member = isupper(c); break;
    case 'w': is_member = isalnum(c); break;
    case 'x': is_member = isxdigit(c); break;
    default: return letter == c;
  }
  return isupper(letter) ? !is_member : is_member;
}

// The characters of each class by its letter; single characters by any other.
static character_set classes[256];

static void make_classes(void) {
  for (int letter = 0; letter < 256; letter++) {
    for (int c = 0; c < 256; c++) {
      if (is_in_class(c, letter)) classes[letter].bits[c >> 6] |= (uint64_t)1 << (c & 63);
    }
  }
}

void prepare_patterns(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_classes);
}

static void add_range(character_set *set, unsigned char first, unsigned char last) {
  for (int c = first; c <= last; c++) set->bits[c >> 6] |= (uint64_t)1 << (c & 63);
}

// The characters of the set from '[' at `p` to ']' at `last`.
static character_set read_set(const char *p, const char *last) {
  character_set set = {{0}};
  bool is_complement = p[1] == '^';
  if (is_complement) p++;
  while (++p < last) {
    if (*p == '%') {
      p++;
      const character_set *class = &classes[(unsigned char)*p];
      for (int i = 0; i < 4; i++) set.bits[i] |= class->bits[i];
    } else if (p[1] == '-' && p + 2 < last) {
      add_range(&set, (unsigned char)p[0], (unsigned char)p[2]);
      p += 2;
    } else {
      add_range(&set, (unsigned char)*p, (unsigned char)*p);
    }
  }
  if (is_complement) {
    for (int i = 0; i < 4; i++) set.bits[i] = ~set.bits[i];
  }
  return set;
}

// The set from `p` to `end`, kept by its place where there is room.
static character_set set_at(matcher *m, const char *p, const char *end) {
  for (int i = 0; i < m->set_count; i++) {
    if (m->set_places[i] == p) return m->sets[i];
  }
  character_set set = read_set(p, end - 1);
  spend(m, end - p);
  if (m->set_count < KEPT_SETS) {
    m->set_places[m->set_count] = p;
    m->sets[m->set_count++] = set;
  }
  return set;
}

// How many characters from `s` on the class from `p` to `end` takes.
static ptrdiff_t taken(matcher *m, const char *s, const char *p, const char *end) {
  ptrdiff_t most = m->text_end - s, count = 0;
  switch (*p) {
    case '.': return most;
    case '[': {
      character_set set = set_at(m, p, end);
      while (count < most && set_has(&set, (unsigned char)s[count])) count++;
      return count;
    }
    case '%': {
      const character_set *set = &classes[(unsigned char)p[1]];
      while (count < most && set_has(set, (unsigned char)s[count])) count++;
      return count;
    }
    default:
      while (count < most && s[count] == *p) count++;
      return count;
  }
}

static inline bool takes(matcher *m, const char *s, const char *p, const char *end) {
  if (s >= m->text_end) return false;
  switch (*p) {
    case '.': return true;
    case '%': return set_has(&classes[(unsigned char)p[1]], (unsigned char)*s);
    case '[': {
      character_set set = set_at(m, p, end);
      return set_has(&set, (unsigned char)*s);
    }
    default: return *s == *p;
  }
}

// -- Matching ----------------------------------------------------------------------------------------------------

static const char *match_from(matcher *m, const char *s, const char *p);

static const char *match_most(matcher *m, const char *s, const char *p, const char *end) {
  ptrdiff_t count = taken(m, s, p, end);
  spend(m, count);
  for (; count >= 0; count--) {
    const char *rest = match_from(m, s + count, end + 1);
    if (rest) return rest;
  }
  return NULL;
}

static const char *match_fewest(matcher *m, const char *s, const char *p, const char *end) {
  for (;; s++) {
    const char *rest = match_from(m, s, end + 1);
    if (rest) return rest;
    if (!takes(m, s, p, end)) return NULL;
    spend(m, 1);
  }
}

static const char *match_balanced(matcher *m, const char *s, const char *p) {
  if (m->pattern_end - p < 2) luaL_error(m->lua, "malformed pattern (missing arguments to '%%b')");
  if (s >= m->text_end || *s != p[0]) return NULL;
  int open = 1;
  while (++s < m->text_end) {
    spend(m, 1);
    if (*s == p[1]) {
      if (--open == 0) return s + 1;
    } else if (*s == p[0]) {
      open++;
    }
  }
  return NULL;
}

static const char *open_capture(matcher *m, const char *s, const char *p, ptrdiff_t kind) {
  if (m->capture_count >= MOST_CAPTURES) luaL_error(m->lua, "too many captures");
  m->captures[m->capture_count] = (capture){s, kind};
  m->capture_count++;
  const char *rest = match_from(m, s, p);
  if (!rest) m->capture_count--;
  return rest;
}

static const char *close_capture(matcher *m, const char *s, const char *p) {
  int last = m->capture_count - 1;
  while (last >= 0 && m->captures[last].length != CAPTURE_OPEN) last--;
  if (last < 0) luaL_error(m->lua, "invalid pattern capture");
  m->captures[last].length = s - m->captures[last].start;
  const char *rest = match_from(m, s, p);
  if (!rest) m->captures[last].length = CAPTURE_OPEN;
  return rest;
}

// The capture that `%1` to `%9` names.
static const capture *named_capture(matcher *m, int digit) {
  int index = digit - '1';
  if (index < 0 || index >= m->capture_count || m->captures[index].length == CAPTURE_OPEN) {
    luaL_error(m->lua, "invalid capture index %%%d", index + 1);
  }
  return &m->captures[index];
}

static const char *match_again(matcher *m, const char *s, int digit) {
  const capture *c = named_capture(m, digit);
  size_t length = (size_t)c->length;
  spend_bytes(m, c->length);
  if ((size_t)(m->text_end - s) < length || memcmp(c->start, s, length) != 0) return NULL;
  return s + length;
}

// Whether a frontier `%f[set]` lies before `s`; `end` is behind the set.
static bool is_frontier(matcher *m, const char *s, const char *set, const char *end) {
  int before = s == m->text ? 0 : (unsigned char)s[-1];
  int here = s == m->text_end ? 0 : (unsigned char)*s;
  character_set characters = set_at(m, set, end);
  return !set_has(&characters, (unsigned char)before) && set_has(&characters, (unsigned char)here);
}

// Where the match of the pattern's rest `p` ends that begins at `s`; NULL for none.
static const char *match_rest(matcher *m, const char *s, const char *p) {
  while (p != m->pattern_end) {
    spend(m, 1);
    if (*p == '(') {
      bool is_position = p + 1 < m->pattern_end && p[1] == ')';
      return is_position ? open_capture(m, s, p + 2, CAPTURE_POSITION) : open_capture(m, s, p + 1, CAPTURE_OPEN);
    }
    if (*p == ')') return close_capture(m, s, p + 1);
    if (*p == '$' && p + 1 == m->pattern_end) return s == m->text_end ? s : NULL;
    if (*p == '%' && p + 1 < m->pattern_end) {
      if (p[1] == 'b') {
        s = match_balanced(m, s, p + 2);
        if (!s) return NULL;
        p += 4;
        continue;
      }
      if (p[1] == 'f') {
        p += 2;
        if (p == m->pattern_end || *p != '[') luaL_error(m->lua, "missing '[' after '%%f' in pattern");
        const char *end = class_end(m, p);
        spend_bytes(m, end - p);
        if (!is_frontier(m, s, p, end)) return NULL;
        p = end;
        continue;
      }
      if (isdigit((unsigned char)p[1])) {
        s = match_again(m, s, (unsigned char)p[1]);
        if (!s) return NULL;
        p += 2;
        continue;
      }
    }
    const char *end = class_end(m, p);
    spend_bytes(m, end - p);
    char suffix = end < m->pattern_end ? *end : '\0';
    if (suffix == '*') return match_most(m, s, p, end);
    if (suffix == '-') return match_fewest(m, s, p, end);
    if (suffix == '+') return takes(m, s, p, end) ? match_most(m, s + 1, p, end) : NULL;
    if (suffix == '?') {
      if (takes(m, s, p, end)) {
        const char *rest = match_from(m, s + 1, end + 1);
        if (rest) return rest;
      }
      p = end + 1;
      continue;
    }
    if (!takes(m, s, p, end)) return NULL;
    s++;
    p = end;
  }
  return s;
}

static const char *match_from(matcher *m, const char *s, const char *p) {
  if (m->depth-- == 0) luaL_error(m->lua, "pattern too complex");
  const char *rest = match_rest(m, s, p);
  m->depth++;
  return rest;
}

const char *first_candidate(const matcher *m, const char *s, const char *p) {
  size_t length = (size_t)(m->pattern_end - p);
  if (length == 0 || *p == '\0' || strchr("^$*+?.()[%-", *p)) return s;
  if (length > 1 && p[1] != '\0' && strchr("*?-", p[1])) return s;
  return s < m->text_end ? memchr(s, *p, (size_t)(m->text_end - s)) : NULL;
}

const char *match(matcher *m, const char *s, const char *p) {
  m->capture_count = 0;
  m->depth = DEEPEST_MATCH;
  return match_from(m, s, p);
}

// -- Captures ----------------------------------------------------------------------------------------------------

void push_capture(matcher *m, int index, const char *s, const char *end) {
  if (index >= m->capture_count) {
    if (index != 0) luaL_error(m->lua, "invalid capture index %%%d", index + 1);
    lua_pushlstring(m->lua, s, (size_t)(end - s));
    return;
  }
  const capture *c = &m->captures[index];
  if (c->length == CAPTURE_OPEN) luaL_error(m->lua, "unfinished capture");
  if (c->length == CAPTURE_POSITION) lua_pushinteger(m->lua, c->start - m->text + 1);
  else lua_pushlstring(m->lua, c->start, (size_t)c->length);
}

int push_captures(matcher *m, const char *s, const char *end) {
  int count = m->capture_count == 0 && s ? 1 : m->capture_count;
  luaL_checkstack(m->lua, count, "too many captures");
  for (int i = 0; i < count; i++) push_capture(m, i, s, end);
  return count;
}
