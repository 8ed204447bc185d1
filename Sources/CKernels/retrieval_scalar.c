// The reference of every retrieval kernel: one row after another, sums in double.

#include "retrieval_levels.h"

#include <math.h>

static double element(const hr_rows *x, size_t j, size_t k) {
  return x->is_double ? hr_double_row(x, j)[k] : (double)hr_row(x, j)[k];
}

static double measure_row(const hr_rows *x, hr_measure measure, const double *known,
                          const double *query, size_t j) {
  double sum = 0;
  for (size_t k = 0; k < x->dimension; k++) {
    double a = element(x, j, k), b = query[k];
    double term = measure == HR_DOT ? a * b
                  : measure == HR_SQUARED_DISTANCE ? (a - b) * (a - b)
                                                   : fabs(a - b);
    sum += known[k] * term;
  }
  return sum;
}

static void measures(const hr_rows *x, hr_measure measure, const double *known,
                     const double *queries, size_t query_stride, size_t count, size_t from,
                     size_t to, double *out, size_t out_stride) {
  for (size_t q = 0; q < count; q++)
    for (size_t j = from; j < to; j++)
      out[q * out_stride + j - from] =
          measure_row(x, measure, known, queries + q * query_stride, j);
}

static void measures_some(const hr_rows *x, hr_measure measure, const double *known,
                          const double *query, const uint32_t *indices, size_t count,
                          double *out) {
  for (size_t i = 0; i < count; i++) out[i] = measure_row(x, measure, known, query, indices[i]);
}

static void combine(const hr_rows *x, const double *weights, size_t from, size_t to, double *sum) {
  for (size_t j = from; j < to; j++)
    for (size_t k = 0; k < x->dimension; k++) sum[k] += weights[j - from] * element(x, j, k);
}

static void combine_some(const hr_rows *x, const uint32_t *indices, const double *weights,
                         size_t count, double *sum) {
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < x->dimension; k++) sum[k] += weights[i] * element(x, indices[i], k);
}

static double score(const hr_memories *m, const hr_queries *q, size_t i, size_t j) {
  double dot = m->bias ? (double)m->bias[j] : 0;
  const float *query = q->rows + i * q->stride;
  for (size_t k = 0; k < m->keys.dimension; k++) dot += (double)hr_row(&m->keys, j)[k] * query[k];
  double z = (double)q->factors[i] * dot;
  return m->mask ? z + HR_LOG2E * m->mask[i * m->mask_stride + j] : z;
}

static void retrieve(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                     const hr_partials *out, void *scratch) {
  (void)scratch;
  for (size_t i = 0; i < q->count; i++) {
    double maximum = HR_NOTHING, sum = 0, *vector = out->vectors + i * m->values.stride;
    for (size_t k = 0; k < m->values.stride; k++) vector[k] = 0;
    for (size_t j = from; j < to; j++) {
      double z = score(m, q, i, j);
      if (z > maximum) {
        double shrink = exp2(maximum - ceil(z));
        maximum = ceil(z);
        sum *= shrink;
        for (size_t k = 0; k < m->values.dimension; k++) vector[k] *= shrink;
      }
      double p = z - maximum < HR_FLUSH ? 0 : exp2(z - maximum);
      sum += p;
      for (size_t k = 0; p > 0 && k < m->values.dimension; k++)
        vector[k] += p * hr_row(&m->values, j)[k];
    }
    out->maximum[i] = maximum;
    out->sum[i] = sum;
  }
}

static size_t candidates(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                         const hr_lists *lists, void *scratch) {
  (void)scratch;
  for (size_t j = from; j < to; j++) {
    for (size_t i = 0; i < q->count; i++)
      if (lists->counts[i] == lists->capacity) return j;
    for (size_t i = 0; i < q->count; i++) {
      float z = (float)score(m, q, i, j);
      if (z > lists->maximum[i]) lists->maximum[i] = z;
      if (!(z >= lists->maximum[i] - lists->margin)) continue;
      size_t place = i * lists->capacity + lists->counts[i]++;
      lists->indices[place] = (uint32_t)j;
      lists->scores[place] = z;
    }
  }
  return to;
}

static void exponentials(const float *x, size_t count, float *out) {
  for (size_t i = 0; i < count; i++) out[i] = x[i] < HR_FLUSH ? 0 : (float)exp2((double)x[i]);
}

static void excess(const float *scores, size_t count, float threshold, float scale,
                   unsigned power, double sums[2]) {
  sums[0] = sums[1] = 0;
  for (size_t i = 0; i < count; i++) {
    double t = ((double)scores[i] - threshold) * scale;
    if (t <= 0) continue;
    double below = pow(t, power - 1);
    sums[0] += below;
    sums[1] += below * t;
  }
}

const hr_kernels hr_scalar_kernels = {
    .measures = measures,
    .measures_some = measures_some,
    .combine = combine,
    .combine_some = combine_some,
    .retrieve = retrieve,
    .candidates = candidates,
    .exp2 = exponentials,
    .excess = excess,
};
