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

/// Sums of groups [start, end), a segment at most, for a few blocks, whose tiles are at `rows`.
/// `passes` and `tiles` are constants at every call, so that the accumulators live in registers.
static inline __attribute__((always_inline)) void sum_segment(
    __m512i (*sums)[TILES], const size_t passes, const size_t tiles, const uint16_t *const *rows,
    const hk512_pass *pass, size_t start, size_t end, const bool prefetches, hk512_ahead ahead) {
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
      if (prefetches && passes == 1) _mm_prefetch((const char *)(tile + next), _MM_HINT_T0);
      else if (prefetches) _mm_prefetch((const char *)(tile + next), _MM_HINT_T1);
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
}

static inline __attribute__((always_inline)) void sum_tiles(
    const size_t passes, const size_t tiles, const uint16_t *const *rows, const hk512_pass *pass,
    size_t lane, size_t from, size_t to, hk512_ahead ahead) {
  size_t segment = pass[0].segment;
  if (passes > 1 && pass[1].segment < segment) segment = pass[1].segment;
  for (size_t start = from, end; start < to; start = end) {
    end = (start / segment + 1) * segment;
    if (end > to) end = to;
    __m512i sums[2][TILES];
    sum_segment(sums, passes, tiles, rows, pass, start, end, true, ahead);
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
  size_t *changed;
  // Where 16 bits do from sums to spins. A field is 2 x + offset, with x the sum less `centre`,
  // and `up` or `down` more for the exception; a spin stays at +1 for x > stay, rises for x > rise.
  bool is_short;
  int16_t centre, up, down, stay, rise;
  int offset;
} step;

static step make_step(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
                      const hk_rest *rest, const uint64_t *state, uint64_t *next,
                      size_t *changed) {
  step s = {p, plan, rule, rest, state, next, changed, false, 0, 0, 0, 0, 0, 0};
  // One exception at the most: x may pass 16 bits with it, and is kept to the limits then.
  int64_t exception = plan->exceptions > 0 ? plan->exception_overlap[0] : 0;
  s.is_short = plan->digits == 1 && plan->segment[0] >= p->groups && plan->exceptions <= 1 &&
               exception > -(1 << 16) && exception < 1 << 16 && !rule->thresholds &&
               !rule->noise && rule->self >= 0 && rule->self < INT16_MAX;
  if (!s.is_short) return s;
  int total = (int)(plan->total - exception), self = (int)rule->self;
  s.centre = (int16_t)(total >> 1);
  s.up = (int16_t)(exception >> 1);
  s.down = (int16_t)(-(exception >> 1) - (exception & 1));
  s.offset = (int)(exception & 1) - (total & 1);
  // The limits of hk512_decide_half.
  s.stay = (int16_t)((self - 1 - s.offset) >> 1);
  s.rise = (int16_t)((-self - s.offset) >> 1);
  return s;
}

static bool is_narrow(const step *s) {
  return !s->plan->wide && s->rule->self > -(1 << 29) && s->rule->self < 1 << 29;
}

/// The neurons of a block that may move.
static inline uint32_t free_lanes(const step *s, size_t block) {
  uint32_t lanes = hk512_lanes(s->p, block);
  return s->rule->frozen ? lanes & ~hk512_word(s->rule->frozen, block) : lanes;
}

/// The smallest of the lanes given.
static inline int16_t smallest_short(__m512i values, uint32_t lanes) {
  values = _mm512_mask_mov_epi16(_mm512_set1_epi16(INT16_MAX), lanes, values);
  __m256i half = _mm256_min_epi16(_mm512_castsi512_si256(values),
                                  _mm512_extracti64x4_epi64(values, 1));
  __m128i rest = _mm_min_epi16(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
  // The instruction knows no signs.
  rest = _mm_minpos_epu16(_mm_xor_si128(rest, _mm_set1_epi16(INT16_MIN)));
  return (int16_t)(_mm_extract_epi16(rest, 0) ^ 0x8000);
}

/// Steps one block from its sums, where 16 bits do.
static inline __attribute__((always_inline)) void short_block(const step *s, size_t block,
                                                              __m512i sums) {
  __m512i x = _mm512_sub_epi16(sums, _mm512_set1_epi16(s->centre));
  if (s->plan->exceptions > 0) {
    size_t slot = s->plan->exception_slot[0];
    __m512i tile = _mm512_load_si512(hk_block(s->p, block) + slot / HK_SLOTS * HK_LANES);
    __mmask32 up = _mm512_test_epi16_mask(tile, _mm512_set1_epi16((short)(1 << slot % HK_SLOTS)));
    x = _mm512_adds_epi16(x, _mm512_mask_mov_epi16(_mm512_set1_epi16(s->down), up,
                                                   _mm512_set1_epi16(s->up)));
  }
  uint32_t spins = hk512_word(s->state, block), lanes = free_lanes(s, block);
  __m512i limit =
      _mm512_mask_mov_epi16(_mm512_set1_epi16(s->rise), spins, _mm512_set1_epi16(s->stay));
  uint32_t new = _mm512_cmpgt_epi16_mask(x, limit);
  new = (new & lanes) | (spins & ~lanes);
  hk512_set_word(s->next, block, new);
  *s->changed += (size_t)__builtin_popcount(new ^ spins);
  if (!s->rest || !s->rest->until) return;
  x = _mm512_mask_subs_epi16(x, ~new, _mm512_setzero_si512(), x);
  // At -1 the offset counts the other way.
  int offset = s->offset < 0 ? s->offset : -s->offset;
  hk_note_rest(s->rest, s->rule, block, 2 * (int64_t)smallest_short(x, lanes) + offset);
}

/// Steps one or two cues over a few blocks, the `first` ones that come to these.
static inline __attribute__((always_inline)) void short_tiles(const size_t cues,
                                                              const size_t tiles,
                                                              const bool first, const step *steps,
                                                              const size_t *blocks) {
  const hk_patterns *p = steps[0].p;
  const uint16_t *rows[TILES];
  hk512_pass passes[2];
  __m512i sums[2][TILES];
  for (size_t t = 0; t < tiles; t++) rows[t] = hk_block(p, blocks[t]);
  for (size_t c = 0; c < cues; c++) passes[c].tables = steps[c].plan->tables;
  hk512_ahead ahead = {.until = p->groups, .near = AHEAD / TILES * HK_LANES};
  sum_segment(sums, cues, tiles, rows, passes, 0, p->groups, first, ahead);
  __m512i kept[2][TILES];
  for (size_t c = 0; c < cues; c++)
#pragma clang loop unroll(full)
    for (size_t t = 0; t < tiles; t++) _mm512_store_si512(&kept[c][t], sums[c][t]);
  for (size_t c = 0; c < cues; c++)
    for (size_t t = 0; t < tiles; t++) short_block(&steps[c], blocks[t], kept[c][t]);
}

static void short_blocks(const step *steps, size_t cues, const size_t *blocks, size_t count) {
  while (count > 0) {
    size_t tiles = count >= TILES ? TILES : 1;
    for (size_t c = 0; c < cues; c += 2) {
      bool pair = c + 1 < cues, whole = tiles == TILES;
      if (pair && whole && c > 0) short_tiles(2, TILES, false, steps + c, blocks);
      else if (pair && whole) short_tiles(2, TILES, true, steps + c, blocks);
      else if (whole) short_tiles(1, TILES, true, steps + c, blocks);
      else if (pair) short_tiles(2, 1, true, steps + c, blocks);
      else short_tiles(1, 1, true, steps + c, blocks);
    }
    blocks += tiles;
    count -= tiles;
  }
}

/// Steps cues for which 16 bits do, over blocks [from, to): a few blocks stay in L1 for all of them.
static void short_steps(const step *steps, size_t cues, size_t from, size_t to) {
  for (size_t block = from; block < to; block += TILES) {
    size_t blocks[TILES], count = 0;
    for (; count < TILES && block + count < to; count++) blocks[count] = block + count;
    short_blocks(steps, cues, blocks, count);
  }
}

static void wide_step(const step *s, size_t from, size_t to) {
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
    *s->changed += (size_t)__builtin_popcount(new ^ spins);
  }
}

/// Steps one block, from its sums.
static inline __attribute__((always_inline)) void step_block(const step *s, size_t block,
                                                             const int32_t *sums, size_t apart) {
  uint32_t spins = hk512_word(s->state, block);
  hk512_pair fields = hk512_narrow(s->p, s->plan, block, sums, apart);
  uint32_t new = hk512_decide(s->p, s->rule, block, fields, spins);
  hk512_set_word(s->next, block, new);
  *s->changed += (size_t)__builtin_popcount(new ^ spins);
  if (s->rest && s->rest->until)
    hk_note_rest(s->rest, s->rule, block, hk512_smallest(fields, new, free_lanes(s, block)));
}

/// Steps cues whose digits are at most PASSES in all, over blocks [from, to).
static void step_cues(const step *steps, size_t cues, size_t from, size_t to) {
  const hk_patterns *p = steps[0].p;
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
        wide_step(&steps[c], super, super + blocks);
        continue;
      }
      for (size_t b = 0; b < blocks; b++)
        step_block(&steps[c], super + b, mine + b * HK_LANES, some * HK_LANES);
      mine += steps[c].plan->digits * some * HK_LANES;
    }
  }
}

