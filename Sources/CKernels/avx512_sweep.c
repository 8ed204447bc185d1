// The asynchronous sweep. The fields of a few blocks come from the tables at once; neurons decide
// in order, and each flip corrects the fields that are still to be used by its exact couplings
// 2 s_j sum_mu xi_i xi_j. Then the overlaps and the tables catch up, once for all flips.

#include "avx512_decide.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

enum {
  WIDEST = 8,          // blocks whose fields are computed together
  ROWS = 4,            // couplings computed together
  GROUPS = 1 << 16,    // above, couplings times flips might pass 32 bits
};

/// What a run of blocks is decided with.
typedef struct {
  const hk_patterns *p;
  const hk_rule *rule;
  uint64_t *state;
  size_t first, count;                    // the run's blocks
  int32_t fields[WIDEST * HK_LANES];
  uint32_t flipped[WIDEST * HK_LANES];    // the run's flips, in order
  size_t flips;
} run;

static inline void correct(int32_t *fields, int32_t patterns, const int32_t *differing, int spin) {
  const __m512i all = _mm512_set1_epi32(2 * patterns);
  for (size_t half = 0; half < HK_LANES; half += 16) {
    __m512i field = _mm512_loadu_si512(fields + half);
    __m512i change = _mm512_sub_epi32(  // 2 (P - 2 differing)
        all, _mm512_slli_epi32(_mm512_loadu_si512(differing + half), 2));
    field = spin > 0 ? _mm512_add_epi32(field, change) : _mm512_sub_epi32(field, change);
    _mm512_storeu_si512(fields + half, field);
  }
}

/// Corrects the fields of a block for the flips of the run's blocks before it.
static void catch_up(run *run, size_t b) {
  for (size_t k = 0; k < run->flips; k += ROWS) {
    size_t rows = k + ROWS < run->flips ? ROWS : run->flips - k;
    int32_t differing[ROWS][HK_LANES];
    hk512_differing(run->p, run->first + b, run->flipped + k, rows, differing);
    for (size_t r = 0; r < rows; r++)
      correct(run->fields + b * HK_LANES, (int32_t)run->p->count, differing[r],
              hk_spin(run->state, run->flipped[k + r]));
  }
}

/// Decides the neurons of a block in order.
static void decide(run *run, size_t b) {
  size_t block = run->first + b;
  int32_t *fields = run->fields + b * HK_LANES;
  int32_t differing[HK_LANES][HK_LANES];  // a row a lane, where its bit is set in `known`
  uint32_t known = 0, undecided = hk512_lanes(run->p, block);
  uint32_t spins = hk512_word(run->state, block);
  for (;;) {
    uint32_t new = hk512_decide(run->p, run->rule, block, hk512_load(fields), spins);
    uint32_t moves = undecided & (spins ^ new);
    if (moves == 0) break;
    size_t lane = (size_t)__builtin_ctz(moves);
    undecided &= (uint32_t)-2 << lane;
    if (!(known >> lane & 1)) {
      // Most neurons that want to move now will still want to when it is their turn: their
      // couplings share the loads of the tiles.
      uint32_t neurons[ROWS];
      size_t rows = 0;
      for (uint32_t bits = moves & ~known; bits && rows < ROWS; bits &= bits - 1)
        neurons[rows++] = (uint32_t)(block * HK_LANES) + (uint32_t)__builtin_ctz(bits);
      int32_t found[ROWS][HK_LANES];
      hk512_differing(run->p, block, neurons, rows, found);
      for (size_t r = 0; r < rows; r++) {
        known |= (uint32_t)1 << neurons[r] % HK_LANES;
        int32_t *row = differing[neurons[r] % HK_LANES];
        _mm512_storeu_si512(row, _mm512_loadu_si512(found[r]));
        _mm512_storeu_si512(row + 16, _mm512_loadu_si512(found[r] + 16));
      }
    }
    spins ^= (uint32_t)1 << lane;
    run->flipped[run->flips++] = (uint32_t)(block * HK_LANES + lane);
    if (undecided == 0) break;
    correct(fields, (int32_t)run->p->count, differing[lane], spins >> lane & 1 ? 1 : -1);
  }
  hk512_set_word(run->state, block, spins);
}

/// The same for one block in 64 bits, a lane at a time.
static void decide_wide(run *run, const hk_plan *plan) {
  const hk_patterns *p = run->p;
  int64_t fields[HK_LANES];
  hk512_fields(p, plan, run->first, run->first + 1, fields);
  for (size_t lane = 0; lane < HK_LANES; lane++) {
    size_t i = run->first * HK_LANES + lane;
    if (i >= p->neurons || hk_frozen(run->rule, i)) continue;
    int spin = hk_spin(run->state, i);
    if (hk_decide(run->rule, fields[lane], spin, i, i) == spin) continue;
    run->state[i / 64] ^= (uint64_t)1 << (i % 64);
    run->flipped[run->flips++] = (uint32_t)i;
    int32_t gram[HK_LANES];
    hk512_gram(p, i, run->first, run->first + 1, gram);
    for (size_t k = lane + 1; k < HK_LANES; k++) fields[k] -= 2 * (int64_t)spin * gram[k];
  }
}

/// Blocks to take together. Tables are prepared anew after every run with flips, so more blocks
/// save preparations; but then each flip corrects more blocks.
static size_t width_for(double flips_of_block) {
  if (flips_of_block > 10) return 1;
  if (flips_of_block > 3) return 2;
  return flips_of_block > 0.6 ? 4 : WIDEST;
}

size_t hk512_sweep(const hk_patterns *p, hk_plan *plan, const hk_rule *rule, uint64_t *state,
                   int32_t *overlaps) {
  size_t flips = 0, width = 2;
  double flips_of_block = 3;
  run run = {.p = p, .rule = rule, .state = state};
  for (run.first = 0; run.first < p->blocks; run.first += run.count) {
    run.flips = 0;
    bool narrow = !plan->wide && p->groups < GROUPS && rule->self > -(1 << 29) &&
                  rule->self < 1 << 29;
    run.count = narrow ? width : 1;
    while (run.first + run.count > p->blocks) run.count /= 2;
    if (narrow) {
      int32_t sums[HK_DIGITS * WIDEST * HK_LANES];
      hk512_pass passes[HK_DIGITS];
      hk512_passes(plan, WIDEST, sums, passes);
      hk512_sums(p, passes, plan->digits, run.first, run.count, 0, p->groups,
                 hk512_ahead_of(p, run.count));
      for (size_t b = 0; b < run.count; b++) {
        hk512_pair pair =
            hk512_narrow(p, plan, run.first + b, sums + b * HK_LANES, WIDEST * HK_LANES);
        _mm512_storeu_si512(run.fields + b * HK_LANES, pair.low);
        _mm512_storeu_si512(run.fields + b * HK_LANES + 16, pair.high);
      }
      for (size_t b = 0; b < run.count; b++) {
        if (run.flips > 0) catch_up(&run, b);
        decide(&run, b);
      }
    } else {
      decide_wide(&run, plan);
    }
    flips_of_block = (flips_of_block + (double)run.flips / (double)run.count) / 2;
    width = width_for(flips_of_block);
    if (run.flips == 0) continue;
    flips += run.flips;
    hk512_apply_flips(p, state, run.flipped, run.flips, overlaps);
    hk512_prepare_again(plan, p, overlaps);
  }
  return flips;
}

#pragma clang attribute pop
#endif
