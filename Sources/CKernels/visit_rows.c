// Visits of Hebb's network in any order, from rows of bits.
//
// A tile has 32 neurons side by side: in their order that is what memory likes, but a single neuron's bits
// lie in as many cache lines as there are groups. A row has them together.

#include "dense_levels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { TOGETHER = 4 };  // rows that share a load of the overlaps

/// The sums of M over the set bits of one row, or of TOGETHER of them.
typedef void row_sums(const hk_patterns *p, const uint16_t *const *rows, size_t count,
                      const int32_t *overlaps, int64_t *sums);
/// Moves the overlaps by a flip to `spin`; returns the sum of all of them.
typedef int64_t row_flip(const hk_patterns *p, const uint16_t *row, int spin, int32_t *overlaps);

static void sum_set(const hk_patterns *p, const uint16_t *const *rows, size_t count,
                    const int32_t *overlaps, int64_t *sums) {
  for (size_t k = 0; k < count; k++) {
    sums[k] = 0;
    for (size_t g = 0; g < p->groups; g++)
      for (size_t b = 0; b < HK_SLOTS; b++)
        sums[k] += (rows[k][g] >> b) & 1 ? overlaps[g * HK_SLOTS + b] : 0;
  }
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

static inline __attribute__((always_inline)) void sum_rows(const hk_patterns *p,
                                                           const uint16_t *const *rows,
                                                           const size_t count,
                                                           const int32_t *overlaps,
                                                           int64_t *total) {
  for (size_t k = 0; k < count; k++) total[k] = 0;
  for (size_t g = 0, end; g < p->groups; g = end) {
    end = p->groups - g < run_of(p->neurons) ? p->groups : g + run_of(p->neurons);
    // Four sums in all, so that none waits for itself.
    enum { SUMS = 4 };
    const size_t each = SUMS / count;
    __m512i sums[TOGETHER][SUMS];
    for (size_t k = 0; k < count; k++)
      for (size_t j = 0; j < each; j++) sums[k][j] = _mm512_setzero_si512();
    for (; g + each <= end; g += each)
      for (size_t j = 0; j < each; j++) {
        __m512i overlap = _mm512_loadu_si512(overlaps + (g + j) * HK_SLOTS);
        for (size_t k = 0; k < count; k++)
          sums[k][j] = _mm512_mask_add_epi32(sums[k][j], rows[k][g + j], sums[k][j], overlap);
      }
    for (; g < end; g++)
      for (size_t k = 0; k < count; k++)
        sums[k][0] = _mm512_mask_add_epi32(sums[k][0], rows[k][g], sums[k][0],
                                           _mm512_loadu_si512(overlaps + g * HK_SLOTS));
    for (size_t k = 0; k < count; k++)
      for (size_t j = 0; j < each; j++) total[k] += add_wide(sums[k][j]);
  }
}

static void sum_set_512(const hk_patterns *p, const uint16_t *const *rows, size_t count,
                        const int32_t *overlaps, int64_t *sums) {
  if (count == TOGETHER) sum_rows(p, rows, TOGETHER, overlaps, sums);
  else sum_rows(p, rows, 1, overlaps, sums);
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

/// Rows come from anywhere in memory: one that will be visited soon is called for.
static void fetch(const hk_patterns *p, const uint16_t *row) {
  for (size_t g = 0; g < p->groups; g += 32) __builtin_prefetch(row + g);
}

size_t hk_visit_rows(const hk_patterns *p, const uint16_t *rows, const hk_rule *rule,
                     const uint32_t *order, size_t visits, uint64_t *state, int32_t *overlaps) {
  row_sums *sum = sum_set;
  row_flip *move = flip;
#if defined(__x86_64__)
  if (hk_level_in_use() == HK_AVX512) {
    sum = sum_set_512;
    move = flip_512;
  }
#endif
  size_t flips = 0, some = 1;
  int64_t total = 0;
  for (size_t slot = 0; slot < p->groups * HK_SLOTS; slot++) total += overlaps[slot];
  for (size_t visit = 0; visit < visits;) {
    if (visits - visit < some) some = 1;
    const uint16_t *here[TOGETHER];
    int64_t sums[TOGETHER];
    for (size_t k = 0; k < some; k++) {
      here[k] = hd_row(p, rows, order[visit + k]);
      size_t coming = visit + some + 1 + k;
      if (coming < visits) fetch(p, hd_row(p, rows, order[coming]));
    }
    sum(p, here, some, overlaps, sums);
    bool flipped = false;
    for (size_t k = 0; k < some && !flipped; k++, visit++) {
      size_t i = order[visit];
      if (hk_frozen(rule, i)) continue;
      int spin = hk_spin(state, i);
      int new = hk_decide(rule, 2 * sums[k] - total, spin, i, visit);
      if (new == spin) continue;
      state[i / 64] ^= (uint64_t)1 << (i % 64);
      total = move(p, here[k], new, overlaps);
      flips++;
      flipped = true;
    }
    // A flip outdates the sums of the rows behind it: where neurons flip often, one goes by itself.
    some = flipped ? 1 : TOGETHER;
  }
  return flips;
}
