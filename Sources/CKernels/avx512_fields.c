// Fields by table look-up: a lane's 16 bits choose from three tables of subset sums (of 6, 5 and 5
// overlaps), so that 3 permutes, 3 additions and 2 shifts serve 512 neuron-patterns. Sums are kept
// in 16 bits for as many groups as the plan allows, then widened.

#include "avx512_decide.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

enum {
  TILES = 8,          // blocks that share a load of the tables
  PASSES = 16,        // digits of cues that share a load of the patterns from L2
  SUPER = 32,         // blocks whose sums are kept
  SHORT = 64,         // groups of blocks that are taken from end to end
  CHUNK = 32,         // groups of others: the tables of PASSES stay in L2, TILES blocks in L1
  AHEAD = 64,         // tiles to prefetch ahead: 4 KB
  REGION = 4 << 20,   // bytes of tiles that all cues visit before the next: they stay in L3
  GROUPS = 1 << 15,   // groups whose 16-bit sums can't pass 32 bits
};

// MARK: The inner loop

/// `passes` and `tiles` are constants at every call, so that the accumulators live in registers.
/// `rows` are the tiles of each block.
static inline __attribute__((always_inline)) void sum_tiles(
    const size_t passes, const size_t tiles, const uint16_t *const *rows, const hk512_pass *pass,
    size_t lane, size_t from, size_t to, hk512_ahead ahead) {
  size_t segment = pass[0].segment;
  if (passes > 1 && pass[1].segment < segment) segment = pass[1].segment;
  for (size_t start = from, end; start < to; start = end) {
    end = (start / segment + 1) * segment;
    if (end > to) end = to;
    __m512i sums[2][TILES];
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
        if (passes == 1) _mm_prefetch((const char *)(tile + next), _MM_HINT_T0);
        else _mm_prefetch((const char *)(tile + next), _MM_HINT_T1);
        __m512i low = _mm512_load_si512(tile);
        __m512i middle = _mm512_srli_epi16(low, 6), high = _mm512_srli_epi16(low, 11);
        for (size_t q = 0; q < passes; q++) {
          __m512i sum = _mm512_permutex2var_epi16(table[q][0], low, table[q][1]);
          sum = _mm512_add_epi16(sum, _mm512_permutexvar_epi16(middle, table[q][2]));
          sum = _mm512_add_epi16(sum, _mm512_permutexvar_epi16(high, table[q][3]));
          // Kept from being reassociated: one addition a group in the chain, not three.
          __asm__("" : "+v"(sum));
          sums[q][t] = _mm512_add_epi16(sums[q][t], sum);
          // Kept from starting on all tiles first, for which there are not enough registers.
          __asm__ volatile("" : "+v"(sums[q][t]) : : "memory");
        }
      }
    }

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

