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
// and includes this one inside its `#pragma clang attribute push`. Many queries go through
// retrieval_many.h: a lane is a query, an element of a memory is broadcast, nothing is summed
// across lanes. Few go through retrieval_few.h: lanes lie along the memory, and the pass is bound
// by the memory's bandwidth.

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

#include "retrieval_double.h"
#include "retrieval_many.h"
#include "retrieval_few.h"
#include "retrieval_candidates.h"

static void retrieve(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                     const hr_partials *out, void *scratch) {
  for (size_t i = 0; i < q->count; i++) {
    out->sum[i] = 0;
    memset(out->vectors + i * m->values.stride, 0, m->values.stride * sizeof(double));
  }
  if (q->count <= FEW) retrieve_few(m, q, from, to, out, scratch);
  else retrieve_many(m, q, from, to, out, scratch);
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

static void excess(const float *scores, size_t count, float threshold, float scale,
                   unsigned power, double sums[2]) {
  enum { RUN = 64 * WIDTH };  // scores between two flushes into double
  sums[0] = sums[1] = 0;
  for (size_t from = 0; from < count; from += RUN) {
    size_t end = from + RUN < count ? from + RUN : count;
    vf lower = (vf)0, upper = (vf)0;
    for (size_t i = from; i < end; i += WIDTH) {
      float lanes[WIDTH];
      const float *place = scores + i;
      if (end - i < WIDTH) {
        for (size_t k = 0; k < WIDTH; k++) lanes[k] = k < end - i ? place[k] : threshold;
        place = lanes;
      }
      vf t = (load(place) - (vf)threshold) * (vf)scale;
      vf below = either(t > (vf)0, (vf)1, (vf)0);
      t = larger(t, (vf)0);
      for (unsigned k = 1; k < power; k++) below *= t;
      lower += below;
      upper += below * t;
    }
    sums[0] += (double)sum_of(lower);
    sums[1] += (double)sum_of(upper);
  }
}

#define HR_KERNELS                                                                        \
  {                                                                                       \
    .measures = measures, .measures_some = measures_some, .combine = combine,             \
    .combine_some = combine_some, .retrieve = retrieve, .candidates = candidates,         \
    .exp2 = exponentials, .excess = excess,                                               \
  }
