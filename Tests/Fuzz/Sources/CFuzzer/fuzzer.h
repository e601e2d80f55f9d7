#include <stddef.h>
#include <stdint.h>

/* libFuzzer's own loop, as LLVM's documentation declares it: its arguments, and what is called with each input. */
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*callback)(const uint8_t *bytes, size_t length));
