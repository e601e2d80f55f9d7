/* What Swift cannot express: the comparison of 64 bytes with one as 64 bits, and the prefetch of a cache line. */
#ifndef READOUT_CVECTORS_H
#define READOUT_CVECTORS_H

#include "Lanes.h"

#include <stddef.h>
#include <stdint.h>

/* Asks for the cache line at address, which need not be readable. */
static inline void readout_prefetch(const void *address) { __builtin_prefetch(address); }

/* For each of `blocks` times 64 bytes one mask a wanted byte, bit i being set where byte i of the block equals it: masks[3 * block + k] is
   that of wanted[k]. Reads 64 * blocks bytes. */
void readout_masks3(const uint8_t *bytes, size_t blocks, const uint8_t wanted[3], uint64_t *masks);

/* The same for five wanted bytes, and as a sixth mask the bytes above 127: masks[6 * block + 5]. */
void readout_masks6(const uint8_t *bytes, size_t blocks, const uint8_t wanted[5], uint64_t *masks);

#endif
