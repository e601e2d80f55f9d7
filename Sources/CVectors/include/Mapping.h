#ifndef READOUT_MAPPING_H
#define READOUT_MAPPING_H

#include <stddef.h>

/* A mapped file that somebody cuts short loses pages: touching one raises SIGBUS, which ends the process. In a guarded mapping the
   lost bytes read as zeros instead, and that is noted. */

/* Guards `length` bytes from `start`, a multiple of the page size; the number of the guard, or -1 where there are none left. The first
   call installs a handler of SIGBUS, which passes on what is not about a guarded mapping. */
int readout_guard_mapping(const void *start, size_t length);
/* Whether bytes were lost. */
int readout_mapping_was_cut(int guard);
/* Ends the guard; to be called before the mapping goes. */
void readout_release_mapping(int guard);

/* Whether the system's cache has the byte `at` of an open file; 0 where it does not say. */
int readout_is_cached(int descriptor, size_t at);

#endif
