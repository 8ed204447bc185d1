// Kernels of low-rank couplings: w = (1/N) sum_mu,nu xi^mu A_mu,nu (xi^nu)' with a symmetric A.
//
// With overlaps M^mu = xi^mu . s and images a = A M, local fields are
//
//   N h_i = sum_mu xi_i^mu a^mu - d_i s_i,   d_i = N w_ii     (the last term removes the self-coupling)
//
// A visit is O(P) and so is a flip, for row i of Xi' A is kept. Rows of 16 * groups doubles are 0 in
// empty slots. Every level computes the same doubles.

#ifndef CKERNELS_LOWRANK_H
#define CKERNELS_LOWRANK_H

#include "CKernels.h"
#include "coupled.h"

/// Low-rank couplings, borrowed.
typedef struct {
  const hk_patterns *patterns;
  const double *images;    // row i: sum_mu xi_i^mu A_mu, what a flip of neuron i adds to a, halved
  const double *diagonal;  // d_i
  const float *near;       // N w_ij of every neuron i with the 32 of its own block
  double row_size;         // at least sum_mu |images| of every row
  bool keeps_diagonal;     // whether w_ii stays
} hl_couplings;

/// A recall in progress; `images` and what follows from it are set by `hl_settle`.
typedef struct {
  uint64_t *words;     // the state
  double *images;      // a
  float *rounded;      // a in float, for a first look at a field
  float *tables;       // 64 * groups: sums of four of those each, for a first look at 32 fields
  double magnitude;    // sum |a|
  double total;        // sum of a in float
} hl_state;

/// rows[i * columns + c] = sum_mu xi_i^mu values[mu * columns + c] for every neuron i and the columns
/// from ..< to; `from` is a multiple of 16, `values` has 16 * groups rows.
void hl_products(const hk_patterns *p, const double *values, size_t columns, size_t from, size_t to,
                 double *rows);
/// images[mu] = sum_nu factor[mu * slots + nu] overlaps[nu] for the slots from ..< to.
void hl_images(const double *factor, const int32_t *overlaps, size_t slots, size_t from, size_t to,
               double *images);
/// sum_mu images_mu overlaps_mu.
double hl_dot(const double *images, const int32_t *overlaps, size_t slots);
/// Makes the rest of `state` fit its images.
void hl_settle(const hk_patterns *p, hl_state *state);
/// sums[i - from] = sum_mu xi_i^mu images[mu] for the neurons from ..< to.
void hl_sums(const hk_patterns *p, const double *images, size_t from, size_t to, double *sums);
/// What the rows `images` of the neurons of the blocks from ..< to say to their own blocks: `near`, and
/// d_i in `diagonal`. Returns the largest sum of magnitudes of a row. `room` is a state of no
/// importance.
double hl_near(const hk_patterns *p, const double *images, size_t from, size_t to, hl_state *room,
               float *near, double *diagonal);
/// Visits the neurons of `order`, or all in ascending order where it is NULL; returns the number of
/// flips. A field below 2^-30 of the magnitude counts as zero. Overlaps are the caller's to follow.
size_t hl_visit(const hl_couplings *c, const hc_rule *rule, const uint32_t *order, size_t visits,
                hl_state *state);
/// Reverses spin `neuron`.
void hl_flip(const hl_couplings *c, size_t neuron, hl_state *state);

#endif
