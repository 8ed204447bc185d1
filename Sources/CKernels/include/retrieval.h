// Kernels of the modern Hopfield network: similarities of real vectors, and one fused pass
//
//   xi <- sum_mu v_mu softmax_mu(beta x_mu . xi)         (Ramsauer et al. 2021, eq. 3; attention)
//
// that never holds more scores than a tile of memories has. Rows of memories lie `stride` elements
// apart, a multiple of 16, zero behind their dimension, on 64-byte boundaries; so do rows of
// queries. No kernel allocates. A kernel works on a range of rows; its results depend on the range
// and on the level, never on threads.

#ifndef CKERNELS_RETRIEVAL_H
#define CKERNELS_RETRIEVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HR_PAD 16        // rows are a multiple of this many elements long
#define HR_LOG2E 1.44269504088896340736
#define HR_FLUSH (-64.0f)  // weights below 2^-64 of the largest are zero
#define HR_NOTHING (-0x1p120f)  // the maximum where no row has any weight

/// Rows of real vectors, borrowed.
typedef struct {
  const void *elements;  // float, or double where is_double
  bool is_double;
  size_t stride;         // elements from one row to the next
  size_t dimension;
} hr_rows;

typedef enum { HR_DOT = 0, HR_SQUARED_DISTANCE = 1, HR_MANHATTAN = 2 } hr_measure;

// MARK: In double, over rows of float or of double

/// out[q * out_stride + j - from] = measure of row j and query q, for rows [from, to), over the
/// coordinates where `known` is 1 (it is 1 or 0, of the rows' stride). Queries are double.
void hr_measures(const hr_rows *x, hr_measure measure, const double *known, const double *queries,
                 size_t query_stride, size_t count, size_t from, size_t to, double *out,
                 size_t out_stride);
/// out[i] = measure of the row indices[i] and the query, for `count` indices.
void hr_measures_some(const hr_rows *x, hr_measure measure, const double *known,
                      const double *query, const uint32_t *indices, size_t count, double *out);
/// sum[k] += sum_j weights[j - from] x_j[k] over rows [from, to), zero weights skipped; `sum` is of
/// the rows' stride.
void hr_combine(const hr_rows *x, const double *weights, size_t from, size_t to, double *sum);
/// The same over `count` rows, given by index.
void hr_combine_some(const hr_rows *x, const uint32_t *indices, const double *weights, size_t count,
                     double *sum);

// MARK: In float, accumulated in double

/// What queries of the fused kernels meet. The score of row j and query q, in units of log2, is
///
///   z_jq = factors[q] (key_j . query_q + bias_j) + mask[q * mask_stride + j] log2(e)
typedef struct {
  hr_rows keys;        // float
  hr_rows values;      // float, as many; often the keys themselves
  const float *bias;   // one a row, or NULL
  const float *mask;   // or NULL
  size_t mask_stride;
  float negligible;    // weights up to this, relative to the largest, may be left out of vectors
                       // (not of their sum): their number times this bounds the error
  float precise;       // weights above this, relative to the largest so far, are recomputed from
                       // scores in double (2: none)
} hr_memories;

/// Queries, float.
typedef struct {
  const float *rows;
  size_t stride;
  const float *factors;  // beta log2(e), one a query
  size_t count;
} hr_queries;

/// sum_j 2^(z_j - maximum) and sum_j 2^(z_j - maximum) v_j for each query; they merge.
typedef struct {
  double *maximum;
  double *sum;
  double *vectors;  // of the values' stride
} hr_partials;

/// The bytes of scratch memory (aligned to 64) for hr_retrieve and hr_candidates.
size_t hr_scratch_size(const hr_memories *m, size_t queries);

/// The partial results of rows [from, to); overwrites `out`.
void hr_retrieve(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                 const hr_partials *out, void *scratch);

/// For each query, the rows whose score is at least the largest one met so far less `margin`.
typedef struct {
  float margin;       // in units of log2
  size_t capacity;    // of each query's list
  float *maximum;     // one a query, kept between calls; HR_NOTHING at first
  uint32_t *indices;  // query q's list starts at q * capacity
  float *scores;
  size_t *counts;
} hr_lists;

/// Weights that end at a threshold: sum_j [scale (z_j - t)]+^power >= 1 where they begin.
typedef struct {
  float scale;     // for scores in units of log2
  unsigned power;  // at least 1
  float slack;     // how far below the threshold a row is still listed
} hr_cut;

/// A lower bound of the threshold t of all scores, from `count` of them: Newton's iteration from
/// the left, of a convex and falling function, beginning at a lower bound.
float hr_threshold(const hr_cut *cut, const float *scores, size_t count, float bound);

/// Drops from `queries` lists what is below the margin by now, or, with a cut, below the threshold
/// of what they hold: then the largest score met is taken for a larger one.
void hr_prune(const hr_lists *lists, size_t queries, const hr_cut *cut);

/// Appends to `lists` from rows [from, to) until a list might overflow; returns the first row that
/// was not looked at.
size_t hr_candidates(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                     const hr_lists *lists, void *scratch);

/// 2^x for each of `count` values at most 0, zero below HR_FLUSH: for tests.
void hr_exp2(const float *x, size_t count, float *out);

#endif
