// Stops states whose time is up: one thread for the process, asleep until the first deadline. It costs a running script
// nothing; a count hook would double the time of a tight loop.

#include "state.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

// How soon a state that is late is stopped again, should it have missed the first time.
#define AGAIN_NANOSECONDS 5000000

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static bool is_started;
static bridge_state *armed;  // linked by `next_armed`
static int64_t wakes_at;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void sleep_until(int64_t moment) {
  wakes_at = moment;
  if (moment == INT64_MAX) {
    pthread_cond_wait(&changed, &lock);
    return;
  }
#ifdef __APPLE__
  int64_t left = moment - now();
  struct timespec time = {left > 0 ? left / 1000000000 : 0, left > 0 ? left % 1000000000 : 1};
  pthread_cond_timedwait_relative_np(&changed, &lock, &time);
#else
  struct timespec time = {moment / 1000000000, moment % 1000000000};
  pthread_cond_timedwait(&changed, &lock, &time);
#endif
}

static void *watch(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  for (;;) {
    int64_t moment = now(), next = INT64_MAX;
    for (bridge_state *state = armed; state; state = state->next_armed) {
      if (state->deadline <= moment) {
        bridge_stop(state, BRIDGE_STOP_TIME);
        state->deadline = moment + AGAIN_NANOSECONDS;
      }
      if (state->deadline < next) next = state->deadline;
    }
    sleep_until(next);
  }
  return NULL;
}

static bool start(void) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
#ifndef __APPLE__
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
#endif
  pthread_cond_init(&changed, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_t thread;
  if (pthread_create(&thread, NULL, watch, NULL) != 0) return false;
  pthread_detach(thread);
  return true;
}

bool bridge_arm(bridge_state *state, int64_t nanoseconds) {
  pthread_mutex_lock(&lock);
  if (!is_started) is_started = start();
  bool is_watched = is_started;
  if (is_watched) {
    int64_t moment = now();
    state->deadline = nanoseconds < INT64_MAX - moment ? moment + nanoseconds : INT64_MAX;
    state->next_armed = armed;
    state->previous_armed = NULL;
    if (armed) armed->previous_armed = state;
    armed = state;
    if (state->deadline < wakes_at) pthread_cond_signal(&changed);
  }
  pthread_mutex_unlock(&lock);
  return is_watched;
}

void bridge_disarm(bridge_state *state) {
  pthread_mutex_lock(&lock);
  if (state->previous_armed) state->previous_armed->next_armed = state->next_armed;
  else armed = state->next_armed;
  if (state->next_armed) state->next_armed->previous_armed = state->previous_armed;
  state->next_armed = state->previous_armed = NULL;
  pthread_mutex_unlock(&lock);
}
