// Dense kernels against sums over all patterns in 128-bit integers.

#include "cases.h"

#include <stdlib.h>
#include <string.h>

static int spin_of(const uint64_t *state, size_t i) {
  return (state[i / 64] >> (i % 64)) & 1 ? 1 : -1;
}

/// F(m + 1) - F(m - 1) of F(x) = x^degree.
static __int128 step(int64_t m, int degree) {
  __int128 above = 1, below = 1;
  for (int k = 0; k < degree; k++) {
    above *= m + 1;
    below *= m - 1;
  }
  return above - below;
}

static void add_spin(const hk_case *c, size_t i, int64_t change, int64_t *overlaps) {
  for (size_t slot = 0; slot < c->slots; slot++)
    overlaps[slot] += change * c->rows[slot * c->p.neurons + i];
}

static size_t brute_sweep(const hk_case *c, int degree, uint64_t *state, int64_t *overlaps) {
  size_t flips = 0;
  for (size_t i = 0; i < c->p.neurons; i++) {
    __int128 field = 0;
    int spin = spin_of(state, i);
    for (size_t slot = 0; slot < c->slots; slot++) {
      int8_t xi = c->rows[slot * c->p.neurons + i];
      if (xi) field += xi * step(overlaps[slot] - xi * spin, degree);
    }
    if (field == 0 || (field > 0) == (spin > 0)) continue;
    state[i / 64] ^= (uint64_t)1 << (i % 64);
    add_spin(c, i, -2 * spin, overlaps);
    flips++;
  }
  return flips;
}

static bool same(const hk_case *c, const int32_t *ours, const int64_t *theirs) {
  for (size_t slot = 0; slot < c->p.groups * HK_SLOTS; slot++)
    if (ours[slot] != (slot < c->slots ? theirs[slot] : 0)) return false;
  return true;
}

bool dense_is_right(const hk_case *c, const uint64_t *start, int degree) {
  const hk_patterns *p = &c->p;
  size_t stride = hd_stride(p->groups), slots = p->groups * HK_SLOTS, bytes = c->words * 8;
  size_t span = p->neurons + 2;
  uint16_t *rows = hk_allocate(p->blocks * HK_LANES * stride * sizeof *rows);
  double *steps = malloc(span * sizeof *steps);
  uint64_t *wide = malloc(2 * span * sizeof *wide);
  for (size_t k = 0; k < span; k++) {
    int64_t m = 2 * (int64_t)k - (int64_t)p->neurons - 1;
    __int128 value = k == 0 || k == span - 1 ? 0 : step(m, degree);
    steps[k] = (double)value;
    wide[2 * k] = (uint64_t)value;
    wide[2 * k + 1] = (uint64_t)(value >> 64);
  }
  int32_t lowest = -(int32_t)p->neurons - 1;
  hd_table x = {.steps = steps, .wide = wide, .count = (uint32_t)span, .first = lowest,
                .lowest = lowest, .span = (uint32_t)span,
                .error = (double)(p->count + 64) * 0x1p-53};
  hd_scratch scratch = {hk_allocate(span * sizeof(int32_t)), hk_allocate(32 * stride)};
  hd_values values = {.values = malloc(slots * sizeof(double))};
  hd_rule rule = {0};
  uint64_t *ours = malloc(bytes), *theirs = malloc(bytes);
  memcpy(ours, start, bytes);
  memcpy(theirs, start, bytes);
  int64_t *expected = calloc(slots, sizeof *expected);
  for (size_t i = 0; i < p->neurons; i++) add_spin(c, i, spin_of(start, i), expected);
  int32_t *overlaps = malloc(slots * sizeof *overlaps);

  hd_make_rows(p, 0, p->blocks, rows);
  size_t half = stride / 64;
  hd_overlaps(p, rows, start, half, stride / 32, overlaps);
  hd_overlaps(p, rows, start, 0, half, overlaps);
  bool right = same(c, overlaps, expected);
  for (int sweep = 0; sweep < 2; sweep++) {
    size_t flips = 0, next = 0;
    while (next < p->neurons) {
      if (hd_sweep(p, rows, &x, &rule, &next, &scratch, ours, overlaps, &flips)) continue;
      hd_prepare(p, &x, overlaps, false, &values);
      next = hd_visit(p, rows, &x, &values, &rule, NULL, next, p->neurons, SIZE_MAX, &scratch,
                      ours, overlaps, &flips);
    }
    right &= flips == brute_sweep(c, degree, theirs, expected);
    right &= !memcmp(ours, theirs, bytes) && same(c, overlaps, expected);
  }
  hk_deallocate(rows); hk_deallocate(scratch.counts); hk_deallocate(scratch.places);
  free(steps); free(wide); free(values.values); free(ours); free(theirs);
  free(expected); free(overlaps);
  return right;
}

bool ranking_is_right(uint64_t *seed) {
  int32_t overlaps[300];
  bool right = true;
  for (size_t k = 0; k < 300; k++) overlaps[k] = (int32_t)(draw(seed) % 2001) - 1000;
  overlaps[200] = INT32_MIN;
  for (size_t from = 0; from <= 300; from += 7)
    for (uint32_t least = 0; least < 1200; least += 111) {
      size_t first = from;
      while (first < 300 && llabs((int64_t)overlaps[first]) <= (int64_t)least) first++;
      right &= hk_next_above(overlaps, from, 300, least) == first;
    }
  return right;
}
