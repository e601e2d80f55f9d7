#define _GNU_SOURCE
#include "CVectors.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

/* Mappings that are guarded at a time; a file beyond them is read into memory. */
enum { SLOTS = 1024 };

typedef struct {
  _Atomic uintptr_t start; /* 0: free; 1: being filled in */
  _Atomic uintptr_t end;
  _Atomic int was_cut;
} guarded_mapping;

static guarded_mapping slots[SLOTS];
static struct sigaction previous;
static uintptr_t page_size;

/* Puts zeros in the place of what a mapped file has lost, and notes it: whoever reads the file asks at the end, and throws away what
   it read. A fault that is not ours goes to whoever was there before. Calls nothing but system calls. */
static void on_bus_error(int number, siginfo_t *info, void *context) {
  uintptr_t at = (uintptr_t)info->si_addr;
  for (int i = 0; i < SLOTS; i++) {
    uintptr_t start = atomic_load(&slots[i].start);
    uintptr_t end = atomic_load(&slots[i].end);
    if (start <= 1 || at < start || at >= end) continue;
    uintptr_t page = at & ~(page_size - 1);
    void *zeros = mmap((void *)page, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (zeros == MAP_FAILED) break;
    atomic_store(&slots[i].was_cut, 1);
    return;
  }
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(number, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(number);
  } else {
    /* The access is tried again, and ends the process as it would have. */
    sigaction(SIGBUS, &previous, NULL);
  }
}

static void install(void) {
  page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, &previous);
}

int readout_guard_mapping(const void *start, size_t length) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  for (int i = 0; i < SLOTS; i++) {
    uintptr_t unused = 0;
    if (!atomic_compare_exchange_strong(&slots[i].start, &unused, 1)) continue;
    atomic_store(&slots[i].was_cut, 0);
    atomic_store(&slots[i].end, (uintptr_t)start + length);
    atomic_store(&slots[i].start, (uintptr_t)start);
    return i;
  }
  return -1;
}

int readout_mapping_was_cut(int slot) { return atomic_load(&slots[slot].was_cut); }

void readout_release_mapping(int slot) { atomic_store(&slots[slot].start, 0); }

int readout_is_cached(int descriptor, size_t at) {
#ifdef RWF_NOWAIT
  char byte;
  struct iovec one = {.iov_base = &byte, .iov_len = 1};
  return preadv2(descriptor, &one, 1, (off_t)at, RWF_NOWAIT) == 1;
#else
  (void)descriptor;
  (void)at;
  return 0;
#endif
}
