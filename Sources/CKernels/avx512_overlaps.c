// Overlaps. Counting differing neurons is a positional population count: tiles XORed with the
// state are added with carry-save adders, bit-sliced, two instructions a tile; the 32 lanes are
// added in the same way at the end.

#include "avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

enum {
  GROUPS = 16,           // groups counted together, so that memory is read in runs of 1 KB
  BATCH = 16,            // blocks a tree of adders takes
  AHEAD = 4,             // groups to prefetch ahead
  LEVELS = 16,           // bits of a lane's count: 32768 blocks between reductions
  RUN = BATCH << 11,     // blocks counted before the lanes are added
  SUMS = LEVELS + 5,     // bits of a count over all 32 lanes
};

// MARK: Carry-save adders

/// Adds three bits in every position: the sum stays, the carry is returned.
static inline __attribute__((always_inline)) __m512i add3(__m512i *sum, __m512i b, __m512i c) {
  __m512i carry = _mm512_ternarylogic_epi64(*sum, b, c, 0xE8);
  *sum = _mm512_ternarylogic_epi64(*sum, b, c, 0x96);
  return carry;
}

/// Bit-sliced counts of each group: bit k of every lane's count, and a carry into bit k that waits
/// for the next one (their presence follows from the number of batches alone).
typedef struct {
  __m512i bits[LEVELS][GROUPS], waiting[LEVELS][GROUPS];
} counts;

/// Adds the tiles of `groups` groups of a batch of `present` blocks. Sixteen tiles go into the four
/// lowest bits; their carry of weight 16 meets those of earlier batches in the higher bits.
static inline __attribute__((always_inline)) void add_batch(counts *counts, size_t groups,
                                                            const uint16_t *tiles, size_t size,
                                                            const uint32_t *words,
                                                            const bool whole, size_t present,
                                                            size_t batches) {
  // Spins as masks of lanes, in registers. Lanes beyond N are 0 in the tiles and in the state:
  // they never differ.
  __m512i spins[BATCH];
  for (size_t b = 0; b < BATCH; b++) spins[b] = _mm512_movm_epi16(words[b]);
  for (size_t g = 0; g < groups; g++, tiles += HK_LANES) {
    // Some groups ahead, 4 KB over all blocks, or at the beginning of the next batch.
    size_t next = AHEAD * HK_LANES;
    if (g + AHEAD >= groups) next += BATCH * size - groups * HK_LANES;
    __m512i bits[4], carry2[2], carry4[2], carry8[2];
    for (size_t k = 0; k < 4; k++) bits[k] = counts->bits[k][g];
#pragma clang loop unroll(full)
    for (size_t b = 0; b < BATCH; b += 2) {
      __m512i differing[2];
      for (size_t k = 0; k < 2; k++) {
        const uint16_t *tile = tiles + (b + k) * size;
        differing[k] = _mm512_setzero_si512();
        if (!whole && b + k >= present) continue;
        _mm_prefetch((const char *)(tile + next), _MM_HINT_T0);
        differing[k] = _mm512_xor_si512(_mm512_load_si512(tile), spins[b + k]);
      }
      carry2[b / 2 % 2] = add3(&bits[0], differing[0], differing[1]);
      if (b % 4 == 2) carry4[b / 4 % 2] = add3(&bits[1], carry2[0], carry2[1]);
      if (b % 8 == 6) carry8[b / 8 % 2] = add3(&bits[2], carry4[0], carry4[1]);
    }
    __m512i carry = add3(&bits[3], carry8[0], carry8[1]);
    for (size_t k = 0; k < 4; k++) counts->bits[k][g] = bits[k];
    size_t level = 4;
    for (; (batches >> (level - 4)) & 1; level++)
      carry = add3(&counts->bits[level][g], counts->waiting[level][g], carry);
    counts->waiting[level][g] = carry;
  }
}

// MARK: Adding the lanes

/// Adds neighbouring lanes of two groups (or sets of groups): lanes of `a` to the lower half.
static void fold(__m512i *a, const __m512i *b, size_t levels) {
  const __m512i odd = _mm512_set_epi16(63, 61, 59, 57, 55, 53, 51, 49, 47, 45, 43, 41, 39, 37, 35,
                                       33, 31, 29, 27, 25, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3,
                                       1);
  const __m512i even = _mm512_sub_epi16(odd, _mm512_set1_epi16(1));
  __m512i carry = _mm512_setzero_si512();
  for (size_t k = 0; k < levels; k++) {
    __m512i sum = carry;
    carry = add3(&sum, _mm512_permutex2var_epi16(a[k], even, b[k]),
                 _mm512_permutex2var_epi16(a[k], odd, b[k]));
    a[k] = sum;
  }
  a[levels] = carry;
}

