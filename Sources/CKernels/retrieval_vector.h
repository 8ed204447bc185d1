// The retrieval kernels over vectors of WIDTH floats. Each level's file defines
//
//   WIDTH        floats of a vector
//   GROUP        vectors of queries that share a pass (GROUP * WIDTH lanes, at most 64)
//   ROWS         memories whose scores a group computes at once (ROWS * GROUP accumulators)
//   QUERIES, SPAN   queries and vectors of a value summed at once (QUERIES * SPAN accumulators)
//   TILE         memories of a tile, a multiple of ROWS, at most 128
//   FEW          up to this many queries go one by one
//   BITS(mask)   one bit for each lane of a comparison
//
// and includes this one inside its `#pragma clang attribute push`. Many queries go through `group_*`: a
// lane is a query, a memory's element is broadcast, and nothing is summed across lanes. Few queries
// go through `few_*`: lanes lie along the memory, and the pass is bound by the memory's bandwidth.

#include "retrieval_levels.h"

#include <math.h>
#include <string.h>

#define LANES (GROUP * WIDTH)
#define AHEAD 4096 // bytes that a pass over memories asks for in advance
#define BLOCK 512  // memories between two flushes of float sums into double
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

typedef float vf __attribute__((ext_vector_type(WIDTH)));
typedef int32_t vi __attribute__((ext_vector_type(WIDTH)));
typedef float half_vf __attribute__((ext_vector_type(WIDTH / 2)));
typedef double vd __attribute__((ext_vector_type(WIDTH / 2)));

