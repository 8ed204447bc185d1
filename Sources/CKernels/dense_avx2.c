// The dense kernels with AVX2: four slots a register.

#include "dense_x86.h"

#if defined(__x86_64__)

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

#include "dense_count.h"

enum { FOURS = HD_LANES / 4 };

static inline double join(const __m256d *sums) {
  double lanes[HD_LANES];
  for (size_t k = 0; k < FOURS; k++) _mm256_storeu_pd(lanes + 4 * k, sums[k]);
  return hd_join(lanes);
}

/// All ones in the lanes whose bit is set: bits 4 q ... 4 q + 3.
static inline __m256d mask(uint16_t bits, size_t q) {
  const __m256i lanes = _mm256_set_epi64x(8, 4, 2, 1);
  __m256i own = _mm256_and_si256(_mm256_set1_epi64x(bits >> (4 * q)), lanes);
  return _mm256_castsi256_pd(_mm256_cmpeq_epi64(own, lanes));
}

static double sum(const uint16_t *row, const double *values, size_t groups) {
  __m256d sums[FOURS];
  for (size_t k = 0; k < FOURS; k++) sums[k] = _mm256_setzero_pd();
  size_t group = 0;
  for (; group + 2 <= groups; group += 2, values += 2 * HK_SLOTS)
    for (size_t k = 0; k < FOURS; k++) {
      __m256d set = mask(row[group + k / 4], k % 4);
      sums[k] = _mm256_add_pd(sums[k], _mm256_and_pd(set, _mm256_loadu_pd(values + 4 * k)));
    }
  if (group < groups)
    for (size_t k = 0; k < 4; k++) {
      __m256d set = mask(row[group], k);
      sums[k] = _mm256_add_pd(sums[k], _mm256_and_pd(set, _mm256_loadu_pd(values + 4 * k)));
    }
  return join(sums);
}

static void values(const hk_patterns *p, const hd_table *x, const uint16_t *row, int spin,
                   int32_t *overlaps, hd_values *v) {
  __m256d slopes[FOURS], bends[FOURS], magnitudes[FOURS];
  for (size_t k = 0; k < FOURS; k++)
    slopes[k] = bends[k] = magnitudes[k] = _mm256_setzero_pd();
  const __m256d sign = _mm256_set1_pd(-0.0);
  const __m128i first = _mm_set1_epi32(x->first + 1), last = _mm_set1_epi32((int)x->count - 1);
  const __m128i up = _mm_set1_epi32(2 * spin), lanes = _mm_set_epi32(8, 4, 2, 1);
  for (size_t slot = 0; slot < p->groups * HK_SLOTS; slot += 4) {
    size_t group = slot / HK_SLOTS, q = slot % HK_SLOTS / 4, k = slot % HD_LANES / 4;
    __m128i overlap = _mm_loadu_si128((const __m128i *)(overlaps + slot));
    if (row) {
      __m128i bits = _mm_and_si128(_mm_set1_epi32(row[group] >> (4 * q)), lanes);
      __m128i down = _mm_cmpeq_epi32(bits, _mm_setzero_si128());
      __m128i moved = _mm_sub_epi32(_mm_xor_si128(up, down), down);
      __m128i active = _mm_and_si128(_mm_set1_epi32(p->active[group] >> (4 * q)), lanes);
      overlap = _mm_add_epi32(overlap, _mm_and_si128(moved, _mm_cmpeq_epi32(active, lanes)));
      _mm_storeu_si128((__m128i *)(overlaps + slot), overlap);
    }
    __m128i entry = _mm_srai_epi32(_mm_sub_epi32(overlap, first), 1);
    __m128i next = _mm_sub_epi32(entry, _mm_set1_epi32(-1));
    entry = _mm_min_epi32(_mm_max_epi32(entry, _mm_setzero_si128()), last);
    next = _mm_min_epi32(_mm_max_epi32(next, _mm_setzero_si128()), last);
    __m256d set = mask(p->active[group], q);
    __m256d below = _mm256_i32gather_pd(x->steps, entry, 8);
    __m256d above = _mm256_i32gather_pd(x->steps, next, 8);
    __m256d slope = _mm256_and_pd(set, _mm256_add_pd(above, below));
    __m256d bend = _mm256_and_pd(set, _mm256_sub_pd(below, above));
    _mm256_storeu_pd(v->values + slot, slope);
    slopes[k] = _mm256_add_pd(slopes[k], slope);
    bends[k] = _mm256_add_pd(bends[k], bend);
    magnitudes[k] = _mm256_add_pd(
        magnitudes[k],
        _mm256_add_pd(_mm256_andnot_pd(sign, slope), _mm256_andnot_pd(sign, bend)));
  }
  v->slopes = join(slopes);
  v->bends = join(bends);
  v->magnitude = join(magnitudes);
}

static void overlaps(const hk_patterns *p, const uint16_t *rows, const uint64_t *state,
                     size_t from, size_t to, int32_t *overlaps) {
  hd_count(p, rows, state, from, to, overlaps);
}

const hd_kernels hd_avx2_kernels = {.sum = sum, .values = values, .rows = hd_transpose,
                                    .overlaps = overlaps};

#pragma clang attribute pop

#endif
