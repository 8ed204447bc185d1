// Visits of Hebb's network in any order, from rows of bits.
//
// A tile has 32 neurons side by side: in their order that is what memory likes, but a single neuron's bits
// lie in as many cache lines as there are groups. A row has them together.

#include "dense_levels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/// sum of M over the set bits of a row.
typedef int64_t row_sum(const hk_patterns *p, const uint16_t *row, const int32_t *overlaps);
/// Moves the overlaps by a flip to `spin`; returns the sum of all of them.
typedef int64_t row_flip(const hk_patterns *p, const uint16_t *row, int spin, int32_t *overlaps);

static int64_t sum_set(const hk_patterns *p, const uint16_t *row, const int32_t *overlaps) {
  int64_t sum = 0;
  for (size_t g = 0; g < p->groups; g++)
    for (size_t b = 0; b < HK_SLOTS; b++)
      sum += (row[g] >> b) & 1 ? overlaps[g * HK_SLOTS + b] : 0;
  return sum;
}

static int64_t flip(const hk_patterns *p, const uint16_t *row, int spin, int32_t *overlaps) {
  int64_t sum = 0;
  for (size_t g = 0; g < p->groups; g++)
    for (size_t b = 0; b < HK_SLOTS; b++) {
      int32_t change = (row[g] >> b) & 1 ? 2 * spin : -2 * spin;
      overlaps[g * HK_SLOTS + b] += (p->active[g] >> b) & 1 ? change : 0;
      sum += overlaps[g * HK_SLOTS + b];
    }
  return sum;
}

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

static inline int64_t add_wide(__m512i sums) {
  return _mm512_reduce_add_epi64(
      _mm512_add_epi64(_mm512_cvtepi32_epi64(_mm512_castsi512_si256(sums)),
                       _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(sums, 1))));
}

/// Groups whose overlaps of N neurons lanes of 32 bits can add.
static inline size_t run_of(size_t neurons) { return ((size_t)1 << 31) / (neurons + 1); }

static int64_t sum_set_512(const hk_patterns *p, const uint16_t *row, const int32_t *overlaps) {
  int64_t sum = 0;
  for (size_t g = 0, end; g < p->groups; g = end) {
    end = p->groups - g < run_of(p->neurons) ? p->groups : g + run_of(p->neurons);
    __m512i sums[4];
    for (size_t k = 0; k < 4; k++) sums[k] = _mm512_setzero_si512();
    for (; g + 4 <= end; g += 4)
      for (size_t k = 0; k < 4; k++)
        sums[k] = _mm512_mask_add_epi32(sums[k], row[g + k], sums[k],
                                        _mm512_loadu_si512(overlaps + (g + k) * HK_SLOTS));
    for (; g < end; g++)
      sums[0] = _mm512_mask_add_epi32(sums[0], row[g], sums[0],
                                      _mm512_loadu_si512(overlaps + g * HK_SLOTS));
    for (size_t k = 0; k < 4; k++) sum += add_wide(sums[k]);
  }
  return sum;
}

static int64_t flip_512(const hk_patterns *p, const uint16_t *row, int spin, int32_t *overlaps) {
  const __m512i up = _mm512_set1_epi32(2 * spin), down = _mm512_set1_epi32(-2 * spin);
  int64_t sum = 0;
  for (size_t g = 0, end; g < p->groups; g = end) {
    end = p->groups - g < run_of(p->neurons) ? p->groups : g + run_of(p->neurons);
    __m512i sums = _mm512_setzero_si512();
    for (; g < end; g++) {
      __m512i overlap = _mm512_loadu_si512(overlaps + g * HK_SLOTS);
      overlap = _mm512_mask_add_epi32(overlap, p->active[g], overlap,
                                      _mm512_mask_mov_epi32(down, row[g], up));
      _mm512_storeu_si512(overlaps + g * HK_SLOTS, overlap);
      sums = _mm512_add_epi32(sums, overlap);
    }
    sum += add_wide(sums);
  }
  return sum;
}

#pragma clang attribute pop
#endif

size_t hk_visit_rows(const hk_patterns *p, const uint16_t *rows, const hk_rule *rule,
                     const uint32_t *order, size_t visits, uint64_t *state, int32_t *overlaps) {
  row_sum *sum = sum_set;
  row_flip *move = flip;
#if defined(__x86_64__)
  if (hk_level_in_use() == HK_AVX512) {
    sum = sum_set_512;
    move = flip_512;
  }
#endif
  size_t flips = 0;
  int64_t total = 0;
  for (size_t slot = 0; slot < p->groups * HK_SLOTS; slot++) total += overlaps[slot];
  for (size_t visit = 0; visit < visits; visit++) {
    size_t i = order[visit];
    // Rows come from anywhere in memory: the one after the next is called for now.
    if (visit + 2 < visits) {
      const uint16_t *coming = hd_row(p, rows, order[visit + 2]);
      for (size_t g = 0; g < p->groups; g += 32) __builtin_prefetch(coming + g);
    }
    if (hk_frozen(rule, i)) continue;
    const uint16_t *row = hd_row(p, rows, i);
    int spin = hk_spin(state, i);
    int new = hk_decide(rule, 2 * sum(p, row, overlaps) - total, spin, i, visit);
    if (new == spin) continue;
    state[i / 64] ^= (uint64_t)1 << (i % 64);
    total = move(p, row, new, overlaps);
    flips++;
  }
  return flips;
}
