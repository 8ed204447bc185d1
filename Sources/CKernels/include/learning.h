// Kernels of learning rules: what one pattern, or all of them in turn, do to rows of couplings.
//
// Sums are of integers, or of floats element by element: every level computes the same.

#ifndef CKERNELS_LEARNING_H
#define CKERNELS_LEARNING_H

#include "CKernels.h"

/// sums[j] = sum_mu weights[mu] xi_i^mu xi_j^mu for i = neuron and every neuron j. `weights` has
/// 16 * groups entries, 0 in empty slots; `values` is room for as many.
void hc_weighted_gram(const hk_patterns *p, const double *weights, size_t neuron, double *values,
                      double *sums);
/// row[j] <- min(bound, max(-bound, row[j] + xi_i xi_j)) for i = neuron and each pattern in turn;
/// `spins` has `count` rows of `neurons` spins, -1 and 1. bound < INT16_MAX.
void hc_bounded_row(const int16_t *spins, size_t count, size_t neurons, size_t neuron,
                    int16_t bound, int16_t *row);
/// rows[i][j] += factor s_i s_j for the rows from ..< to, but for i = j; sizes[i] = sum_j |w_ij|.
/// `spins` are -1 and 1.
void hc_add_outer(float *rows, size_t neurons, const float *spins, float factor, size_t from,
                  size_t to, double *sizes);

#endif
