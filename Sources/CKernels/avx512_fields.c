// Fields from sums of table look-ups, which are kept in 16 bits for as many groups as the plan
// allows, then widened.

#include "avx512_sums.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

enum { GROUPS = 1 << 15 };  // groups whose 16-bit sums can't pass 32 bits

// MARK: Sums

static inline __attribute__((always_inline)) void sum_tiles(
    const size_t passes, const size_t tiles, const uint16_t *const *rows, const hk512_pass *pass,
    size_t lane, size_t from, size_t to, hk512_ahead ahead) {
  size_t segment = pass[0].segment;
  if (passes > 1 && pass[1].segment < segment) segment = pass[1].segment;
  for (size_t start = from, end; start < to; start = end) {
    end = (start / segment + 1) * segment;
    if (end > to) end = to;
    __m512i sums[2][TILES];
    sum_segment(sums, passes, tiles, rows, pass, start, end,
                passes == 1 ? HK_INTO_L1 : HK_INTO_L2, ahead);
    for (size_t q = 0; q < passes; q++)
      for (size_t t = 0; t < tiles; t++) {
        int32_t *total = pass[q].sums + lane + t * HK_LANES;
        __m512i low = _mm512_cvtepi16_epi32(_mm512_castsi512_si256(sums[q][t]));
        __m512i high = _mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(sums[q][t], 1));
        if (start > 0) {
          low = _mm512_add_epi32(low, _mm512_loadu_si512(total));
          high = _mm512_add_epi32(high, _mm512_loadu_si512(total + 16));
        }
        _mm512_storeu_si512(total, low);
        _mm512_storeu_si512(total + 16, high);
      }
  }
}

static inline __attribute__((always_inline)) void sum_passes(
    const size_t tiles, const uint16_t *const *rows, const hk512_pass *passes, size_t count,
    size_t lane, size_t from, size_t to, hk512_ahead ahead) {
  size_t q = 0;
  for (; q + 2 <= count; q += 2) sum_tiles(2, tiles, rows, passes + q, lane, from, to, ahead);
  if (q < count) sum_tiles(1, tiles, rows, passes + q, lane, from, to, ahead);
}

void hk512_sum_rows(const uint16_t *const *rows, size_t blocks, const hk512_pass *passes,
                    size_t count, size_t lane, size_t from, size_t to, hk512_ahead ahead) {
  if (blocks == 8) {
    sum_passes(8, rows, passes, count, lane, from, to, ahead);
    return;
  }
  if (blocks & 4) {
    sum_passes(4, rows, passes, count, lane, from, to, ahead);
    rows += 4;
    lane += 4 * HK_LANES;
  }
  if (blocks & 2) {
    sum_passes(2, rows, passes, count, lane, from, to, ahead);
    rows += 2;
    lane += 2 * HK_LANES;
  }
  if (blocks & 1) sum_passes(1, rows, passes, count, lane, from, to, ahead);
}

void hk512_sums(const hk_patterns *p, const hk512_pass *passes, size_t count, size_t block,
                size_t blocks, size_t from, size_t to, hk512_ahead ahead) {
  for (size_t b = 0; b < blocks; b += TILES) {
    size_t tiles = b + TILES < blocks ? TILES : blocks - b;
    const uint16_t *rows[TILES];
    for (size_t t = 0; t < tiles; t++) rows[t] = hk_block(p, block + b + t);
    hk512_sum_rows(rows, tiles, passes, count, b * HK_LANES, from, to, ahead);
  }
}

void hk512_passes(const hk_plan *plan, size_t blocks, int32_t *sums, hk512_pass *passes) {
  for (size_t d = 0; d < plan->digits; d++)
    passes[d] = (hk512_pass){.tables = plan->tables + d * plan->groups * HK_TABLE,
                             .segment = plan->segment[d],
                             .sums = sums + d * blocks * HK_LANES};
}

hk512_ahead hk512_ahead_of(const hk_patterns *p, size_t tiles) {
  size_t ahead = AHEAD / tiles < p->groups ? AHEAD / tiles : p->groups;
  return (hk512_ahead){.until = p->groups - ahead,
                       .near = (ptrdiff_t)(ahead * HK_LANES),
                       .beyond = ((ptrdiff_t)(tiles * p->stride) + (ptrdiff_t)ahead -
                                  (ptrdiff_t)p->groups) * HK_LANES};
}

