// The matcher of Lua patterns.

#ifndef CLUABRIDGE_PATTERN_H
#define CLUABRIDGE_PATTERN_H

#include "state.h"

#define MOST_CAPTURES 32
// Bytes handled at once that count as one step.
#define BYTES_OF_STEP 32

enum { CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

typedef struct {
  const char *start;
  ptrdiff_t length;  // or CAPTURE_OPEN, CAPTURE_POSITION
} capture;

// Characters, one bit each.
typedef struct {
  uint64_t bits[4];
} character_set;

static inline bool set_has(const character_set *set, unsigned char c) { return set->bits[c >> 6] >> (c & 63) & 1; }

#define KEPT_SETS 4

typedef struct {
  lua_State *lua;
  const char *text, *text_end;
  const char *pattern_end;
  int64_t steps;         // left, those before the next check not counted
  int64_t steps_to_check;
  int depth;             // levels of match_from that may still be entered
  int capture_count;
  int set_count;
  capture captures[MOST_CAPTURES];
  const char *set_places[KEPT_SETS];  // sets of the pattern that were met, and their characters
  character_set sets[KEPT_SETS];
} matcher;

// Fills the tables of character classes, once for the process.
void prepare_patterns(void);
// A matcher of a pattern over a text, both kept by the caller; its budget of steps is for all matches together.
void begin_matcher(matcher *m, lua_State *L, const char *text, size_t length, const char *pattern,
                   size_t pattern_length);
// Gives a matcher that was kept its whole budget again.
void refill(matcher *m, lua_State *L);
// Takes steps from the budget: an error where it is spent or the state was stopped.
void spend(matcher *m, ptrdiff_t steps);
// The first place from `s` on where a match of the pattern `p` may begin; NULL for none.
const char *first_candidate(const matcher *m, const char *s, const char *p);
// Where the match ends that begins at `s`; NULL for none. `p` is where in the pattern to begin.
const char *match(matcher *m, const char *s, const char *p);
// Pushes capture `index` of the last match, from `s` to `end`, or the whole match where the pattern has none.
void push_capture(matcher *m, int index, const char *s, const char *end);
// Pushes all captures and says how many; with `s` NULL the whole match is not one.
int push_captures(matcher *m, const char *s, const char *end);

#endif
