// Finding the few large overlaps among many.

#include "CKernels.h"

static inline uint32_t magnitude(int32_t overlap) {
  return overlap < 0 ? 0 - (uint32_t)overlap : (uint32_t)overlap;
}

size_t hk_next_above(const int32_t *overlaps, size_t from, size_t to, uint32_t least) {
  enum { RUN = 64 };
  for (; from + RUN <= to; from += RUN) {
    uint32_t found = 0;  // without a branch, so that it is vector code
    for (size_t k = 0; k < RUN; k++) found |= magnitude(overlaps[from + k]) > least;
    if (found) break;
  }
  while (from < to && magnitude(overlaps[from]) <= least) from++;
  return from;
}
