// The reference of every kernel, in portable C: what the other levels must equal, bit for bit.

#include "levels.h"

#include <string.h>

// MARK: Moving patterns in and out

static void pack_spins(const hk_patterns *p, size_t group, const int8_t *rows, size_t row_stride,
                       size_t count) {
  for (size_t block = 0; block < p->blocks; block++) {
    uint16_t *tile = p->tiles + (block * p->stride + group) * HK_LANES;
    for (size_t lane = 0; lane < HK_LANES; lane++) {
      size_t i = block * HK_LANES + lane;
      uint16_t bits = 0;
      if (i < p->neurons)
        for (size_t b = 0; b < count; b++)
          bits |= (uint16_t)((rows[b * row_stride + i] > 0) << b);
      tile[lane] = bits;
    }
  }
}

static void pack_words(const hk_patterns *p, size_t group, const uint64_t *rows,
                       size_t words_per_row, size_t count) {
  for (size_t block = 0; block < p->blocks; block++) {
    uint16_t *tile = p->tiles + (block * p->stride + group) * HK_LANES;
    for (size_t lane = 0; lane < HK_LANES; lane++) {
      size_t i = block * HK_LANES + lane;
      uint16_t bits = 0;
      if (i < p->neurons)
        for (size_t b = 0; b < count; b++)
          bits |= (uint16_t)(((rows[b * words_per_row + i / 64] >> (i % 64)) & 1) << b);
      tile[lane] = bits;
    }
  }
}

static void unpack_words(const hk_patterns *p, size_t group, uint64_t *rows,
                         size_t words_per_row) {
  for (size_t b = 0; b < HK_SLOTS; b++)
    memset(rows + b * words_per_row, 0, (p->neurons + 63) / 64 * sizeof(uint64_t));
  for (size_t i = 0; i < p->neurons; i++) {
    uint64_t bits = hk_block(p, i / HK_LANES)[group * HK_LANES + i % HK_LANES];
    for (size_t b = 0; b < HK_SLOTS; b++)
      rows[b * words_per_row + i / 64] |= ((bits >> b) & 1) << (i % 64);
  }
}

// MARK: Overlaps

static void count_differing(const hk_patterns *p, const uint64_t *state, size_t from, size_t to,
                            uint32_t *differing) {
  for (size_t i = from * HK_LANES; i < to * HK_LANES && i < p->neurons; i++) {
    const uint16_t *row = hk_block(p, i / HK_LANES) + i % HK_LANES;
    uint16_t spin = hk_spin(state, i) > 0 ? 0xFFFF : 0;
    for (size_t group = 0; group < p->groups; group++) {
      uint32_t differs = row[group * HK_LANES] ^ spin;
      for (size_t b = 0; b < HK_SLOTS; b++) differing[group * HK_SLOTS + b] += (differs >> b) & 1;
    }
  }
}

static void flip_overlaps(const hk_patterns *p, size_t neuron, int spin, int32_t *overlaps) {
  const uint16_t *row = hk_block(p, neuron / HK_LANES) + neuron % HK_LANES;
  for (size_t group = 0; group < p->groups; group++) {
    uint32_t bits = row[group * HK_LANES], active = p->active[group];
    for (size_t b = 0; b < HK_SLOTS; b++)
      if ((active >> b) & 1)
        overlaps[group * HK_SLOTS + b] += ((bits >> b) & 1) ? 2 * spin : -2 * spin;
  }
}

static int64_t squares(const hk_patterns *p, const int32_t *before, const int32_t *overlaps,
                       int64_t *drift) {
  return hk_squares_loop(p, before, overlaps, drift);
}

// MARK: Fields

/// Fills `table` with the sums of all subsets of `terms`: entry k sums terms[b] over k's bits b.
static void subset_sums(int16_t *table, const int32_t *terms, size_t count) {
  table[0] = 0;
  for (size_t b = 0; b < count; b++)
    for (size_t k = 0; k < (size_t)1 << b; k++)
      table[((size_t)1 << b) + k] = (int16_t)(table[k] + terms[b]);
}

static void prepare(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  hk_split(plan, p, overlaps);
  for (size_t d = 0; d < plan->digits; d++)
    for (size_t group = 0; group < p->groups; group++) {
      int32_t terms[HK_SLOTS];
      for (size_t b = 0; b < HK_SLOTS; b++)
        terms[b] = hk_digit(overlaps[group * HK_SLOTS + b], d, plan->digits);
      for (size_t e = 0; e < plan->exceptions; e++)
        if (plan->exception_slot[e] / HK_SLOTS == group)
          terms[plan->exception_slot[e] % HK_SLOTS] = 0;
      int16_t *table = plan->tables + (d * p->groups + group) * HK_TABLE;
      subset_sums(table, terms, 6);
      subset_sums(table + 64, terms + 6, 5);
      subset_sums(table + 96, terms + 11, 5);
    }
}

