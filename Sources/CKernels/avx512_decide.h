// From sums to fields to spins, a block at a time in registers; inlined into steps and sweeps.

#ifndef HK_AVX512_DECIDE_H
#define HK_AVX512_DECIDE_H

#include "avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

/// An int32 for each neuron of a block.
typedef struct {
  __m512i low, high;
} hk512_pair;

static inline hk512_pair hk512_load(const int32_t *from) {
  return (hk512_pair){_mm512_loadu_si512(from), _mm512_loadu_si512(from + 16)};
}

/// A block's fields from its sums, the digits `apart` elements from each other, modulo 2^32.
static inline __attribute__((always_inline)) hk512_pair hk512_narrow(
    const hk_patterns *p, const hk_plan *plan, size_t block, const int32_t *sums, size_t apart) {
  hk512_pair sum = hk512_load(sums + (plan->digits - 1) * apart);
  for (size_t d = plan->digits - 1; d-- > 0;) {
    hk512_pair digit = hk512_load(sums + d * apart);
    sum.low = _mm512_add_epi32(_mm512_slli_epi32(sum.low, HK_DIGIT_BITS), digit.low);
    sum.high = _mm512_add_epi32(_mm512_slli_epi32(sum.high, HK_DIGIT_BITS), digit.high);
  }
  sum.low = _mm512_slli_epi32(sum.low, (unsigned)plan->halvings);
  sum.high = _mm512_slli_epi32(sum.high, (unsigned)plan->halvings);
  for (size_t e = 0; e < plan->exceptions; e++) {
    size_t slot = plan->exception_slot[e];
    __m512i tile = _mm512_load_si512(hk_block(p, block) + slot / HK_SLOTS * HK_LANES);
    __mmask32 up = _mm512_test_epi16_mask(tile, _mm512_set1_epi16((short)(1 << slot % HK_SLOTS)));
    __m512i overlap = _mm512_set1_epi32(plan->exception_overlap[e]);
    sum.low = _mm512_mask_add_epi32(sum.low, (__mmask16)up, sum.low, overlap);
    sum.high = _mm512_mask_add_epi32(sum.high, (__mmask16)(up >> 16), sum.high, overlap);
  }
  __m512i total = _mm512_set1_epi32((int32_t)plan->total);
  return (hk512_pair){_mm512_sub_epi32(_mm512_slli_epi32(sum.low, 1), total),
                      _mm512_sub_epi32(_mm512_slli_epi32(sum.high, 1), total)};
}

/// Eight lanes in double, as hk_decide does it: bit set where h > 0, or spin kept at +1.
static inline __mmask8 hk512_decide_doubles(const hk_rule *rule, __m256i local, size_t neuron,
                                            __mmask8 lanes, __mmask8 spins) {
  __m512d threshold = _mm512_setzero_pd();
  if (rule->thresholds) threshold = _mm512_maskz_loadu_pd(lanes, rule->thresholds + neuron);
  if (rule->noise)
    threshold = _mm512_add_pd(threshold, _mm512_maskz_loadu_pd(lanes, rule->noise + neuron));
  __m512d h = _mm512_sub_pd(_mm512_cvtepi32_pd(local), threshold);
  __mmask8 above = _mm512_cmp_pd_mask(h, _mm512_setzero_pd(), _CMP_GT_OQ);
  __mmask8 below = _mm512_cmp_pd_mask(h, _mm512_setzero_pd(), _CMP_LT_OQ);
  return (__mmask8)(above | (spins & ~below));
}

static inline __attribute__((always_inline)) __mmask16 hk512_decide_half(
    const hk_rule *rule, __m512i field, size_t neuron, __mmask16 lanes, __mmask16 spins) {
  const __m512i self = _mm512_set1_epi32((int32_t)rule->self);
  if (rule->thresholds || rule->noise) {
    __m512i local = _mm512_add_epi32(field, self);
    local = _mm512_mask_sub_epi32(local, spins, field, self);
    __mmask16 low = hk512_decide_doubles(rule, _mm512_castsi512_si256(local), neuron,
                                         (__mmask8)lanes, (__mmask8)spins);
    __mmask16 high =
        hk512_decide_doubles(rule, _mm512_extracti64x4_epi64(local, 1), neuron + 8,
                             (__mmask8)(lanes >> 8), (__mmask8)(spins >> 8));
    return (__mmask16)(low | high << 8);
  }
  // At +1 stay there unless f - self < 0, that is for f > self - 1; at -1 rise for f + self > 0.
  const __m512i stay = _mm512_set1_epi32((int32_t)rule->self - 1);
  const __m512i rise = _mm512_set1_epi32((int32_t)-rule->self);
  return _mm512_cmpgt_epi32_mask(field, _mm512_mask_mov_epi32(rise, spins, stay));
}

/// The new spins of a block. For fields whose sums with rule->self fit 32 bits.
static inline __attribute__((always_inline)) uint32_t hk512_decide(
    const hk_patterns *p, const hk_rule *rule, size_t block, hk512_pair fields, uint32_t spins) {
  uint32_t lanes = hk512_lanes(p, block);
  size_t neuron = block * HK_LANES;
  uint32_t low = hk512_decide_half(rule, fields.low, neuron, (__mmask16)lanes, (__mmask16)spins);
  uint32_t high = hk512_decide_half(rule, fields.high, neuron + 16, (__mmask16)(lanes >> 16),
                                    (__mmask16)(spins >> 16));
  uint32_t new = (low | high << 16) & lanes;
  if (rule->frozen) {
    uint32_t frozen = hk512_word(rule->frozen, block);
    new = (new & ~frozen) | (spins & frozen);
  }
  return new;
}

/// The smallest spin * field of the lanes given.
static inline __attribute__((always_inline)) int32_t hk512_smallest(hk512_pair fields,
                                                                    uint32_t spins,
                                                                    uint32_t lanes) {
  const __m512i zero = _mm512_setzero_si512(), none = _mm512_set1_epi32(HK_NO_FIELD);
  __m512i low = _mm512_mask_sub_epi32(fields.low, (__mmask16)~spins, zero, fields.low);
  __m512i high = _mm512_mask_sub_epi32(fields.high, (__mmask16)(~spins >> 16), zero, fields.high);
  low = _mm512_mask_mov_epi32(none, (__mmask16)lanes, low);
  high = _mm512_mask_mov_epi32(none, (__mmask16)(lanes >> 16), high);
  return _mm512_reduce_min_epi32(_mm512_min_epi32(low, high));
}

#pragma clang attribute pop
#endif
#endif
