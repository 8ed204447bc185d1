// Chooses the retrieval kernels by the level in use.

#include "CKernels.h"
#include "retrieval_levels.h"

static const hr_kernels *kernels(void) {
  switch (hk_level_in_use()) {
#if defined(__x86_64__)
    case HK_AVX2: return &hr_avx2_kernels;
    case HK_AVX512: return &hr_avx512_kernels;
#elif defined(__aarch64__)
    case HK_NEON: return &hr_neon_kernels;
#endif
    default: return &hr_scalar_kernels;
  }
}

void hr_measures(const hr_rows *x, hr_measure measure, const double *known, const double *queries,
                 size_t query_stride, size_t count, size_t from, size_t to, double *out,
                 size_t out_stride) {
  kernels()->measures(x, measure, known, queries, query_stride, count, from, to, out, out_stride);
}

void hr_measures_some(const hr_rows *x, hr_measure measure, const double *known,
                      const double *query, const uint32_t *indices, size_t count, double *out) {
  kernels()->measures_some(x, measure, known, query, indices, count, out);
}

void hr_combine(const hr_rows *x, const double *weights, size_t from, size_t to, double *sum) {
  kernels()->combine(x, weights, from, to, sum);
}

void hr_combine_some(const hr_rows *x, const uint32_t *indices, const double *weights, size_t count,
                     double *sum) {
  kernels()->combine_some(x, indices, weights, count, sum);
}

void hr_retrieve(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                 const hr_partials *out, void *scratch) {
  kernels()->retrieve(m, q, from, to, out, scratch);
}

size_t hr_candidates(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                     const hr_lists *lists, void *scratch) {
  return kernels()->candidates(m, q, from, to, lists, scratch);
}

float hr_threshold(const hr_cut *cut, const float *scores, size_t count, float bound) {
  const double rounding = 0x1p-12;  // more than the sums' can be
  for (int step = 0; step < 12; step++) {
    double sums[2];
    kernels()->excess(scores, count, bound, cut->scale, cut->power, sums);
    double above = sums[1] * (1 - rounding) - 1;
    if (!(above > 0)) break;
    double rise = above / (cut->power * sums[0] * (1 + rounding));
    bound += (float)(rise / cut->scale);
    if (rise < 0x1p-10) break;
  }
  return bound;
}

void hr_prune(const hr_lists *lists, size_t queries, const hr_cut *cut) {
  for (size_t q = 0; q < queries; q++) {
    uint32_t *indices = lists->indices + q * lists->capacity;
    float *scores = lists->scores + q * lists->capacity;
    float least = lists->maximum[q] - lists->margin;
    if (cut) {
      float raised = hr_threshold(cut, scores, lists->counts[q], least) - cut->slack;
      if (raised > least) {
        lists->maximum[q] = raised + lists->margin;
        least = lists->maximum[q] - lists->margin;
      }
    }
    size_t kept = 0;
    for (size_t i = 0; i < lists->counts[q]; i++) {
      float score = scores[i];
      indices[kept] = indices[i];
      scores[kept] = score;
      kept += score >= least;
    }
    lists->counts[q] = kept;
  }
}

void hr_exp2(const float *x, size_t count, float *out) { kernels()->exp2(x, count, out); }

size_t hr_scratch_size(const hr_memories *m, size_t queries) {
  // See retrieval_vector.h: packed queries, a tile of scores, sums of one group.
  size_t lanes = 64, packed = (queries + 2 * lanes) * hr_padded(m->keys.dimension);
  size_t sums = lanes * hr_padded(m->values.dimension);
  return (packed + 128 * lanes + sums + 8 * lanes + 8 * (queries + lanes)) * sizeof(float) + 1024;
}
