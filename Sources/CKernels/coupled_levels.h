// The long loops of networks with couplings, dense or of low rank, at one level.

#ifndef HC_LEVELS_H
#define HC_LEVELS_H

#include "CKernels.h"

typedef struct {
  void (*triangle)(const float *rows, size_t neurons, const double *spins, size_t from, size_t to,
                   double *fields);
  double (*magnitude)(const float *row, size_t count);
  size_t (*sweep)(const hc_couplings *c, const hc_rule *rule, size_t visits, double *spins,
                  double *fields);
  double (*signed_sum)(const uint16_t *row, size_t groups, const double *values);
  void (*add)(double factor, const float *row, size_t count, double *fields);
  float (*rounded_sum)(const uint16_t *row, size_t groups, const float *values);
  void (*tabulate)(const float *values, size_t groups, float *tables);
  void (*block_sums)(const uint16_t *tiles, size_t groups, const hl_state *state, float *sums);
  double (*integer_dot)(const double *row, const int32_t *values, size_t count);
  void (*move)(const double *factors, const double *const *rows, size_t height, size_t count,
               hl_state *state);
  size_t (*low_rank_sweep)(const hl_couplings *c, const hc_rule *rule, hl_state *state);
  double (*energy)(const double *spins, const double *fields, const double *thresholds,
                   size_t count);
  void (*products)(const hk_patterns *p, const double *values, size_t columns, size_t from,
                   size_t to, double *rows);
} hc_loops;

extern const hc_loops hc_avx2_loops, hc_avx512_loops;

/// A field of low-rank couplings of this share of the magnitude counts as zero: A is an inverse, with
/// its rounding.
#define HL_SLACK 0x1p-30

/// What a signed sum in float may be off by, relative to the magnitude: each of its additions rounds
/// by 2^-24 of at most the magnitude, and so did its terms.
static inline double hl_doubt(size_t groups) { return 0x1p-22 * (double)(groups + HK_SLOTS); }

/// The loops of the level in use.
const hc_loops *hc_level_loops(void);

#endif
