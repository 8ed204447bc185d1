// What an instruction set provides for dense memories.

#ifndef HD_LEVELS_H
#define HD_LEVELS_H

#include "dense.h"
#include "levels.h"

typedef struct {
  /// The sum of values[mu] over the set bits of a row.
  double (*sum)(const uint16_t *row, const double *values, size_t groups);
  /// Computes values and totals; with `row`, first moves the overlaps by a flip to `spin`.
  void (*values)(const hk_patterns *p, const hd_table *x, const uint16_t *row, int spin,
                 int32_t *overlaps, hd_values *values);
  /// The rows of a block's 32 neurons, `groups` apart.
  void (*rows)(const hk_patterns *p, size_t block, uint16_t *rows);
} hd_kernels;

extern const hd_kernels hd_scalar_kernels;
#if defined(__x86_64__)
extern const hd_kernels hd_avx2_kernels;
extern const hd_kernels hd_avx512_kernels;
#endif

/// The table's entry for midpoint m.
static inline size_t hd_entry(const hd_table *x, int32_t m) {
  int64_t k = ((int64_t)m - x->first) >> 1;
  return k < 0 ? 0 : k < x->count ? (size_t)k : x->count - 1;
}

/// Eight lanes in the one order of all levels.
static inline double hd_join(const double *lanes) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
         ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

#endif
