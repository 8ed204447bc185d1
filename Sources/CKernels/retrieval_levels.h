// One table of retrieval kernels a level, and what all levels share.

#ifndef RETRIEVAL_LEVELS_H
#define RETRIEVAL_LEVELS_H

#include "retrieval.h"


typedef struct {
  void (*measures)(const hr_rows *, hr_measure, const double *, const double *, size_t, size_t,
                   size_t, size_t, double *, size_t);
  void (*measures_some)(const hr_rows *, hr_measure, const double *, const double *,
                        const uint32_t *, size_t, double *);
  void (*combine)(const hr_rows *, const double *, size_t, size_t, double *);
  void (*combine_some)(const hr_rows *, const uint32_t *, const double *, size_t, double *);
  void (*retrieve)(const hr_memories *, const hr_queries *, size_t, size_t, const hr_partials *,
                   void *);
  size_t (*candidates)(const hr_memories *, const hr_queries *, size_t, size_t, const hr_lists *,
                       void *);
  void (*exp2)(const float *, size_t, float *);
  /// Sums of the powers `power` - 1 and `power` of scale (score - threshold), where that is > 0.
  void (*excess)(const float *scores, size_t count, float threshold, float scale, unsigned power,
                 double sums[2]);
} hr_kernels;

extern const hr_kernels hr_scalar_kernels;
#if defined(__x86_64__)
extern const hr_kernels hr_avx2_kernels;
extern const hr_kernels hr_avx512_kernels;
#elif defined(__aarch64__)
extern const hr_kernels hr_neon_kernels;
#endif

static inline const float *hr_row(const hr_rows *x, size_t j) {
  return (const float *)x->elements + j * x->stride;
}

static inline const double *hr_double_row(const hr_rows *x, size_t j) {
  return (const double *)x->elements + j * x->stride;
}

/// The elements of a row that kernels look at: its dimension, and zeros up to a whole vector.
static inline size_t hr_padded(size_t dimension) {
  return (dimension + HR_PAD - 1) / HR_PAD * HR_PAD;
}

#endif
