// Kernels of networks that keep a coupling matrix: rows of float, fields cached in double.
//
// A visit is O(1), for the fields of all neurons are kept; a flip adds one row to them. Products with
// spins are exact and lanes are joined in one order, so every level computes the same doubles.

#ifndef CKERNELS_COUPLED_H
#define CKERNELS_COUPLED_H

#include "CKernels.h"

/// A matrix, borrowed. Row j is what neuron j does to all others, w_ij for i = 0 ... N - 1: a row of
/// the couplings where they are symmetric, a column of them where they are not.
typedef struct {
  const float *rows;    // neurons * neurons, row by row
  size_t neurons;       // N
  const double *slack;  // fields of this size or less are rounding: they count as zero
} hc_couplings;

/// How a neuron decides, beside its field.
typedef struct {
  const double *thresholds;  // theta_i, or NULL
  const double *noise;       // added to the threshold of this visit, or NULL
  const uint64_t *frozen;    // bit set <=> the neuron never moves, or NULL
} hc_rule;

/// Adds to `fields` what the couplings w_ij with j <= i of the rows from ..< to make, both for i and
/// for j; `spins` are -1.0 and 1.0. All rows together, h_i = sum_j w_ij s_j: half of the matrix is read.
/// Symmetric couplings only.
void hc_add_fields(const hc_couplings *c, const double *spins, size_t from, size_t to,
                   double *fields);
/// fields[i] = sum_j w_ij s_j for the neurons from ..< to, for any couplings, summed column after
/// column.
void hc_directed_fields(const hc_couplings *c, const double *spins, size_t from, size_t to,
                        double *fields);
/// sums[i] = sum_j |w_ij| for the rows from ..< to. Returns false where one of their w_ij with j < i is
/// not w_ji.
bool hc_magnitudes(const float *rows, size_t neurons, size_t from, size_t to, double *sums);
/// Visits the neurons of `order`, or all in ascending order where it is NULL, keeping spins and
/// fields up to date; returns the number of flips.
size_t hc_visit(const hc_couplings *c, const hc_rule *rule, const uint32_t *order, size_t visits,
                double *spins, double *fields);
/// The spin that the field asks for: +1, -1, or the old one where it is zero.
int hc_decide(const hc_couplings *c, const hc_rule *rule, size_t neuron, size_t visit, double spin,
              double field);
/// Adds to `fields` what changes when neuron `neuron` becomes `spin`.
void hc_flip(const hc_couplings *c, size_t neuron, double spin, double *fields);
/// sum_i s_i (theta_i - fields_i / 2); `thresholds` may be NULL.
double hc_energy(const double *spins, const double *fields, const double *thresholds,
                 size_t neurons);

#endif
