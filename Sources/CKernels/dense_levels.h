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
  /// The rows of a block's 32 neurons, hd_stride(groups) apart.
  void (*rows)(const hk_patterns *p, size_t block, uint16_t *rows);
  /// See hd_overlaps.
  void (*overlaps)(const hk_patterns *p, const uint16_t *rows, const uint64_t *state, size_t from,
                   size_t to, int32_t *overlaps);
  /// See hd_sweep. May be NULL.
  bool (*sweep)(const hk_patterns *p, const uint16_t *rows, const hd_table *x,
                const hd_rule *rule, size_t *from, hd_scratch *scratch, uint64_t *state,
                int32_t *overlaps, size_t *flips);
} hd_kernels;

extern const hd_kernels hd_scalar_kernels;
#if defined(__x86_64__)
extern const hd_kernels hd_avx2_kernels;
extern const hd_kernels hd_avx512_kernels;
/// The same, and a sweep that needs VNNI and VBMI.
extern const hd_kernels hd_avx512_digit_kernels;
bool hd_has_digits(void);
bool hd_sweep_digits(const hk_patterns *p, const uint16_t *rows, const hd_table *x,
                     const hd_rule *rule, size_t *from, hd_scratch *scratch, uint64_t *state,
                     int32_t *overlaps, size_t *flips);
#endif

/// The table's entry for midpoint m.
static inline size_t hd_entry(const hd_table *x, int32_t m) {
  int64_t k = ((int64_t)m - x->first) >> 1;
  return k < 0 ? 0 : k < x->count ? (size_t)k : x->count - 1;
}

/// The row of neuron i.
static inline const uint16_t *hd_row(const hk_patterns *p, const uint16_t *rows, size_t i) {
  return rows + i * hd_stride(p->groups);
}

/// Lanes of a sum: a slot goes to lane slot % 32, so that every level has room to hide latency.
#define HD_LANES 32

/// The lanes joined in the one order of all levels.
static inline double hd_join(double *lanes) {
  for (size_t width = HD_LANES / 2; width; width /= 2)
    for (size_t k = 0; k < width; k++) lanes[k] += lanes[k + width];
  return lanes[0];
}

static inline bool hd_active(const hk_patterns *p, size_t slot) {
  return (p->active[slot / HK_SLOTS] >> (slot % HK_SLOTS)) & 1;
}

#endif
