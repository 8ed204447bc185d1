// How overlaps are split so that sums of them fit 16 bits.
//
// One digit is the overlaps themselves, without the few that are LARGE: as long as the sum of a
// segment's positive terms and the sum of its negative ones fit 16 bits, every partial sum does.
// Otherwise digits: the lower ones are -512 ... 511, so that 64 of them (4 groups) always fit, and
// the highest is bounded by the largest overlap.

#include "levels.h"

enum { LARGE = 8192 };

static int32_t size_of(int32_t overlap) { return overlap < 0 ? -overlap : overlap; }

typedef struct {
  int64_t positive, negative;
} sums;

static bool fits(sums sums) { return sums.positive <= INT16_MAX && sums.negative <= -INT16_MIN; }

/// The sums of the terms of one digit's tables, each sign by itself.
static sums sums_of(const int32_t *overlaps, size_t from, size_t to) {
  sums sums = {0, 0};
  for (; from < to; from++) {
    int32_t positive = 0, negative = 0;
    for (size_t b = 0; b < HK_SLOTS; b++) {
      int32_t overlap = overlaps[from * HK_SLOTS + b];
      if (size_of(overlap) >= LARGE) overlap = 0;
      positive += overlap > 0 ? overlap : 0;
      negative += overlap < 0 ? -overlap : 0;
    }
    sums.positive += positive;
    sums.negative += negative;
  }
  return sums;
}

/// The longest power of two of groups that fits 16 bits, 0 if not even one does.
static size_t longest_segment(const int32_t *overlaps, size_t groups) {
  sums all = sums_of(overlaps, 0, groups);
  size_t longest = 1;
  while (longest < groups) longest *= 2;
  // The mean must fit; then each segment.
  int64_t larger = all.positive > all.negative ? all.positive : all.negative;
  while (longest > 1 && larger / (int64_t)groups * (int64_t)longest > INT16_MAX) longest /= 2;
  for (size_t from = 0; from < groups && longest > 0;) {
    size_t to = from + longest < groups ? from + longest : groups;
    if (fits(sums_of(overlaps, from, to))) from = to;
    else longest /= 2;  // what fitted so far fits in halves too
  }
  return longest;
}

/// Takes the overlaps that are too large for 16-bit sums; false if they are too many.
static bool take_exceptions(hk_plan *plan, const int32_t *overlaps, size_t slots) {
  plan->exceptions = 0;
  for (size_t slot = 0; slot < slots; slot++) {
    if (size_of(overlaps[slot]) < LARGE) continue;
    if (plan->exceptions == HK_EXCEPTIONS) return false;
    plan->exception_slot[plan->exceptions] = (uint32_t)slot;
    plan->exception_overlap[plan->exceptions++] = overlaps[slot];
  }
  return true;
}

void hk_split(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  size_t slots = p->groups * HK_SLOTS;
  int64_t total = 0, magnitude = 0;
  int32_t largest = 0;
  for (size_t slot = 0; slot < slots; slot++) {
    int32_t size = size_of(overlaps[slot]);
    total += overlaps[slot];
    magnitude += size;
    largest = size > largest ? size : largest;
  }
  plan->groups = p->groups;
  plan->total = total;
  plan->wide = 2 * magnitude > INT32_MAX;
  plan->halvings = 0;

  plan->digits = 1;
  plan->exceptions = 0;
  if ((largest < LARGE || take_exceptions(plan, overlaps, slots)) &&
      (plan->segment[0] = longest_segment(overlaps, p->groups)) > 0)
    return;

  // Two digits hold N up to 2^20, three all that is below 2^30.
  plan->exceptions = 0;
  for (plan->digits = 2; plan->digits < HK_DIGITS; plan->digits++)
    if (largest <= 1 << (HK_DIGIT_BITS * plan->digits)) break;
  int32_t highest = largest;
  for (size_t d = 0; d + 1 < plan->digits; d++) {
    plan->segment[d] = 4;
    highest = (highest + 512) >> HK_DIGIT_BITS;
  }
  size_t segment = 1;
  while (2 * segment * HK_SLOTS * (size_t)(highest + 1) <= INT16_MAX) segment *= 2;
  plan->segment[plan->digits - 1] = segment;
}
