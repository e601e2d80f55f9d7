#define _GNU_SOURCE
#include "CVectors.h"

#include <fcntl.h>

int readout_open_place(const char *path) {
#ifdef O_PATH
  return open(path, O_PATH | O_CLOEXEC);
#else
  return open(path, O_RDONLY | O_CLOEXEC);
#endif
}
