#if defined(__x86_64__)

#include "coupled_levels.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)

#include <immintrin.h>

/// Four patterns have 16 signed sums of values, one register: bit b of a lane's number says the sign.
static void tabulate(const float *values, size_t groups, float *tables) {
  __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  __m512i minus[4];
  for (int b = 0; b < 4; b++)
    minus[b] = _mm512_slli_epi32(
        _mm512_andnot_si512(_mm512_srli_epi32(lane, (unsigned)b), _mm512_set1_epi32(1)), 31);
  for (size_t t = 0; t < 4 * groups; t++, values += 4, tables += HK_SLOTS) {
    __m512 sum = _mm512_setzero_ps();
    for (int b = 0; b < 4; b++)
      sum = _mm512_add_ps(
          sum, _mm512_castsi512_ps(_mm512_xor_si512(
                   minus[b], _mm512_castps_si512(_mm512_set1_ps(values[b])))));
    _mm512_storeu_ps(tables, sum);
  }
}

static void block_sums(const uint16_t *tiles, size_t groups, const hl_state *s, float *sums) {
  __m512 low[4], high[4];
  for (int t = 0; t < 4; t++) low[t] = high[t] = _mm512_setzero_ps();
  for (size_t group = 0; group < groups; group++) {
    __m512i all = _mm512_loadu_si512(tiles + group * HK_LANES);
    __m512i first = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(all));
    __m512i second = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(all, 1));
    for (int t = 0; t < 4; t++) {
      __m512 table = _mm512_loadu_ps(s->tables + (4 * group + (size_t)t) * HK_SLOTS);
      __m512i a = _mm512_srli_epi32(first, 4 * (unsigned)t);
      __m512i b = _mm512_srli_epi32(second, 4 * (unsigned)t);
      low[t] = _mm512_add_ps(low[t], _mm512_permutexvar_ps(a, table));
      high[t] = _mm512_add_ps(high[t], _mm512_permutexvar_ps(b, table));
    }
  }
  _mm512_storeu_ps(
      sums, _mm512_add_ps(_mm512_add_ps(low[0], low[1]), _mm512_add_ps(low[2], low[3])));
  _mm512_storeu_ps(sums + HK_SLOTS, _mm512_add_ps(_mm512_add_ps(high[0], high[1]),
                                                  _mm512_add_ps(high[2], high[3])));
}

#define HC_HAS_TABLES
#include "coupled_loops.h"

#pragma clang attribute pop

const hc_loops hc_avx512_loops = HC_LOOPS;

#else
typedef int hc_no_avx512;
#endif
