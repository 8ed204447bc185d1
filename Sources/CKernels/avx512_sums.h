// The inner loop of fields and steps. Table look-up: a lane's 16 bits choose from three tables of
// subset sums (of 6, 5 and 5 overlaps), so that 3 permutes, 3 additions and 2 shifts serve 512
// neuron-patterns.

#ifndef HK_AVX512_SUMS_H
#define HK_AVX512_SUMS_H

#include "avx512_decide.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

enum {
  TILES = 8,   // blocks that share a load of the tables
  SUPER = 32,  // blocks whose sums are kept
  AHEAD = 64,  // tiles to prefetch ahead: 4 KB
};

/// How near tiles are fetched ahead of their use.
typedef enum { HK_STAY, HK_INTO_L2, HK_INTO_L1 } hk512_prefetch;

/// Sums of groups [start, end), a segment at most, for a few blocks, whose tiles are at `rows`.
/// `passes` and `tiles` are constants at every call, so that the accumulators live in registers.
static inline __attribute__((always_inline)) void sum_segment(
    __m512i (*sums)[TILES], const size_t passes, const size_t tiles, const uint16_t *const *rows,
    const hk512_pass *pass, size_t start, size_t end, const hk512_prefetch prefetch,
    hk512_ahead ahead) {
  for (size_t q = 0; q < passes; q++)
    for (size_t t = 0; t < tiles; t++) sums[q][t] = _mm512_setzero_si512();
  for (size_t group = start; group < end; group++) {
    __m512i table[2][4];
    for (size_t q = 0; q < passes; q++)
      for (size_t k = 0; k < 4; k++)
        table[q][k] = _mm512_load_si512(pass[q].tables + group * HK_TABLE + k * 32);
    ptrdiff_t next = group < ahead.until ? ahead.near : ahead.beyond;
#pragma clang loop unroll(full)
    for (size_t t = 0; t < tiles; t++) {
      const uint16_t *tile = rows[t] + group * HK_LANES;
      if (prefetch == HK_INTO_L1) _mm_prefetch((const char *)(tile + next), _MM_HINT_T0);
      else if (prefetch == HK_INTO_L2) _mm_prefetch((const char *)(tile + next), _MM_HINT_T1);
      __m512i low = _mm512_load_si512(tile);
      __m512i middle = _mm512_srli_epi16(low, 6), high = _mm512_srli_epi16(low, 11);
      for (size_t q = 0; q < passes; q++) {
        // No partial sum passes 16 bits, so that none saturates. These additions stay clear of the
        // permutes' units (Zen 5), where plain ones would crowd in.
        __m512i sum = sums[q][t];
        sum = _mm512_adds_epi16(sum, _mm512_permutex2var_epi16(table[q][0], low, table[q][1]));
        sum = _mm512_adds_epi16(sum, _mm512_permutexvar_epi16(middle, table[q][2]));
        sums[q][t] = _mm512_adds_epi16(sum, _mm512_permutexvar_epi16(high, table[q][3]));
        // Kept from starting on all tiles first, for which there are not enough registers.
        __asm__ volatile("" : "+v"(sums[q][t]) : : "memory");
      }
    }
  }
}

#pragma clang attribute pop
#endif
#endif
