#define _GNU_SOURCE
#include "CVectors.h"

#include <fcntl.h>

void readout_start_synchronizing(int descriptor) {
#if defined(__linux__)
  (void)sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
  (void)descriptor;
#endif
}