/// Steps one cue most of whose blocks rest.
static void step_some(const step *s, size_t from, size_t to) {
  _Alignas(64) int32_t sums[HK_DIGITS * TILES * HK_LANES];
  hk512_pass passes[HK_DIGITS];
  hk512_passes(s->plan, TILES, sums, passes);
  size_t blocks[TILES], count = 0;
  for (size_t block = from; block < to; block++) {
    if (hk_rests(s->rest, block)) hk512_set_word(s->next, block, hk512_word(s->state, block));
    else blocks[count++] = block;
    if (count < TILES && block + 1 < to) continue;
    if (s->is_short) {
      short_blocks(s, 1, blocks, count);
    } else {
      const uint16_t *rows[TILES];
      for (size_t b = 0; b < count; b++) rows[b] = hk_block(s->p, blocks[b]);
      hk512_ahead ahead = {.until = s->p->groups, .near = AHEAD / TILES * HK_LANES};
      sum_rows(rows, count, passes, s->plan->digits, 0, 0, s->p->groups, ahead);
      for (size_t b = 0; b < count; b++)
        step_block(s, blocks[b], sums + b * HK_LANES, TILES * HK_LANES);
    }
    count = 0;
  }
}

static bool mostly_rests(const step *s, size_t from, size_t to) {
  if (!s->rest || !s->rest->until || !is_narrow(s)) return false;
  size_t resting = 0;
  for (size_t block = from; block < to; block++) resting += hk_rests(s->rest, block);
  // A cue by itself takes about a quarter more a block.
  return 4 * resting > to - from;
}

