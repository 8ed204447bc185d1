// Couplings between neurons: population counts of the XOR of their patterns. With BITALG the
// hardware counts the bits of a lane; without, half-bytes are looked up.

#include "avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>

enum { ROWS = 4 };  // neurons that share a load of the tiles

/// The neurons' words of 16 patterns, a tile apart; missing ones repeat the first.
static void find_rows(const hk_patterns *p, const uint32_t *neurons, size_t count,
                      const uint16_t **rows) {
  for (size_t r = 0; r < ROWS; r++) {
    size_t i = neurons[r < count ? r : 0];
    rows[r] = hk_block(p, i / HK_LANES) + i % HK_LANES;
  }
}

// MARK: With BITALG

#pragma clang attribute push(                                                                  \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bitalg"))), apply_to = function)

static inline __attribute__((always_inline)) void count_with_bitalg(
    const size_t count, const uint16_t *tiles, size_t groups, const uint16_t *const *rows,
    int32_t (*differing)[HK_LANES]) {
  enum { RUN = 4095 };  // groups whose counts fit 16 bits
  for (size_t from = 0; from < groups; from += RUN) {
    size_t to = from + RUN < groups ? from + RUN : groups;
    __m512i counts[ROWS];
    for (size_t r = 0; r < count; r++) counts[r] = _mm512_setzero_si512();
    for (size_t group = from; group < to; group++) {
      __m512i tile = _mm512_load_si512(tiles + group * HK_LANES);
#pragma clang loop unroll(full)
      for (size_t r = 0; r < count; r++) {
        __m512i row = _mm512_set1_epi16((short)rows[r][group * HK_LANES]);
        __m512i differs = _mm512_popcnt_epi16(_mm512_xor_si512(tile, row));
        counts[r] = _mm512_add_epi16(counts[r], differs);
      }
    }
    for (size_t r = 0; r < count; r++) {
      __m512i low = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(counts[r]));
      __m512i high = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(counts[r], 1));
      if (from > 0) {
        low = _mm512_add_epi32(low, _mm512_loadu_si512(differing[r]));
        high = _mm512_add_epi32(high, _mm512_loadu_si512(differing[r] + 16));
      }
      _mm512_storeu_si512(differing[r], low);
      _mm512_storeu_si512(differing[r] + 16, high);
    }
  }
}

static void differing_with_bitalg(const hk_patterns *p, size_t block, const uint32_t *neurons,
                                  size_t count, int32_t (*differing)[HK_LANES]) {
  const uint16_t *rows[ROWS], *tiles = hk_block(p, block);
  find_rows(p, neurons, count, rows);
  switch (count) {
    case 1: count_with_bitalg(1, tiles, p->groups, rows, differing); break;
    case 2: count_with_bitalg(2, tiles, p->groups, rows, differing); break;
    case 3: count_with_bitalg(3, tiles, p->groups, rows, differing); break;
    default: count_with_bitalg(4, tiles, p->groups, rows, differing);
  }
}

#pragma clang attribute pop

// MARK: Without

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

static inline __attribute__((always_inline)) void count_by_half_bytes(
    const size_t count, const uint16_t *tiles, size_t groups, const uint16_t *const *rows,
    int32_t (*differing)[HK_LANES]) {
  enum { RUN = 31 };  // groups whose counts fit a byte
  const __m512i bits = _mm512_broadcast_i32x4(
      _mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
  const __m512i half = _mm512_set1_epi8(15), byte = _mm512_set1_epi16(255);
  __m512i low[ROWS], high[ROWS];
  for (size_t r = 0; r < count; r++) low[r] = high[r] = _mm512_setzero_si512();
  for (size_t from = 0; from < groups; from += RUN) {
    size_t to = from + RUN < groups ? from + RUN : groups;
    __m512i counts[ROWS];
    for (size_t r = 0; r < count; r++) counts[r] = _mm512_setzero_si512();
    for (size_t group = from; group < to; group++) {
      __m512i tile = _mm512_load_si512(tiles + group * HK_LANES);
#pragma clang loop unroll(full)
      for (size_t r = 0; r < count; r++) {
        __m512i row = _mm512_set1_epi16((short)rows[r][group * HK_LANES]);
        __m512i differs = _mm512_xor_si512(tile, row);
        __m512i lower = _mm512_and_si512(differs, half);
        __m512i upper = _mm512_and_si512(_mm512_srli_epi16(differs, 4), half);
        counts[r] = _mm512_add_epi8(counts[r], _mm512_shuffle_epi8(bits, lower));
        counts[r] = _mm512_add_epi8(counts[r], _mm512_shuffle_epi8(bits, upper));
      }
    }
    for (size_t r = 0; r < count; r++) {
      __m512i lanes = _mm512_add_epi16(_mm512_and_si512(counts[r], byte),
                                       _mm512_srli_epi16(counts[r], 8));
      low[r] = _mm512_add_epi32(low[r], _mm512_cvtepu16_epi32(_mm512_castsi512_si256(lanes)));
      high[r] = _mm512_add_epi32(
          high[r], _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(lanes, 1)));
    }
  }
  for (size_t r = 0; r < count; r++) {
    _mm512_storeu_si512(differing[r], low[r]);
    _mm512_storeu_si512(differing[r] + 16, high[r]);
  }
}

void hk512_differing(const hk_patterns *p, size_t block, const uint32_t *neurons, size_t count,
                     int32_t (*differing)[HK_LANES]) {
  if (__builtin_cpu_supports("avx512bitalg")) {
    differing_with_bitalg(p, block, neurons, count, differing);
    return;
  }
  const uint16_t *rows[ROWS];
  find_rows(p, neurons, count, rows);
  if (count == 1) count_by_half_bytes(1, hk_block(p, block), p->groups, rows, differing);
  else if (count == 2) count_by_half_bytes(2, hk_block(p, block), p->groups, rows, differing);
  else {
    int32_t all[ROWS][HK_LANES];
    count_by_half_bytes(ROWS, hk_block(p, block), p->groups, rows, all);
    for (size_t r = 0; r < count; r++)
      for (size_t lane = 0; lane < HK_LANES; lane++) differing[r][lane] = all[r][lane];
  }
}

void hk512_gram(const hk_patterns *p, size_t neuron, size_t from, size_t to, int32_t *gram) {
  const __m512i count = _mm512_set1_epi32((int32_t)p->count);
  uint32_t j = (uint32_t)neuron;
  for (size_t block = from; block < to; block++, gram += HK_LANES) {
    int32_t differing[1][HK_LANES];
    hk512_differing(p, block, &j, 1, differing);
    uint32_t lanes = hk512_lanes(p, block);
    for (size_t half = 0; half < HK_LANES; half += 16) {
      __m512i twice = _mm512_slli_epi32(_mm512_loadu_si512(differing[0] + half), 1);
      _mm512_storeu_si512(gram + half, _mm512_maskz_sub_epi32((__mmask16)(lanes >> half), count,
                                                              twice));
    }
  }
}

#pragma clang attribute pop
#endif