/// The sums of up to TILES blocks, wherever they lie.
static void sum_rows(const uint16_t *const *rows, size_t blocks, const hk512_pass *passes,
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
    sum_rows(rows, tiles, passes, count, b * HK_LANES, from, to, ahead);
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

/// The sums of up to SUPER blocks for a few passes: blocks are read from end to end, as memory
/// likes it best.
static void sum_few(const hk_patterns *p, const hk512_pass *passes, size_t count, size_t block,
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

/// The same for many passes, in chunks of groups: the tiles of a few blocks stay in L1, the tables
/// of all passes in L2.
static void sum_many(const hk_patterns *p, const hk512_pass *passes, size_t count, size_t block,
                     size_t blocks, size_t chunk) {
  ptrdiff_t size = (ptrdiff_t)(p->stride * HK_LANES);
  for (size_t from = 0; from < p->groups; from += chunk) {
    size_t to = from + chunk < p->groups ? from + chunk : p->groups;
    for (size_t b = 0; b < blocks; b += TILES) {
      size_t tiles = b + TILES < blocks ? TILES : blocks - b;
      // The same groups of the next blocks, or the next groups of the first.
      ptrdiff_t next = TILES * size;
      if (b + TILES >= blocks && to < p->groups)
        next = (ptrdiff_t)(chunk * HK_LANES) - (ptrdiff_t)b * size;
      for (size_t q = 0; q < count; q += 2, next = 0) {
        hk512_pass here[2];
        size_t some = q + 2 < count ? 2 : count - q;
        for (size_t k = 0; k < some; k++) {
          here[k] = passes[q + k];
          here[k].sums += b * HK_LANES;
        }
        hk512_sums(p, here, some, block + b, tiles, from, to, (hk512_ahead){.beyond = next});
      }
    }
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
        fields[lane] += (int64_t)sums[lane] * ((int64_t)1 << (HK_DIGIT_BITS * d));
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
    if (!plan->wide) sum_few(p, passes, plan->digits, super, blocks);
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

// MARK: Steps

/// One cue's step.
typedef struct {
  const hk_patterns *p;
  const hk_plan *plan;
  const hk_rule *rule;
  const hk_rest *rest;  // or NULL
  const uint64_t *state;
  uint64_t *next;
} step;

static bool is_narrow(const step *s) {
  return !s->plan->wide && s->rule->self > -(1 << 29) && s->rule->self < 1 << 29;
}

static size_t wide_step(const step *s, size_t from, size_t to) {
  size_t changed = 0;
  for (size_t block = from; block < to; block++) {
    int64_t fields[HK_LANES];
    hk512_fields(s->p, s->plan, block, block + 1, fields);
    uint32_t spins = hk512_word(s->state, block), new = spins;
    for (size_t lane = 0; lane < HK_LANES; lane++) {
      size_t i = block * HK_LANES + lane;
      if (i >= s->p->neurons || hk_frozen(s->rule, i)) continue;
      int spin = hk_spin(s->state, i);
      if (hk_decide(s->rule, fields[lane], spin, i, i) != spin) new ^= (uint32_t)1 << lane;
    }
    hk512_set_word(s->next, block, new);
    changed += (size_t)__builtin_popcount(new ^ spins);
  }
  return changed;
}

/// Steps one block, from its sums; returns the number that changed.
static inline __attribute__((always_inline)) size_t step_block(const step *s, size_t block,
                                                               const int32_t *sums, size_t apart) {
  uint32_t spins = hk512_word(s->state, block);
  hk512_pair fields = hk512_narrow(s->p, s->plan, block, sums, apart);
  uint32_t new = hk512_decide(s->p, s->rule, block, fields, spins);
  hk512_set_word(s->next, block, new);
  if (s->rest && s->rest->until) {
    uint32_t lanes = hk512_lanes(s->p, block);
    if (s->rule->frozen) lanes &= ~hk512_word(s->rule->frozen, block);
    hk_note_rest(s->rest, s->rule, block, hk512_smallest(fields, new, lanes));
  }
  return (size_t)__builtin_popcount(new ^ spins);
}

/// Steps cues whose digits are at most PASSES in all, over blocks [from, to).
static void step_cues(const hk_patterns *p, const step *steps, size_t cues, size_t from, size_t to,
                      size_t *const *changed) {
  _Alignas(64) int32_t sums[PASSES * SUPER * HK_LANES];
  hk512_pass passes[PASSES];
  size_t digits = 0, count = 0;
  for (size_t c = 0; c < cues; c++) digits += steps[c].plan->digits;
  bool few = digits <= HK_DIGITS, whole = p->groups <= SHORT;
  size_t some = !few && whole ? TILES : SUPER;
  for (size_t c = 0; c < cues; c++) {
    if (!is_narrow(&steps[c])) continue;
    hk512_passes(steps[c].plan, some, sums + count * some * HK_LANES, passes + count);
    count += steps[c].plan->digits;
  }
  for (size_t super = from; super < to; super += some) {
    size_t blocks = super + some < to ? some : to - super;
    if (few) sum_few(p, passes, count, super, blocks);
    else sum_many(p, passes, count, super, blocks, whole ? p->groups : CHUNK);
    const int32_t *mine = sums;
    for (size_t c = 0; c < cues; c++) {
      if (!is_narrow(&steps[c])) {
        *changed[c] += wide_step(&steps[c], super, super + blocks);
        continue;
      }
      for (size_t b = 0; b < blocks; b++)
        *changed[c] += step_block(&steps[c], super + b, mine + b * HK_LANES, some * HK_LANES);
      mine += steps[c].plan->digits * some * HK_LANES;
    }
  }
}

/// Steps one cue most of whose blocks rest.
static size_t step_some(const step *s, size_t from, size_t to) {
  _Alignas(64) int32_t sums[HK_DIGITS * TILES * HK_LANES];
  hk512_pass passes[HK_DIGITS];
  hk512_passes(s->plan, TILES, sums, passes);
  size_t blocks[TILES], count = 0, changed = 0;
  const uint16_t *rows[TILES];
  for (size_t block = from; block < to; block++) {
    if (hk_rests(s->rest, block)) {
      hk512_set_word(s->next, block, hk512_word(s->state, block));
    } else {
      rows[count] = hk_block(s->p, block);
      blocks[count++] = block;
    }
    if (count < TILES && block + 1 < to) continue;
    hk512_ahead ahead = {.until = s->p->groups, .near = AHEAD / TILES * HK_LANES};
    sum_rows(rows, count, passes, s->plan->digits, 0, 0, s->p->groups, ahead);
    for (size_t b = 0; b < count; b++)
      changed += step_block(s, blocks[b], sums + b * HK_LANES, TILES * HK_LANES);
    count = 0;
  }
  return changed;
}

static bool mostly_rests(const step *s, size_t from, size_t to) {
  if (!s->rest || !s->rest->until || !is_narrow(s)) return false;
  size_t resting = 0;
  for (size_t block = from; block < to; block++) resting += hk_rests(s->rest, block);
  // Cues by themselves take about a quarter more a block.
  return 4 * resting > to - from;
}

void hk512_step_batch(const hk_patterns *p, const hk_plan *plans, const hk_rule *rules,
                      const hk_rest *rests, const uint64_t *const *states, size_t cues,
                      size_t from, size_t to, uint64_t *const *nexts, size_t *changed) {
  size_t region = REGION / (p->stride * HK_LANES * sizeof(uint16_t)) / SUPER * SUPER + SUPER;
  for (size_t start = from; start < to; start += region) {
    size_t end = start + region < to ? start + region : to;
    step steps[PASSES];
    size_t *counts[PASSES], count = 0, digits = 0;
    for (size_t c = 0; c < cues; c++) {
      step s = {p, &plans[c], &rules[c], &rests[c], states[c], nexts[c]};
      if (mostly_rests(&s, start, end)) {
        changed[c] += step_some(&s, start, end);
        continue;
      }
      if (digits + plans[c].digits > PASSES) {
        step_cues(p, steps, count, start, end, counts);
        count = digits = 0;
      }
      digits += plans[c].digits;
      counts[count] = &changed[c];
      steps[count++] = s;
    }
    if (count > 0) step_cues(p, steps, count, start, end, counts);
  }
}

size_t hk512_step(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
                  const uint64_t *state, size_t from, size_t to, uint64_t *next) {
  step s = {p, plan, rule, NULL, state, next};
  size_t changed = 0, *counts = &changed;
  step_cues(p, &s, 1, from, to, &counts);
  return changed;
}

#pragma clang attribute pop
#endif
