// Overlaps that follow flips, and single fields: what reads the bits of a few neurons over all patterns.

#include "avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

/// Adds `step` where the bits of each row are 1: rows of some groups, four at a time.
static void add_rows(const uint16_t *const *rows, size_t count, size_t groups, __m512i step,
                     int32_t *overlaps) {
  size_t k = 0;
  for (; k + 4 <= count; k += 4)
    for (size_t group = 0; group < groups; group++) {
      __m512i sum = _mm512_loadu_si512(overlaps + group * HK_SLOTS);
#pragma clang loop unroll(full)
      for (size_t j = 0; j < 4; j++)
        sum = _mm512_mask_add_epi32(sum, rows[k + j][group * HK_LANES], sum, step);
      _mm512_storeu_si512(overlaps + group * HK_SLOTS, sum);
    }
  for (; k < count; k++)
    for (size_t group = 0; group < groups; group++) {
      __m512i sum = _mm512_loadu_si512(overlaps + group * HK_SLOTS);
      sum = _mm512_mask_add_epi32(sum, rows[k][group * HK_LANES], sum, step);
      _mm512_storeu_si512(overlaps + group * HK_SLOTS, sum);
    }
}

void hk512_apply_flips(const hk_patterns *p, const uint64_t *state, const uint32_t *neurons,
                       size_t count, int32_t *overlaps) {
  enum { AT_ONCE = 64, RUN = 128 };  // flips, and groups: 8 KB of each row after the other
  while (count > 0) {
    size_t some = count < AT_ONCE ? count : AT_ONCE, ups = 0, downs = AT_ONCE;
    const uint16_t *rows[AT_ONCE];  // those that went up from the front, the others from the end
    for (size_t k = 0; k < some; k++) {
      size_t i = neurons[k];
      const uint16_t *row = hk_block(p, i / HK_LANES) + i % HK_LANES;
      if (hk_spin(state, i) > 0) rows[ups++] = row;
      else rows[--downs] = row;
    }
    // 2 s xi = -2 s, plus 4 s where xi = +1.
    const __m512i base = _mm512_set1_epi32(2 * (int)(some - ups) - 2 * (int)ups);
    for (size_t from = 0; from < p->groups; from += RUN) {
      size_t groups = from + RUN < p->groups ? RUN : p->groups - from;
      int32_t *here = overlaps + from * HK_SLOTS;
      add_rows(rows, ups, groups, _mm512_set1_epi32(4), here);
      add_rows(rows + downs, AT_ONCE - downs, groups, _mm512_set1_epi32(-4), here);
      for (size_t k = 0; k < AT_ONCE && groups == RUN; k++)
        if (k < ups || k >= downs) rows[k] += RUN * HK_LANES;
      for (size_t group = 0; group < groups; group++, here += HK_SLOTS)
        _mm512_storeu_si512(here, _mm512_maskz_add_epi32(p->active[from + group],
                                                         _mm512_loadu_si512(here), base));
    }
    neurons += some;
    count -= some;
  }
}

void hk512_flip_overlaps(const hk_patterns *p, size_t neuron, int spin, int32_t *overlaps) {
  const uint16_t *row = hk_block(p, neuron / HK_LANES) + neuron % HK_LANES;
  const __m512i up = _mm512_set1_epi32(2 * spin), down = _mm512_set1_epi32(-2 * spin);
  for (size_t group = 0; group < p->groups; group++) {
    __m512i change = _mm512_mask_mov_epi32(down, row[group * HK_LANES], up);
    __m512i overlap = _mm512_loadu_si512(overlaps + group * HK_SLOTS);
    overlap = _mm512_mask_add_epi32(overlap, p->active[group], overlap, change);
    _mm512_storeu_si512(overlaps + group * HK_SLOTS, overlap);
  }
}

void hk512_move_overlaps(const hk_patterns *p, const uint64_t *before, const uint64_t *after,
                         int32_t *overlaps) {
  enum { AT_ONCE = 64 };
  uint32_t moved[2 * AT_ONCE];
  size_t count = 0;
  for (size_t word = 0; word < (p->neurons + 63) / 64; word++) {
    for (uint64_t bits = before[word] ^ after[word]; bits; bits &= bits - 1)
      moved[count++] = (uint32_t)(word * 64 + (size_t)__builtin_ctzll(bits));
    if (count < AT_ONCE) continue;
    hk512_apply_flips(p, after, moved, AT_ONCE, overlaps);
    count -= AT_ONCE;
    memmove(moved, moved + AT_ONCE, count * sizeof *moved);
  }
  hk512_apply_flips(p, after, moved, count, overlaps);
}

int64_t hk512_squares(const hk_patterns *p, const int32_t *before, const int32_t *overlaps,
                      int64_t *drift) {
  return hk_squares_loop(p, before, overlaps, drift);
}

// MARK: One field

int64_t hk512_field(const hk_patterns *p, const int32_t *overlaps, size_t neuron) {
  const uint16_t *row = hk_block(p, neuron / HK_LANES) + neuron % HK_LANES;
  // |M| <= N: so many groups can't pass 32 bits in a lane.
  size_t run = ((size_t)1 << 30) / (p->neurons + 1);
  if (run == 0) run = 1;
  int64_t sum = 0;
  for (size_t from = 0; from < p->groups; from += run) {
    size_t to = from + run < p->groups ? from + run : p->groups;
    __m512i ups = _mm512_setzero_si512(), all = ups;
    for (size_t group = from; group < to; group++) {
      __m512i overlap = _mm512_loadu_si512(overlaps + group * HK_SLOTS);
      ups = _mm512_mask_add_epi32(ups, row[group * HK_LANES], ups, overlap);
      all = _mm512_add_epi32(all, overlap);
    }
    __m512i lanes = _mm512_sub_epi32(_mm512_add_epi32(ups, ups), all);
    __m512i wide = _mm512_add_epi64(
        _mm512_cvtepi32_epi64(_mm512_castsi512_si256(lanes)),
        _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(lanes, 1)));
    sum += _mm512_reduce_add_epi64(wide);
  }
  return sum;
}

#pragma clang attribute pop
#endif