void hk512_step_batch(const hk_patterns *p, const hk_plan *plans, const hk_rule *rules,
                      const hk_rest *rests, const uint64_t *const *states, size_t cues,
                      size_t from, size_t to, uint64_t *const *nexts, size_t *changed) {
  size_t region = REGION / (p->stride * HK_LANES * sizeof(uint16_t)) / SUPER * SUPER + SUPER;
  for (size_t start = from; start < to; start += region) {
    size_t end = start + region < to ? start + region : to;
    step shorts[PASSES], others[PASSES];
    size_t short_count = 0, count = 0, digits = 0;
    for (size_t c = 0; c < cues; c++) {
      step s = make_step(p, &plans[c], &rules[c], &rests[c], states[c], nexts[c], &changed[c]);
      if (mostly_rests(&s, start, end)) {
        step_some(&s, start, end);
      } else if (s.is_short) {
        shorts[short_count++] = s;
      } else {
        if (digits + plans[c].digits > PASSES) {
          step_cues(others, count, start, end);
          count = digits = 0;
        }
        digits += plans[c].digits;
        others[count++] = s;
      }
      if (short_count == PASSES || (c + 1 == cues && short_count > 0)) {
        short_steps(shorts, short_count, start, end);
        short_count = 0;
      }
    }
    if (count > 0) step_cues(others, count, start, end);
  }
}

size_t hk512_step(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
                  const uint64_t *state, size_t from, size_t to, uint64_t *next) {
  size_t changed = 0;
  step s = make_step(p, plan, rule, NULL, state, next, &changed);
  step_cues(&s, 1, from, to);
  return changed;
}

#pragma clang attribute pop
#endif
