// Events of metatables that scripts do not have: `__mode`, `__close`, `__concat`.
//
// Debian's Lua frees a table that is being assigned to where a metatable is weak, writes outside of its stack where a
// loop's closed value is left by `break`, and goes on in a stack that was freed where `__concat` made it grow
// (SECURITY.md). setmetatable refuses all three, but a script may write them into a metatable that is set already.
//
// Lua finds an event by the string that it made for it when the state was opened: it compares places, not letters. With
// other letters in that string, no script can name it. What a script calls `__mode` is another string then, and an
// ordinary key. The letters are drawn by chance, since a string of the same letters that falls into the same slot of
// Lua's table of strings would be the same string.

#include "state.h"

#include <unistd.h>
#ifdef __APPLE__
#include <sys/random.h>
#endif

// The library's growing buffers are closed by the event: their metatable is made by the first one, which has to find it.
static void open_buffers(lua_State *L) {
  luaL_Buffer b;
  luaL_buffinitsize(L, &b, LUAL_BUFFERSIZE * 2);
  luaL_pushresultsize(&b, 0);
  lua_pop(L, 1);
}

void take_events(lua_State *L) {
  static const char *const names[] = {"__mode", "__close", "__concat"};
  open_buffers(L);
  open_outlooks(L);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    // Short strings are interned, so this is the one that the event has.
    char *letters = (char *)lua_pushstring(L, names[i]);
    if (getentropy(letters, strlen(names[i])) != 0) luaL_error(L, "no random bytes");
    lua_pop(L, 1);
  }
}