/// A set of groups all of whose counts are 0.
static const __m512i none[SUMS + 1];

/// The bits of a lane's count after so many batches.
static size_t levels_of(size_t batches) {
  size_t levels = 4;
  while ((batches >> (levels - 4)) != 0) levels++;
  return levels;
}

/// One group's count: its bits and the carries that wait, which are one more number, added.
static size_t settle(const counts *counts, size_t group, size_t batches, __m512i *sum) {
  size_t levels = levels_of(batches);
  __m512i carry = _mm512_setzero_si512();
  for (size_t k = 0; k < levels; k++) {
    bool waits = k >= 4 && (batches >> (k - 4)) & 1;
    sum[k] = counts->bits[k][group];
    carry = add3(&sum[k], waits ? counts->waiting[k][group] : _mm512_setzero_si512(), carry);
  }
  sum[levels] = carry;
  return levels + 1;
}

/// Adds neighbouring lanes of 2^rounds groups' counts from `first` on, once in each round: pairs of
/// groups become one of half as many lanes each. Groups from `groups` on are not there, and taken
/// for 0. Depth first, so that what is added stays in L1. Returns the bits of a lane.
static size_t gather(const counts *counts, size_t first, size_t groups, size_t batches,
                     size_t rounds, __m512i *sum) {
  if (rounds == 0) return settle(counts, first, batches, sum);
  __m512i other[SUMS + 1];
  size_t half = (size_t)1 << (rounds - 1);
  size_t levels = gather(counts, first, groups, batches, rounds - 1, sum);
  bool has_more = first + half < groups;
  if (has_more) gather(counts, first + half, groups, batches, rounds - 1, other);
  fold(sum, has_more ? other : none, levels);
  return levels + 1;
}

/// Adds the counts in one lane to 16 numbers.
static inline __attribute__((always_inline)) void take_lane(const __m512i *sum, size_t levels,
                                                            size_t lane, uint32_t *differing) {
  __m512i total = _mm512_loadu_si512(differing);
  for (size_t k = 0; k < levels; k++) {
    __mmask16 bits = ((const uint16_t *)&sum[k])[lane];
    total = _mm512_mask_add_epi32(total, bits, total, _mm512_set1_epi32((int)(1u << k)));
  }
  _mm512_storeu_si512(differing, total);
}

static void count_run(const hk_patterns *p, const uint64_t *state, size_t from, size_t to,
                      size_t first, size_t groups, uint32_t *differing) {
  counts counts;
  size_t size = p->stride * HK_LANES, batches = (to - from + BATCH - 1) / BATCH;
  size_t levels = levels_of(batches);
  for (size_t k = 0; k < levels; k++) memset(counts.bits[k], 0, groups * sizeof(__m512i));
  for (size_t k = 0; k < batches; k++) {
    size_t block = from + k * BATCH, present = block + BATCH <= to ? BATCH : to - block;
    const uint16_t *tiles = p->tiles + block * size + first * HK_LANES;
    uint32_t words[BATCH];
    for (size_t b = 0; b < BATCH; b++) words[b] = b < present ? hk512_word(state, block + b) : 0;
    // Two calls, so that whole batches are compiled without a test for every tile.
    if (present == BATCH) add_batch(&counts, groups, tiles, size, words, true, BATCH, k);
    else add_batch(&counts, groups, tiles, size, words, false, present, k);
  }
  __m512i sum[SUMS + 1];
  size_t bits = gather(&counts, 0, groups, batches, 5, sum);
  for (size_t g = 0; g < groups; g++) take_lane(sum, bits, g, differing + (first + g) * HK_SLOTS);
}

void hk512_count_differing(const hk_patterns *p, const uint64_t *state, size_t from, size_t to,
                           uint32_t *differing) {
  for (size_t start = from; start < to; start += RUN) {
    size_t end = start + RUN < to ? start + RUN : to;
    for (size_t first = 0; first < p->groups; first += GROUPS) {
      size_t groups = first + GROUPS < p->groups ? GROUPS : p->groups - first;
      count_run(p, state, start, end, first, groups, differing);
    }
  }
}

#pragma clang attribute pop
#endif