void hk512_sum_few(const hk_patterns *p, const hk512_pass *passes, size_t count, size_t block,
                   size_t blocks) {
  for (size_t b = 0; b < blocks; b += TILES) {
    size_t tiles = b + TILES < blocks ? TILES : blocks - b;
    hk512_pass here[HK_DIGITS];
    for (size_t q = 0; q < count; q++) {
      here[q] = passes[q];
      here[q].sums += b * HK_LANES;
    }
    hk512_sums(p, here, count, block + b, tiles, 0, p->groups, hk512_ahead_of(p, TILES));
  }
}

// MARK: Fields

/// Fields of one block where 32 bits don't hold them.
static void wide_fields(const hk_patterns *p, const hk_plan *plan, size_t block, int64_t *fields) {
  for (size_t lane = 0; lane < HK_LANES; lane++) fields[lane] = 0;
  for (size_t from = 0; from < p->groups; from += GROUPS) {
    int32_t sums[HK_LANES];
    for (size_t d = 0; d < plan->digits; d++) {
      memset(sums, 0, sizeof sums);
      hk512_pass pass = {plan->tables + d * plan->groups * HK_TABLE, plan->segment[d], sums};
      size_t to = from + GROUPS < p->groups ? from + GROUPS : p->groups;
      hk512_sums(p, &pass, 1, block, 1, from, to, (hk512_ahead){0, 0, 0});
      for (size_t lane = 0; lane < HK_LANES; lane++)
        fields[lane] +=
            (int64_t)sums[lane] * ((int64_t)1 << (HK_DIGIT_BITS * d + (size_t)plan->halvings));
    }
  }
  for (size_t e = 0; e < plan->exceptions; e++) {
    size_t slot = plan->exception_slot[e];
    const uint16_t *tile = hk_block(p, block) + slot / HK_SLOTS * HK_LANES;
    for (size_t lane = 0; lane < HK_LANES; lane++)
      if ((tile[lane] >> slot % HK_SLOTS) & 1) fields[lane] += plan->exception_overlap[e];
  }
  for (size_t lane = 0; lane < HK_LANES; lane++) fields[lane] = 2 * fields[lane] - plan->total;
}

static inline void widen(__m512i narrow, __mmask16 lanes, int64_t *fields) {
  __m512i low = _mm512_cvtepi32_epi64(_mm512_castsi512_si256(narrow));
  __m512i high = _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(narrow, 1));
  _mm512_storeu_si512(fields, _mm512_maskz_mov_epi64((__mmask8)lanes, low));
  _mm512_storeu_si512(fields + 8, _mm512_maskz_mov_epi64((__mmask8)(lanes >> 8), high));
}

void hk512_fields(const hk_patterns *p, const hk_plan *plan, size_t from, size_t to,
                  int64_t *fields) {
  _Alignas(64) int32_t sums[HK_DIGITS * SUPER * HK_LANES];
  hk512_pass passes[HK_DIGITS];
  hk512_passes(plan, SUPER, sums, passes);
  for (size_t super = from; super < to; super += SUPER) {
    size_t blocks = super + SUPER < to ? SUPER : to - super;
    if (!plan->wide) hk512_sum_few(p, passes, plan->digits, super, blocks);
    for (size_t b = 0; b < blocks; b++, fields += HK_LANES) {
      uint32_t lanes = hk512_lanes(p, super + b);
      if (plan->wide) {
        wide_fields(p, plan, super + b, fields);
        for (size_t lane = 0; lane < HK_LANES; lane++)
          if (!(lanes >> lane & 1)) fields[lane] = 0;
      } else {
        hk512_pair pair =
            hk512_narrow(p, plan, super + b, sums + b * HK_LANES, SUPER * HK_LANES);
        widen(pair.low, (__mmask16)lanes, fields);
        widen(pair.high, (__mmask16)(lanes >> 16), fields + 16);
      }
    }
  }
}

#pragma clang attribute pop
#endif
