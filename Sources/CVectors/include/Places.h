#ifndef PLACES_H
#define PLACES_H

/* A descriptor of what stands at `path`, links followed, without opening it where the system can do so: a pipe or device learns nothing of
   it, and no permission on it is needed. -1 with errno. Swift does not see Linux's O_PATH. */
int readout_open_place(const char *path);

#endif
