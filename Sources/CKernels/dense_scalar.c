// The reference of the dense kernels, in portable C.

#include "dense_count.h"

#pragma STDC FP_CONTRACT OFF

static double sum(const uint16_t *row, const double *values, size_t groups) {
  double lanes[HD_LANES] = {0};
  for (size_t group = 0; group < groups; group++, values += HK_SLOTS)
    for (size_t b = 0; b < HK_SLOTS; b++)
      if ((row[group] >> b) & 1) lanes[(group * HK_SLOTS + b) % HD_LANES] += values[b];
  return hd_join(lanes);
}

static void values(const hk_patterns *p, const hd_table *x, const uint16_t *row, int spin,
                   int32_t *overlaps, hd_values *v) {
  double slopes[HD_LANES] = {0}, bends[HD_LANES] = {0}, magnitudes[HD_LANES] = {0};
  for (size_t slot = 0; slot < p->groups * HK_SLOTS; slot++) {
    double slope = 0, bend = 0;
    if (hd_active(p, slot)) {
      bool up = row && ((row[slot / HK_SLOTS] >> (slot % HK_SLOTS)) & 1);
      if (row) overlaps[slot] += up ? 2 * spin : -2 * spin;
      double below = x->steps[hd_entry(x, overlaps[slot] - 1)];
      double above = x->steps[hd_entry(x, overlaps[slot] + 1)];
      slope = above + below;
      bend = below - above;
    }
    v->values[slot] = slope;
    slopes[slot % HD_LANES] += slope;
    bends[slot % HD_LANES] += bend;
    magnitudes[slot % HD_LANES] += __builtin_fabs(slope) + __builtin_fabs(bend);
  }
  v->slopes = hd_join(slopes);
  v->bends = hd_join(bends);
  v->magnitude = hd_join(magnitudes);
}

static void rows(const hk_patterns *p, size_t block, uint16_t *rows) {
  const uint16_t *tile = hk_block(p, block);
  for (size_t group = 0; group < p->groups; group++, tile += HK_LANES)
    for (size_t lane = 0; lane < HK_LANES; lane++)
      rows[lane * hd_stride(p->groups) + group] = tile[lane];
}

static void overlaps(const hk_patterns *p, const uint16_t *rows, const uint64_t *state,
                     size_t from, size_t to, int32_t *overlaps) {
  hd_count(p, rows, state, from, to, overlaps);
}

const hd_kernels hd_scalar_kernels = {.sum = sum, .values = values, .rows = rows,
                                      .overlaps = overlaps};
