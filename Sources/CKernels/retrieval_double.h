// A part of retrieval_vector.h: measures and weighted sums in double, over rows of either kind.

INLINE vd element(const hr_rows *x, size_t j, size_t k) {
  return x->is_double ? load_doubles(hr_double_row(x, j) + k) : widen(hr_row(x, j) + k);
}

/// The measures of `rows` rows, at most 4, and one query.
INLINE void measure_rows(const hr_rows *x, hr_measure measure, const double *known,
                         const double *query, const size_t *indices, const int rows, double *out) {
  vd sums[4];
  UNROLL for (int r = 0; r < rows; r++) sums[r] = (vd)0;
  for (size_t k = 0; k < hr_padded(x->dimension); k += WIDTH / 2) {
    vd mask = load_doubles(known + k), b = load_doubles(query + k);
    UNROLL for (int r = 0; r < rows; r++) {
      vd a = element(x, indices[r], k);
      vd difference = (a - b) * mask;
      sums[r] = measure == HR_DOT ? fused_doubles(a, b * mask, sums[r])
                : measure == HR_SQUARED_DISTANCE
                    ? fused_doubles(difference, difference, sums[r])
                    : sums[r] + __builtin_elementwise_abs(difference);
    }
  }
  UNROLL for (int r = 0; r < rows; r++) out[r] = sum_of_doubles(sums[r]);
}

/// The measures of rows and one query: those of `indices`, or from `first` on where that is NULL.
INLINE void measure_all(const hr_rows *x, hr_measure measure, const double *known,
                        const double *query, const uint32_t *indices, size_t first, size_t count,
                        double *out) {
  size_t i = 0, next[4];
  for (; i + 4 <= count; i += 4) {
    UNROLL for (size_t r = 0; r < 4; r++) {
      next[r] = indices ? indices[i + r] : first + i + r;
      if (indices && i + r + 8 < count) __builtin_prefetch(hr_row(x, indices[i + r + 8]));
    }
    measure_rows(x, measure, known, query, next, 4, out + i);
  }
  for (; i < count; i++) {
    next[0] = indices ? indices[i] : first + i;
    measure_rows(x, measure, known, query, next, 1, out + i);
  }
}

/// The same, compiled once for each measure and precision.
static void measure_kind(const hr_rows *x, hr_measure measure, const double *known,
                         const double *query, const uint32_t *indices, size_t first, size_t count,
                         double *out) {
  hr_rows single = *x, precise = *x;
  single.is_double = false;
  precise.is_double = true;
#define KIND(MEASURE)                                                                     \
  if (measure == MEASURE) {                                                               \
    if (x->is_double)                                                                     \
      measure_all(&precise, MEASURE, known, query, indices, first, count, out);           \
    else measure_all(&single, MEASURE, known, query, indices, first, count, out);         \
  }
  KIND(HR_DOT)
  KIND(HR_SQUARED_DISTANCE)
  KIND(HR_MANHATTAN)
#undef KIND
}

static void measures(const hr_rows *x, hr_measure measure, const double *known,
                     const double *queries, size_t query_stride, size_t count, size_t from,
                     size_t to, double *out, size_t out_stride) {
  // Rows of a tile stay in cache while all queries meet them.
  for (size_t tile = from; tile < to; tile += 16)
    for (size_t q = 0; q < count; q++)
      measure_kind(x, measure, known, queries + q * query_stride, NULL, tile,
                   to - tile < 16 ? to - tile : 16, out + q * out_stride + (tile - from));
}

static void measures_some(const hr_rows *x, hr_measure measure, const double *known,
                          const double *query, const uint32_t *indices, size_t count,
                          double *out) {
  measure_kind(x, measure, known, query, indices, 0, count, out);
}

INLINE void add_row(const hr_rows *x, size_t j, double weight, double *sum) {
  if (x->is_double)
    for (size_t k = 0; k < hr_padded(x->dimension); k += WIDTH / 2)
      store_doubles(sum + k, fused_doubles((vd)weight, load_doubles(hr_double_row(x, j) + k),
                                           load_doubles(sum + k)));
  else
    for (size_t k = 0; k < hr_padded(x->dimension); k += WIDTH / 2)
      store_doubles(sum + k,
                    fused_doubles((vd)weight, widen(hr_row(x, j) + k), load_doubles(sum + k)));
}

static void combine(const hr_rows *x, const double *weights, size_t from, size_t to, double *sum) {
  for (size_t j = from; j < to; j++)
    if (weights[j - from] != 0) add_row(x, j, weights[j - from], sum);
}

static void combine_some(const hr_rows *x, const uint32_t *indices, const double *weights,
                         size_t count, double *sum) {
  for (size_t i = 0; i < count; i++) {
    if (i + 8 < count) __builtin_prefetch(hr_row(x, indices[i + 8]));
    add_row(x, indices[i], weights[i], sum);
  }
}

/// The weight of row j and query i under `maximum`, from a score in double.
static float precise_weight(const hr_memories *m, const hr_queries *q, size_t i, size_t j,
                            float maximum) {
  const float *key = hr_row(&m->keys, j), *query = q->rows + i * q->stride;
  vd sums = (vd)0;
  for (size_t k = 0; k < hr_padded(m->keys.dimension); k += WIDTH / 2)
    sums = fused_doubles(widen(key + k), widen(query + k), sums);
  double dot = sum_of_doubles(sums) + (m->bias ? (double)m->bias[j] : 0);
  double mask = m->mask ? HR_LOG2E * (double)m->mask[i * m->mask_stride + j] : 0;
  return (float)exp2((double)q->factors[i] * dot + mask - (double)maximum);
}
