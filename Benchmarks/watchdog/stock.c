// The loop of plugins/tight.lua in Lua as the system has it: no sandbox, no watchdog, and with `hook` one that counts
// instructions. Prints the seconds of each of the calls asked for.

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void hook(lua_State *L, lua_Debug *where) {
  (void)L;
  (void)where;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  if (count < 3 || luaL_dofile(L, arguments[1]) != LUA_OK) return 1;
  lua_getfield(L, -1, "each");
  if (count > 3 && strcmp(arguments[3], "hook") == 0) lua_sethook(L, hook, LUA_MASKCOUNT, 100000);
  for (int call = 0; call < atoi(arguments[2]); call++) {
    double start = now();
    lua_pushvalue(L, -1);
    lua_pushinteger(L, call);
    lua_call(L, 1, 1);
    lua_pop(L, 1);
    printf("%.4f\n", now() - start);
  }
  lua_close(L);
  return 0;
}
