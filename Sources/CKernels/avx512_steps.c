// Parallel steps of one cue or many. Where a cue's sums fit 16 bits, its spins are decided straight
// from them; blocks in which nothing can change are left out.

#include "avx512_sums.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

enum {
  PASSES = 16,       // digits of cues that share a load of the patterns from L2
  SHORT = 64,        // groups of blocks that are taken from end to end
  CHUNK = 32,        // groups of others: the tables of PASSES stay in L2, TILES blocks in L1
  REGION = 4 << 20,  // bytes of tiles that all cues visit before the next: they stay in L3
  NEAR = 1 << 20,    // bytes of tiles that L2 holds: fetching them ahead costs more than it saves
};

// MARK: One step

/// One cue's step.
typedef struct {
  const hk_patterns *p;
  const hk_plan *plan;
  const hk_rule *rule;
  const hk_rest *rest;  // or NULL
  const uint64_t *state;
  uint64_t *next;
  size_t *changed;
  // Where 16 bits do from sums to spins. A field is 2^doublings x + offset, with x the sum less
  // `centre`, and `up` or `down` more for the exception; a spin stays at +1 for x > stay, rises for
  // x > rise.
  bool is_short;
  int16_t centre, up, down, stay, rise;
  int doublings, offset;
} step;

static step make_step(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
                      const hk_rest *rest, const uint64_t *state, uint64_t *next,
                      size_t *changed) {
  step s = {p, plan, rule, rest, state, next, changed, false, 0, 0, 0, 0, 0, 0, 0};
  // One exception at the most: x may pass 16 bits with it, and is kept to the limits then.
  int64_t exception = plan->exceptions > 0 ? plan->exception_overlap[0] : 0;
  s.is_short = plan->digits == 1 && plan->segment[0] >= p->groups && plan->exceptions <= 1 &&
               exception > -(1 << 16) && exception < 1 << 16 && !rule->thresholds &&
               !rule->noise && rule->self >= 0 && rule->self < INT16_MAX;
  if (plan->halvings > 0 && exception & 1) s.is_short = false;
  if (!s.is_short) return s;
  int total = (int)(plan->total - exception), self = (int)rule->self;
  // Halved overlaps are even: the exception leaves 0 or 2 of 4, and its opposite the same.
  s.doublings = 1 + plan->halvings;
  int odd = (int)exception & ((1 << s.doublings) - 1);
  s.centre = (int16_t)(total >> s.doublings);
  s.up = (int16_t)(exception >> s.doublings);
  s.down = (int16_t)(-(exception >> s.doublings) - (odd > 0));
  s.offset = odd - (total & ((1 << s.doublings) - 1));
  // The limits of hk512_decide_half.
  s.stay = (int16_t)((self - 1 - s.offset) >> s.doublings);
  s.rise = (int16_t)((-self - s.offset) >> s.doublings);
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

/// Steps one block from its sums, where 16 bits do; returns how many spins changed. A plain step
/// moves all lanes and notes no rest.
static inline __attribute__((always_inline)) size_t short_block(const step *s, size_t block,
                                                                __m512i sums,
                                                                const bool plain) {
  __m512i x = _mm512_sub_epi16(sums, _mm512_set1_epi16(s->centre));
  if (s->plan->exceptions > 0) {
    size_t slot = s->plan->exception_slot[0];
    __m512i tile = _mm512_load_si512(hk_block(s->p, block) + slot / HK_SLOTS * HK_LANES);
    __mmask32 up = _mm512_test_epi16_mask(tile, _mm512_set1_epi16((short)(1 << slot % HK_SLOTS)));
    x = _mm512_adds_epi16(x, _mm512_mask_mov_epi16(_mm512_set1_epi16(s->down), up,
                                                   _mm512_set1_epi16(s->up)));
  }
  uint32_t spins = hk512_word(s->state, block);
  uint32_t lanes = plain ? 0xFFFFFFFF : free_lanes(s, block);
  __m512i limit =
      _mm512_mask_mov_epi16(_mm512_set1_epi16(s->rise), spins, _mm512_set1_epi16(s->stay));
  uint32_t new = _mm512_cmpgt_epi16_mask(x, limit);
  new = (new & lanes) | (spins & ~lanes);
  hk512_set_word(s->next, block, new);
  size_t changed = (size_t)__builtin_popcount(new ^ spins);
  if (plain || !s->rest || !s->rest->until) return changed;
  x = _mm512_mask_subs_epi16(x, ~new, _mm512_setzero_si512(), x);
  // At -1 the offset counts the other way.
  int offset = s->offset < 0 ? s->offset : -s->offset;
  int64_t smallest = (int64_t)smallest_short(x, lanes) * (1 << s->doublings);
  hk_note_rest(s->rest, s->rule, block, smallest + offset);
  return changed;
}

/// Steps one or two cues over a few blocks, and fetches the next ones where these come from afar.
static inline __attribute__((always_inline)) void short_tiles(const size_t cues,
                                                              const size_t tiles,
                                                              const bool afar, const step *steps,
                                                              const size_t *blocks) {
  const hk_patterns *p = steps[0].p;
  const uint16_t *rows[TILES];
  hk512_pass passes[2];
  __m512i sums[2][TILES];
  for (size_t t = 0; t < tiles; t++) rows[t] = hk_block(p, blocks[t]);
  for (size_t c = 0; c < cues; c++) passes[c].tables = steps[c].plan->tables;
  hk512_ahead ahead = {.until = p->groups, .near = AHEAD / TILES * HK_LANES};
  sum_segment(sums, cues, tiles, rows, passes, 0, p->groups, afar ? HK_INTO_L1 : HK_STAY,
              ahead);
  __m512i kept[2][TILES];
  for (size_t c = 0; c < cues; c++)
#pragma clang loop unroll(full)
    for (size_t t = 0; t < tiles; t++) _mm512_store_si512(&kept[c][t], sums[c][t]);
  for (size_t c = 0; c < cues; c++) {
    // A copy, which no store can change: its numbers are read once.
    const step s = steps[c];
    size_t changed = 0;
    bool plain = !s.rule->frozen && !(s.rest && s.rest->until) &&
                 (blocks[tiles - 1] + 1) * HK_LANES <= p->neurons;
    if (plain)
      for (size_t t = 0; t < tiles; t++) changed += short_block(&s, blocks[t], kept[c][t], true);
    else
      for (size_t t = 0; t < tiles; t++) changed += short_block(&s, blocks[t], kept[c][t], false);
    *s.changed += changed;
  }
}

static void short_blocks(const step *steps, size_t cues, const size_t *blocks, size_t count) {
  const hk_patterns *p = steps[0].p;
  bool is_near = p->blocks * p->stride * HK_LANES * sizeof(uint16_t) <= NEAR;
  while (count > 0) {
    size_t tiles = count >= TILES ? TILES : 1;
    for (size_t c = 0; c < cues; c += 2) {
      bool pair = c + 1 < cues, whole = tiles == TILES, afar = c == 0 && !is_near;
      if (pair && whole && afar) short_tiles(2, TILES, true, steps + c, blocks);
      else if (pair && whole) short_tiles(2, TILES, false, steps + c, blocks);
      else if (whole && afar) short_tiles(1, TILES, true, steps + c, blocks);
      else if (whole) short_tiles(1, TILES, false, steps + c, blocks);
      else if (pair) short_tiles(2, 1, true, steps + c, blocks);
      else short_tiles(1, 1, true, steps + c, blocks);
    }
    blocks += tiles;
    count -= tiles;
  }
}

/// Steps cues for which 16 bits do, over blocks [from, to): a few blocks stay in L1 for all cues.
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

/// The sums of up to SUPER blocks for many passes, in chunks of groups: the tiles of a few blocks
/// stay in L1, the tables of all passes in L2.
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
    if (few) hk512_sum_few(p, passes, count, super, blocks);
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
      hk512_sum_rows(rows, count, passes, s->plan->digits, 0, 0, s->p->groups, ahead);
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