/// The sum of M over the patterns in which the neuron is +1.
static int64_t positive_sum(const hk_patterns *p, const hk_plan *plan, const uint16_t *row) {
  int64_t sum = 0;
  for (size_t d = plan->digits; d-- > 0;) {
    const int16_t *table = plan->tables + d * p->groups * HK_TABLE;
    int64_t digit = 0;
    for (size_t group = 0; group < p->groups; group++, table += HK_TABLE) {
      uint16_t bits = row[group * HK_LANES];
      digit += table[bits & 63] + table[64 + ((bits >> 6) & 31)] + table[96 + (bits >> 11)];
    }
    sum = sum * (1 << HK_DIGIT_BITS) + digit;
  }
  for (size_t e = 0; e < plan->exceptions; e++) {
    size_t slot = plan->exception_slot[e];
    if ((row[slot / HK_SLOTS * HK_LANES] >> (slot % HK_SLOTS)) & 1)
      sum += plan->exception_overlap[e];
  }
  return sum;
}

static void fields(const hk_patterns *p, const hk_plan *plan, size_t from, size_t to,
                   int64_t *fields) {
  for (size_t i = from * HK_LANES; i < to * HK_LANES; i++) {
    const uint16_t *row = hk_block(p, i / HK_LANES) + i % HK_LANES;
    *fields++ = i < p->neurons ? 2 * positive_sum(p, plan, row) - plan->total : 0;
  }
}

static int64_t field(const hk_patterns *p, const int32_t *overlaps, size_t neuron) {
  const uint16_t *row = hk_block(p, neuron / HK_LANES) + neuron % HK_LANES;
  int64_t sum = 0;
  for (size_t group = 0; group < p->groups; group++) {
    uint32_t bits = row[group * HK_LANES];
    for (size_t b = 0; b < HK_SLOTS; b++) {
      int32_t overlap = overlaps[group * HK_SLOTS + b];
      sum += ((bits >> b) & 1) ? overlap : -overlap;
    }
  }
  return sum;
}

static void gram(const hk_patterns *p, size_t neuron, size_t from, size_t to, int32_t *gram) {
  const uint16_t *row = hk_block(p, neuron / HK_LANES) + neuron % HK_LANES;
  for (size_t i = from * HK_LANES; i < to * HK_LANES; i++, gram++) {
    const uint16_t *other = hk_block(p, i / HK_LANES) + i % HK_LANES;
    *gram = 0;
    if (i >= p->neurons) continue;
    int32_t differing = 0;
    for (size_t group = 0; group < p->groups; group++)
      differing += __builtin_popcount(row[group * HK_LANES] ^ other[group * HK_LANES]);
    *gram = (int32_t)p->count - 2 * differing;
  }
}

// MARK: Dynamics

static size_t step_resting(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
                           const hk_rest *rest, const uint64_t *state, size_t from, size_t to,
                           uint64_t *next) {
  size_t changed = 0;
  for (size_t block = from; block < to; block++) {
    uint64_t shift = block % 2 * HK_LANES, mask = (uint64_t)0xFFFFFFFF << shift;
    if (hk_rests(rest, block)) {
      next[block / 2] = (next[block / 2] & ~mask) | (state[block / 2] & mask);
      continue;
    }
    int64_t block_fields[HK_LANES], smallest = HK_NO_FIELD;
    fields(p, plan, block, block + 1, block_fields);
    uint64_t bits = 0;
    for (size_t lane = 0; lane < HK_LANES; lane++) {
      size_t i = block * HK_LANES + lane;
      if (i >= p->neurons) break;
      int spin = hk_spin(state, i);
      int new = hk_frozen(rule, i) ? spin : hk_decide(rule, block_fields[lane], spin, i, i);
      changed += new != spin;
      bits |= (uint64_t)(new > 0) << lane;
      if (!hk_frozen(rule, i) && new * block_fields[lane] < smallest)
        smallest = new * block_fields[lane];
    }
    hk_note_rest(rest, rule, block, smallest);
    next[block / 2] = (next[block / 2] & ~mask) | bits << shift;
  }
  return changed;
}

static size_t step(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
                   const uint64_t *state, size_t from, size_t to, uint64_t *next) {
  return step_resting(p, plan, rule, NULL, state, from, to, next);
}

static void step_batch(const hk_patterns *p, const hk_plan *plans, const hk_rule *rules,
                       const hk_rest *rests, const uint64_t *const *states, size_t cues,
                       size_t from, size_t to, uint64_t *const *nexts, size_t *changed) {
  for (size_t c = 0; c < cues; c++)
    changed[c] +=
        step_resting(p, &plans[c], &rules[c], &rests[c], states[c], from, to, nexts[c]);
}

static size_t sweep(const hk_patterns *p, hk_plan *plan, const hk_rule *rule, uint64_t *state,
                    int32_t *overlaps) {
  size_t flips = 0;
  for (size_t i = 0; i < p->neurons; i++) {
    if (hk_frozen(rule, i)) continue;
    int spin = hk_spin(state, i);
    int new = hk_decide(rule, field(p, overlaps, i), spin, i, i);
    if (new == spin) continue;
    state[i / 64] ^= (uint64_t)1 << (i % 64);
    flip_overlaps(p, i, new, overlaps);
    flips++;
  }
  if (flips) prepare(plan, p, overlaps);
  return flips;
}

const hk_kernels hk_scalar_kernels = {
    .pack_spins = pack_spins,
    .pack_words = pack_words,
    .unpack_words = unpack_words,
    .count_differing = count_differing,
    .flip_overlaps = flip_overlaps,
    .squares = squares,
    .prepare = prepare,
    .fields = fields,
    .field = field,
    .gram = gram,
    .step = step,
    .step_batch = step_batch,
    .sweep = sweep,
};
