// Overlaps of many states. In a tile a pattern's bits are spread over 32 lanes; turned, 16 tiles
// become 16 registers with the bits of 512 neurons for a pattern each, which all states share. Then
// three instructions, of which one is the population count, serve 512 neuron-patterns.

#include "avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq"))), \
    apply_to = function)

enum {
  SET = 16,     // blocks whose bits of a pattern fill a register
  SETS = 16,    // sets that are turned together: 16 KB of a group of patterns, which stay in L1
  STATES = 24,  // states that share them: 24 KB
};

/// Some blocks of a group of patterns, and of the states: neuron 32 b + i of a set at bit b of
/// lane i.
typedef struct {
  __m512i patterns[SETS][HK_SLOTS];
  __m512i states[STATES][SETS];
} turned;

/// Turns 16 tiles, of which the first `present` are there: bit k of each goes to register k.
static inline __attribute__((always_inline)) void turn_tiles(const uint16_t *tiles, size_t size,
                                                             size_t present, __m512i *patterns) {
  // A transposition in four exchanges: bit k of a register's number with bit k of the place in a lane.
  static const uint16_t stays[4] = {0x5555, 0x3333, 0x0F0F, 0x00FF};
  __m512i r[SET];
  for (size_t b = 0; b < SET; b++)
    r[b] = b < present ? _mm512_load_si512(tiles + b * size) : _mm512_setzero_si512();
#pragma clang loop unroll(full)
  for (unsigned k = 0; k < 4; k++) {
    const unsigned apart = 1u << k;
    const __m512i stay = _mm512_set1_epi16((short)stays[k]);
#pragma clang loop unroll(full)
    for (size_t b = 0; b < SET; b++) {
      if (b & apart) continue;
      __m512i one = r[b], other = r[b + apart];
      // 0xCA: of the second where the first is 1, else of the third.
      r[b] = _mm512_ternarylogic_epi64(stay, one, _mm512_slli_epi16(other, apart), 0xCA);
      r[b + apart] = _mm512_ternarylogic_epi64(stay, _mm512_srli_epi16(one, apart), other, 0xCA);
    }
  }
  for (size_t b = 0; b < SET; b++) patterns[b] = r[b];
}

static __m512i turn_state(const uint64_t *state, size_t block, size_t present) {
  __m512i bits = _mm512_setzero_si512();
  for (size_t b = 0; b < present; b++)
    bits = _mm512_mask_add_epi16(bits, hk512_word(state, block + b), bits,
                                 _mm512_set1_epi16((short)(1u << b)));
  return bits;
}

/// The sums of the lanes of 16 registers, none of which passes 32 bits.
static inline __attribute__((always_inline)) __m512i add_lanes(const __m512i *r) {
  __m512i pairs[8], quarters[4], halves[2];
  for (size_t k = 0; k < 8; k++)
    pairs[k] = _mm512_or_si512(r[2 * k], _mm512_slli_epi64(r[2 * k + 1], 32));
  for (size_t k = 0; k < 4; k++)
    quarters[k] = _mm512_add_epi32(_mm512_unpacklo_epi64(pairs[2 * k], pairs[2 * k + 1]),
                                   _mm512_unpackhi_epi64(pairs[2 * k], pairs[2 * k + 1]));
  for (size_t k = 0; k < 2; k++)
    halves[k] =
        _mm512_add_epi32(_mm512_shuffle_i64x2(quarters[2 * k], quarters[2 * k + 1], 0x88),
                         _mm512_shuffle_i64x2(quarters[2 * k], quarters[2 * k + 1], 0xDD));
  return _mm512_add_epi32(_mm512_shuffle_i64x2(halves[0], halves[1], 0x88),
                          _mm512_shuffle_i64x2(halves[0], halves[1], 0xDD));
}

/// Adds to `differing` in how many of the neurons a state differs from each pattern of a group.
static inline __attribute__((always_inline)) void count(const turned *turned, size_t state,
                                                        size_t sets, uint32_t *differing) {
  __m512i counts[HK_SLOTS];
  for (size_t k = 0; k < HK_SLOTS; k++) counts[k] = _mm512_setzero_si512();
  for (size_t s = 0; s < sets; s++) {
    __m512i spins = turned->states[state][s];
#pragma clang loop unroll(full)
    for (size_t k = 0; k < HK_SLOTS; k++) {
      __m512i differs = _mm512_xor_si512(turned->patterns[s][k], spins);
      counts[k] = _mm512_add_epi64(counts[k], _mm512_popcnt_epi64(differs));
    }
  }
  __m512i before = _mm512_loadu_si512(differing);
  _mm512_storeu_si512(differing, _mm512_add_epi32(before, add_lanes(counts)));
}

/// Counts some states over blocks [from, to), SET * SETS at the most.
static void count_run(const hk_patterns *p, const uint64_t *const *states, size_t some, size_t from,
                      size_t to, uint32_t *const *differing) {
  turned turned;
  size_t size = p->stride * HK_LANES, sets = (to - from + SET - 1) / SET;
  for (size_t c = 0; c < some; c++)
    for (size_t s = 0; s < sets; s++) {
      size_t block = from + s * SET;
      turned.states[c][s] = turn_state(states[c], block, block + SET <= to ? SET : to - block);
    }
  for (size_t group = 0; group < p->groups; group++) {
    for (size_t s = 0; s < sets; s++) {
      size_t block = from + s * SET;
      const uint16_t *tiles = hk_block(p, block) + group * HK_LANES;
      // Two calls, so that whole sets are compiled without a test for every tile.
      if (block + SET <= to) turn_tiles(tiles, size, SET, turned.patterns[s]);
      else turn_tiles(tiles, size, to - block, turned.patterns[s]);
    }
    for (size_t c = 0; c < some; c++) count(&turned, c, sets, differing[c] + group * HK_SLOTS);
  }
}

#pragma clang attribute pop

void hk512_count_differing_batch(const hk_patterns *p, const uint64_t *const *states, size_t cues,
                                 size_t from, size_t to, uint32_t *const *differing) {
  if (!__builtin_cpu_supports("avx512vpopcntdq")) {
    hk_count_each(hk512_count_differing, p, states, cues, from, to, differing);
    return;
  }
  for (size_t start = from; start < to; start += SET * SETS) {
    size_t end = start + SET * SETS < to ? start + SET * SETS : to;
    for (size_t c = 0; c < cues; c += STATES)
      count_run(p, states + c, c + STATES < cues ? STATES : cues - c, start, end, differing + c);
  }
}
#endif