INLINE vf load(const float *p) {
  vf v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE void store(float *p, vf v) { memcpy(p, &v, sizeof v); }
INLINE vd load_doubles(const double *p) {
  vd v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE void store_doubles(double *p, vd v) { memcpy(p, &v, sizeof v); }
INLINE vd widen(const float *p) {
  half_vf v;
  memcpy(&v, p, sizeof v);
  return __builtin_convertvector(v, vd);
}
INLINE vf either(vi mask, vf a, vf b) { return (vf)((mask & (vi)a) | (~mask & (vi)b)); }
INLINE vf larger(vf a, vf b) { return either(a > b, a, b); }
INLINE vf fused(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }
INLINE vd fused_doubles(vd a, vd b, vd c) { return __builtin_elementwise_fma(a, b, c); }

/// The sum of the lanes, halves added to halves.
INLINE float sum_of(vf v) {
  typedef float v4 __attribute__((ext_vector_type(4)));
#if WIDTH == 16
  typedef float v8 __attribute__((ext_vector_type(8)));
  v8 eight = v.lo + v.hi;
  v4 four = eight.lo + eight.hi;
#elif WIDTH == 8
  v4 four = v.lo + v.hi;
#else
  v4 four = v;
#endif
  return (four.x + four.z) + (four.y + four.w);
}

INLINE double sum_of_doubles(vd v) {
#if WIDTH == 16
  typedef double v4 __attribute__((ext_vector_type(4)));
  v4 four = v.lo + v.hi;
  return (four.x + four.z) + (four.y + four.w);
#elif WIDTH == 8
  return (v.x + v.z) + (v.y + v.w);
#else
  return v.x + v.y;
#endif
}

/// 2^x for x <= 0, zero below HR_FLUSH. Nearest integer n, then 2^(x - n) by a polynomial of degree
/// 6 with relative error 2e-9 on [-1/2, 1/2], so that rounding sets the error (below 1 ulp).
INLINE vf exp2_of(vf x) {
  vi kept = x >= (vf)HR_FLUSH;
  vf clamped = either(kept, x, (vf)HR_FLUSH);
  vf n = __builtin_elementwise_roundeven(clamped), f = clamped - n;
  vf p = (vf)0.00015353361886753097f;
  p = fused(p, f, (vf)0.0013398874422313571f);
  p = fused(p, f, (vf)0.0096184373578271191f);
  p = fused(p, f, (vf)0.055503324710999891f);
  p = fused(p, f, (vf)0.24022647913626471f);
  p = fused(p, f, (vf)0.69314720285508247f);
  p = fused(p, f, (vf)1.0f);
  vi bits = (vi)p + (__builtin_convertvector(n, vi) << 23);
  return (vf)(bits & kept);
}

// MARK: In double

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

// MARK: Many queries: a lane is a query

/// Scratch memory, cut up.
typedef struct {
  float *packed;   // for each group: packed[k * LANES + lane] = factor * query[k]
  float *scores;   // TILE * LANES
  float *sums;     // LANES values of the padded dimension
  float *weights;  // LANES: the sums of weights
  float *factors;  // a lane's factor, for all groups
  float *maxima;   // a lane's maximum, for all groups
} workspace;

static workspace cut(void *scratch, const hr_memories *m, size_t queries) {
  size_t lanes = (queries + LANES - 1) / LANES * LANES;
  workspace w;
  w.packed = scratch;
  w.scores = w.packed + lanes * hr_padded(m->keys.dimension);
  w.sums = w.scores + TILE * LANES;
  w.weights = w.sums + LANES * hr_padded(m->values.dimension);
  w.factors = w.weights + LANES;
  w.maxima = w.factors + lanes;
  return w;
}

static void pack(const workspace *w, const hr_memories *m, const hr_queries *q) {
  size_t d = m->keys.dimension;
  for (size_t first = 0; first < q->count; first += LANES) {
    float *packed = w->packed + first * d;
    // A few coordinates of all lanes at a time stay in cache.
    for (size_t start = 0; start < d; start += 16)
      for (size_t lane = 0; lane < LANES; lane++) {
        size_t i = first + lane, end = start + 16 < d ? start + 16 : d;
        float factor = i < q->count ? q->factors[i] : 0;
        const float *query = q->rows + (i < q->count ? i : 0) * q->stride;
        w->factors[i] = factor;
        for (size_t k = start; k < end; k++) packed[k * LANES + lane] = factor * query[k];
      }
  }
}

/// Adds x_j . query over coordinates [k, end) to the scores of `rows` rows (sets them where k is 0).
INLINE void group_scores(const float *x, size_t stride, size_t k, size_t end, const float *packed,
                         float *scores, const int rows) {
  vf sums[ROWS][GROUP];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++)
      sums[r][v] = k ? load(scores + r * LANES + v * WIDTH) : (vf)0;
  for (; k < end; k++) {
    vf query[GROUP];
    UNROLL for (int v = 0; v < GROUP; v++) query[v] = load(packed + k * LANES + v * WIDTH);
    UNROLL for (int r = 0; r < rows; r++) {
      vf memory = (vf)x[(size_t)r * stride + k];
      UNROLL for (int v = 0; v < GROUP; v++) sums[r][v] = fused(memory, query[v], sums[r][v]);
    }
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++) store(scores + r * LANES + v * WIDTH, sums[r][v]);
}

/// The scores of rows [from, from + rows) and the group's queries, at most TILE rows.
static void score_tile(const hr_memories *m, const hr_queries *q, const workspace *w, size_t first,
                       size_t from, size_t rows) {
  const hr_rows *keys = &m->keys;
  size_t d = keys->dimension;
  const float *packed = w->packed + first * d;
  for (size_t k = 0; k < d; k += 512) {
    size_t end = k + 512 < d ? k + 512 : d, r = 0;
    for (; r + ROWS <= rows; r += ROWS)
      group_scores(hr_row(keys, from + r), keys->stride, k, end, packed, w->scores + r * LANES,
                   ROWS);
    for (; r < rows; r++)
      group_scores(hr_row(keys, from + r), keys->stride, k, end, packed, w->scores + r * LANES, 1);
  }
  if (m->bias)
    for (size_t r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < GROUP; v++) {
        float *place = w->scores + r * LANES + v * WIDTH;
        vf factor = load(w->factors + first + v * WIDTH);
        store(place, fused(factor, (vf)m->bias[from + r], load(place)));
      }
  if (m->mask)
    for (size_t lane = 0; lane < LANES && first + lane < q->count; lane++) {
      const float *mask = m->mask + (first + lane) * m->mask_stride + from;
      for (size_t r = 0; r < rows; r++)
        w->scores[r * LANES + lane] += (float)HR_LOG2E * mask[r];
    }
}

/// The largest score of each lane in the tile, from `start` on.
INLINE void tile_maxima(const float *scores, size_t rows, vf maxima[GROUP]) {
  for (size_t r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++)
      maxima[v] = larger(load(scores + r * LANES + v * WIDTH), maxima[v]);
}

static void shrink(float *sums, size_t d, float factor, const hr_partials *out, size_t query,
                   size_t stride) {
  for (size_t k = 0; k < d; k++) sums[k] *= factor;
  double *vector = out->vectors + query * stride;
  for (size_t k = 0; k < d; k++) vector[k] *= (double)factor;
  out->sum[query] *= (double)factor;
}

/// Raises the lanes' maxima to whole numbers that the tile's scores do not pass, and shrinks what was
/// summed under the old ones: by powers of two, which round nothing.
static void raise_maxima(const hr_memories *m, const hr_queries *q, const workspace *w,
                         size_t first, size_t rows, const hr_partials *out) {
  float before[LANES];
  float *now = w->maxima + first;
  memcpy(before, now, sizeof before);
  vf maxima[GROUP];
  UNROLL for (int v = 0; v < GROUP; v++) maxima[v] = load(now + v * WIDTH);
  tile_maxima(w->scores, rows, maxima);
  UNROLL for (int v = 0; v < GROUP; v++)
    store(now + v * WIDTH, __builtin_elementwise_ceil(maxima[v]));
  if (memcmp(before, now, sizeof before) == 0) return;
  size_t d = hr_padded(m->values.dimension);
  for (size_t lane = 0; lane < LANES && first + lane < q->count; lane++) {
    if (now[lane] == before[lane]) continue;
    float difference = before[lane] - now[lane];
    float factor = difference < -126 ? 0 : __builtin_exp2f(difference);
    w->weights[lane] *= factor;
    shrink(w->sums + lane * d, d, factor, out, first + lane, m->values.stride);
  }
}

/// Turns the tile's scores into weights and adds them up, lane by lane. Returns the number of weights
/// that are not negligible.
static size_t weigh_tile(const hr_memories *m, const hr_queries *q, const workspace *w,
                         size_t first, size_t from, size_t rows) {
  size_t count = 0;
  vf maxima[GROUP], sums[GROUP];
  UNROLL for (int v = 0; v < GROUP; v++) {
    maxima[v] = load(w->maxima + first + v * WIDTH);
    sums[v] = load(w->weights + v * WIDTH);
  }
  for (size_t r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++) {
      float *place = w->scores + r * LANES + v * WIDTH;
      vf weight = exp2_of(load(place) - maxima[v]);
      store(place, weight);
      uint32_t bits = m->precise < 1 ? BITS(weight > (vf)m->precise) : 0;
      if (bits) {
        for (; bits; bits &= bits - 1) {
          size_t lane = (size_t)__builtin_ctz(bits), query = first + (size_t)v * WIDTH + lane;
          place[lane] = precise_weight(m, q, query, from + r, w->maxima[query]);
        }
        weight = load(place);
      }
      sums[v] += weight;
      count += (size_t)__builtin_popcount(BITS(weight > (vf)m->negligible));
    }
  UNROLL for (int v = 0; v < GROUP; v++) store(w->weights + v * WIDTH, sums[v]);
  return count;
}

/// sums[query][k...] += sum over rows of weight * value, for QUERIES queries and `span` vectors.
INLINE void group_sums(const float *values, size_t stride, size_t rows, const float *weights,
                       float *sums, size_t d, const int span) {
  vf total[QUERIES][SPAN];
  UNROLL for (int i = 0; i < QUERIES; i++)
    UNROLL for (int v = 0; v < span; v++) total[i][v] = load(sums + (size_t)i * d + v * WIDTH);
  for (size_t r = 0; r < rows; r++) {
    vf value[SPAN];
    UNROLL for (int v = 0; v < span; v++) value[v] = load(values + r * stride + v * WIDTH);
    UNROLL for (int i = 0; i < QUERIES; i++) {
      vf weight = (vf)weights[r * LANES + i];
      UNROLL for (int v = 0; v < span; v++) total[i][v] = fused(weight, value[v], total[i][v]);
    }
  }
  UNROLL for (int i = 0; i < QUERIES; i++)
    UNROLL for (int v = 0; v < span; v++) store(sums + (size_t)i * d + v * WIDTH, total[i][v]);
}

static void sum_tile(const hr_memories *m, const workspace *w, size_t from, size_t rows,
                     size_t lanes) {
  const hr_rows *values = &m->values;
  size_t d = hr_padded(values->dimension), k = 0;
  for (; k + SPAN * WIDTH <= d; k += SPAN * WIDTH)
    for (size_t i = 0; i < lanes; i += QUERIES)
      group_sums(hr_row(values, from) + k, values->stride, rows, w->scores + i,
                 w->sums + i * d + k, d, SPAN);
  for (; k < d; k += WIDTH)
    for (size_t i = 0; i < lanes; i += QUERIES)
      group_sums(hr_row(values, from) + k, values->stride, rows, w->scores + i,
                 w->sums + i * d + k, d, 1);
}

/// The same where few weights are not negligible, one by one. The others stay in the sums of weights:
/// what is left out of the vectors is less than `negligible` a memory.
static void sum_few(const hr_memories *m, const workspace *w, size_t from, size_t rows) {
  size_t d = hr_padded(m->values.dimension);
  for (size_t r = 0; r < rows; r++)
    for (size_t v = 0; v < GROUP; v++) {
      const float *weights = w->scores + r * LANES + v * WIDTH;
      uint32_t bits = BITS(load(weights) > (vf)m->negligible);
      for (; bits; bits &= bits - 1) {
        size_t lane = (size_t)__builtin_ctz(bits);
        const float *value = hr_row(&m->values, from + r);
        float *sums = w->sums + (v * WIDTH + lane) * d;
        for (size_t k = 0; k < d; k += WIDTH)
          store(sums + k, fused((vf)weights[lane], load(value + k), load(sums + k)));
      }
    }
}

static void flush_sums(const hr_memories *m, const hr_queries *q, const workspace *w, size_t first,
                       const hr_partials *out) {
  size_t d = hr_padded(m->values.dimension);
  for (size_t lane = 0; lane < LANES && first + lane < q->count; lane++) {
    float *sums = w->sums + lane * d;
    double *vector = out->vectors + (first + lane) * m->values.stride;
    for (size_t k = 0; k < d; k += WIDTH / 2)
      store_doubles(vector + k, load_doubles(vector + k) + widen(sums + k));
    out->sum[first + lane] += (double)w->weights[lane];
  }
}

static void retrieve_many(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                          const hr_partials *out, void *scratch) {
  workspace w = cut(scratch, m, q->count);
  pack(&w, m, q);
  size_t lanes = (q->count + LANES - 1) / LANES * LANES;
  // Lanes without a query get no weight.
  for (size_t i = 0; i < lanes; i++) w.maxima[i] = i < q->count ? HR_NOTHING : -HR_NOTHING;
  for (size_t block = from; block < to; block += BLOCK) {
    size_t end = block + BLOCK < to ? block + BLOCK : to;
    for (size_t first = 0; first < q->count; first += LANES) {
      memset(w.sums, 0, LANES * hr_padded(m->values.dimension) * sizeof(float));
      memset(w.weights, 0, LANES * sizeof(float));
      size_t left = q->count - first;
      size_t used = left < LANES ? (left + QUERIES - 1) / QUERIES * QUERIES : LANES;
      for (size_t tile = block; tile < end; tile += TILE) {
        size_t rows = tile + TILE < end ? TILE : end - tile;
        score_tile(m, q, &w, first, tile, rows);
        raise_maxima(m, q, &w, first, rows, out);
        size_t heavy = weigh_tile(m, q, &w, first, tile, rows);
        if (heavy * 5 < rows * used) sum_few(m, &w, tile, rows);
        else sum_tile(m, &w, tile, rows, used);
      }
      flush_sums(m, q, &w, first, out);
    }
  }
  for (size_t i = 0; i < q->count; i++) out->maximum[i] = (double)w.maxima[i];
}

// MARK: Few queries: lanes lie along the memory

/// The dot products of `rows` rows from x on, at most 4, with one query.
INLINE void few_dots(const float *x, size_t stride, size_t d, const float *query, float *out,
                     const int rows) {
  vf sums[4];
  UNROLL for (int r = 0; r < rows; r++) sums[r] = (vf)0;
  for (size_t k = 0; k < d; k += WIDTH) {
    vf element = load(query + k);
    UNROLL for (int r = 0; r < rows; r++) {
      // The pass waits for memory: ask for the rows after the next ones early.
      const float *place = x + (size_t)r * stride + k;
      __builtin_prefetch((const char *)place + AHEAD);
      sums[r] = fused(load(place), element, sums[r]);
    }
  }
  UNROLL for (int r = 0; r < rows; r++) out[r] = sum_of(sums[r]);
}

/// The scores of one query and rows [from, from + rows), at most TILE; minus infinity behind them up
/// to a whole vector.
static void few_scores(const hr_memories *m, const hr_queries *q, size_t i, size_t from,
                       size_t rows, float *scores) {
  const hr_rows *keys = &m->keys;
  size_t d = hr_padded(keys->dimension), r = 0;
  const float *query = q->rows + i * q->stride;
  for (; r + 4 <= rows; r += 4)
    few_dots(hr_row(keys, from + r), keys->stride, d, query, scores + r, 4);
  for (; r < rows; r++) few_dots(hr_row(keys, from + r), keys->stride, d, query, scores + r, 1);
  for (; r % WIDTH; r++) scores[r] = -__builtin_inff();
  if (m->bias)
    for (r = 0; r < rows; r++) scores[r] += m->bias[from + r];
  if (q->factors[i] != 0)
    for (r = 0; r < rows; r += WIDTH) store(scores + r, load(scores + r) * q->factors[i]);
  else
    for (r = 0; r < rows; r++) scores[r] = 0;
  if (m->mask) {
    const float *mask = m->mask + i * m->mask_stride + from;
    for (r = 0; r < rows; r++) scores[r] += (float)HR_LOG2E * mask[r];
  }
}

INLINE float largest(const float *scores, size_t rows) {
  vf maxima = (vf)HR_NOTHING;
  for (size_t r = 0; r < rows; r += WIDTH) maxima = larger(load(scores + r), maxima);
  float result = HR_NOTHING;
  UNROLL for (int i = 0; i < WIDTH; i++) result = maxima[i] > result ? maxima[i] : result;
  return result;
}

/// sums[k...] += sum over rows of weight * value, `span` vectors of it.
INLINE void few_sums(const float *values, size_t stride, size_t rows, const float *weights,
                     float *sums, const int span) {
  vf total[8];
  UNROLL for (int v = 0; v < span; v++) total[v] = load(sums + v * WIDTH);
  for (size_t r = 0; r < rows; r++) {
    if (weights[r] == 0) continue;
    UNROLL for (int v = 0; v < span; v++)
      total[v] = fused((vf)weights[r], load(values + r * stride + v * WIDTH), total[v]);
  }
  UNROLL for (int v = 0; v < span; v++) store(sums + v * WIDTH, total[v]);
}

/// The rows of a tile whose keys and values fit the first cache, more or less.
static size_t few_rows(const hr_memories *m) {
  size_t rows = 6144 / hr_padded(m->keys.dimension) / WIDTH * WIDTH;
  return rows < WIDTH ? WIDTH : rows > TILE ? TILE / WIDTH * WIDTH : rows;
}

static void few_tile(const hr_memories *m, const hr_queries *q, size_t i, size_t from, size_t rows,
                     float *scores, float *sums, float *maximum, float *total,
                     const hr_partials *out) {
  const hr_rows *values = &m->values;
  size_t d = hr_padded(values->dimension), k = 0;
  few_scores(m, q, i, from, rows, scores);
  float most = __builtin_ceilf(largest(scores, rows));
  if (most > *maximum) {
    float difference = *maximum - most;
    float factor = difference < -126 ? 0 : __builtin_exp2f(difference);
    *total *= factor;
    shrink(sums, d, factor, out, i, values->stride);
    *maximum = most;
  }
  vf weights = (vf)0;
  for (size_t r = 0; r < rows; r += WIDTH) {
    vf weight = exp2_of(load(scores + r) - (vf)*maximum);
    store(scores + r, weight);
    uint32_t bits = m->precise < 1 ? BITS(weight > (vf)m->precise) : 0;
    if (bits) {
      for (; bits; bits &= bits - 1) {
        size_t row = r + (size_t)__builtin_ctz(bits);
        scores[row] = precise_weight(m, q, i, from + row, *maximum);
      }
      weight = load(scores + r);
    }
    weights += weight;
  }
  *total += sum_of(weights);
  const float *value = hr_row(values, from);
  for (; k + 8 * WIDTH <= d; k += 8 * WIDTH)
    few_sums(value + k, values->stride, rows, scores, sums + k, 8);
  for (; k < d; k += WIDTH) few_sums(value + k, values->stride, rows, scores, sums + k, 1);
}

static void retrieve_few(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                         const hr_partials *out, void *scratch) {
  size_t d = hr_padded(m->values.dimension), tile_rows = few_rows(m);
  float *scores = scratch, *sums = scores + 128, maximum[FEW], total[FEW];
  for (size_t i = 0; i < q->count; i++) maximum[i] = HR_NOTHING;
  for (size_t block = from; block < to; block += BLOCK) {
    size_t end = block + BLOCK < to ? block + BLOCK : to;
    memset(sums, 0, q->count * d * sizeof(float));
    memset(total, 0, sizeof total);
    for (size_t tile = block; tile < end; tile += tile_rows) {
      size_t rows = tile + tile_rows < end ? tile_rows : end - tile;
      for (size_t i = 0; i < q->count; i++)
        few_tile(m, q, i, tile, rows, scores, sums + i * d, maximum + i, total + i, out);
    }
    for (size_t i = 0; i < q->count; i++) {
      double *vector = out->vectors + i * m->values.stride;
      for (size_t k = 0; k < d; k++) vector[k] += (double)sums[i * d + k];
      out->sum[i] += (double)total[i];
    }
  }
  for (size_t i = 0; i < q->count; i++) out->maximum[i] = (double)maximum[i];
}

static void retrieve(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                     const hr_partials *out, void *scratch) {
  for (size_t i = 0; i < q->count; i++) {
    out->sum[i] = 0;
    memset(out->vectors + i * m->values.stride, 0, m->values.stride * sizeof(double));
  }
  if (q->count <= FEW) retrieve_few(m, q, from, to, out, scratch);
  else retrieve_many(m, q, from, to, out, scratch);
}

// MARK: Candidates

static void append(const hr_lists *lists, size_t query, size_t row, float score) {
  size_t place = query * lists->capacity + lists->counts[query]++;
  lists->indices[place] = (uint32_t)row;
  lists->scores[place] = score;
}

static bool has_room(const hr_lists *lists, size_t queries, size_t rows) {
  for (size_t i = 0; i < queries; i++)
    if (lists->counts[i] + rows > lists->capacity) return false;
  return true;
}

static void list_group(const workspace *w, size_t first, size_t from, size_t rows,
                       const hr_lists *lists) {
  vf maxima[GROUP], least[GROUP];
  UNROLL for (int v = 0; v < GROUP; v++) maxima[v] = load(w->maxima + first + v * WIDTH);
  tile_maxima(w->scores, rows, maxima);
  UNROLL for (int v = 0; v < GROUP; v++) {
    store(w->maxima + first + v * WIDTH, maxima[v]);
    least[v] = maxima[v] - (vf)lists->margin;
  }
  for (size_t r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++) {
      const float *place = w->scores + r * LANES + v * WIDTH;
      for (uint32_t bits = BITS(load(place) >= least[v]); bits; bits &= bits - 1) {
        size_t lane = (size_t)__builtin_ctz(bits);
        append(lists, first + (size_t)v * WIDTH + lane, from + r, place[lane]);
      }
    }
}

static size_t candidates_many(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                              const hr_lists *lists, void *scratch) {
  workspace w = cut(scratch, m, q->count);
  pack(&w, m, q);
  size_t lanes = (q->count + LANES - 1) / LANES * LANES, tile = from;
  for (size_t i = 0; i < lanes; i++) w.maxima[i] = i < q->count ? lists->maximum[i] : -HR_NOTHING;
  for (; tile < to; tile += TILE) {
    size_t rows = tile + TILE < to ? TILE : to - tile;
    if (!has_room(lists, q->count, rows)) break;
    for (size_t first = 0; first < q->count; first += LANES) {
      score_tile(m, q, &w, first, tile, rows);
      list_group(&w, first, tile, rows, lists);
    }
  }
  for (size_t i = 0; i < q->count; i++) lists->maximum[i] = w.maxima[i];
  return tile < to ? tile : to;
}

static size_t candidates_few(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                             const hr_lists *lists, void *scratch) {
  size_t tile_rows = few_rows(m), tile = from;
  float *scores = scratch;
  for (; tile < to; tile += tile_rows) {
    size_t rows = tile + tile_rows < to ? tile_rows : to - tile;
    if (!has_room(lists, q->count, rows)) break;
    for (size_t i = 0; i < q->count; i++) {
      few_scores(m, q, i, tile, rows, scores);
      float most = largest(scores, rows);
      if (most > lists->maximum[i]) lists->maximum[i] = most;
      float least = lists->maximum[i] - lists->margin;
      for (size_t r = 0; r < rows; r += WIDTH)
        for (uint32_t bits = BITS(load(scores + r) >= (vf)least); bits; bits &= bits - 1) {
          size_t row = r + (size_t)__builtin_ctz(bits);
          if (row < rows) append(lists, i, tile + row, scores[row]);
        }
    }
  }
  return tile < to ? tile : to;
}

static size_t candidates(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                         const hr_lists *lists, void *scratch) {
  return q->count <= FEW ? candidates_few(m, q, from, to, lists, scratch)
                         : candidates_many(m, q, from, to, lists, scratch);
}

static void exponentials(const float *x, size_t count, float *out) {
  for (size_t i = 0; i < count; i += WIDTH) {
    float lanes[WIDTH] = {0};
    size_t used = count - i < WIDTH ? count - i : WIDTH;
    memcpy(lanes, x + i, used * sizeof(float));
    store(lanes, exp2_of(load(lanes)));
    memcpy(out + i, lanes, used * sizeof(float));
  }
}

#define HR_KERNELS                                                                        \
  {                                                                                       \
    .measures = measures, .measures_some = measures_some, .combine = combine,             \
    .combine_some = combine_some, .retrieve = retrieve, .candidates = candidates,         \
    .exp2 = exponentials,                                                                 \
  }
