// The kernels of the levels with short vectors, AVX2 and NEON, in the compilers' portable vectors
// of 32 bytes: half a tile. A level includes this file after defining three functions:
//
//   add_sums(sums, tile, table)  adds to each of a tile's 32 lanes the sum its bits choose
//   write_table(table, terms)    the table for it, of 16 terms
//   count_bits(lanes)            the number of bits of each lane
//
// A table has, for each of the four half-bytes of a lane, the 16 sums of subsets of its four terms:
// 16 low bytes, then 16 high bytes.

#include "levels.h"

#include <string.h>

// MARK: Lanes and bits

enum { HALF = 16 };

static const half lane_bits = {1,      2,      4,      8,      0x10,   0x20,   0x40,   0x80,
                               0x100,  0x200,  0x400,  0x800,  0x1000, 0x2000, 0x4000, 0x8000};

/// 0xFFFF in the lanes whose bits are set.
static inline half lanes_of(uint32_t bits) {
  return (half)((lane_bits & (uint16_t)bits) == lane_bits);
}

static inline half load_half(const uint16_t *from) { return *(const half *)(const void *)from; }

static inline uint32_t word_of(const uint64_t *words, size_t block) {
  return (uint32_t)(words[block / 2] >> (block % 2 * HK_LANES));
}

static inline void set_word(uint64_t *words, size_t block, uint32_t word) {
  size_t shift = block % 2 * HK_LANES;
  words[block / 2] =
      (words[block / 2] & ~((uint64_t)0xFFFFFFFF << shift)) | (uint64_t)word << shift;
}

static inline size_t lanes_in(const hk_patterns *p, size_t block) {
  size_t left = p->neurons - block * HK_LANES;
  return left < HK_LANES ? left : HK_LANES;
}

// MARK: Moving patterns in and out

static inline uint16_t *tile_of(const hk_patterns *p, size_t block, size_t group) {
  return p->tiles + (block * p->stride + group) * HK_LANES;
}

typedef int8_t half_spins __attribute__((vector_size(16), aligned(1), may_alias));
typedef int16_t signed_half __attribute__((vector_size(32)));

/// 0xFFFF in the lanes whose spins are positive.
static inline half up_lanes(const int8_t *spins) {
  half_spins bytes = *(const half_spins *)(const void *)spins;
  // The cast matters: clang compares to vectors of char, which is unsigned on Arm.
  return (half)__builtin_convertvector((half_spins)(bytes > 0), signed_half);
}

static void pack_spins(const hk_patterns *p, size_t group, const int8_t *rows, size_t row_stride,
                       size_t count) {
  enum { WIDTH = 2 * HK_LANES };  // two blocks: what a cache line of a row holds
  for (size_t block = 0; block < p->blocks; block += 2) {
    size_t from = block * HK_LANES, left = p->neurons - from;
    half tiles[4] = {{0}, {0}, {0}, {0}};
    for (size_t b = 0; b < count; b++) {
      const int8_t *row = rows + b * row_stride + from;
      int8_t rest[WIDTH] = {0};
      if (left < WIDTH) row = memcpy(rest, row, left);
      for (size_t h = 0; h < 4; h++)
        tiles[h] |= up_lanes(row + h * HALF) & (uint16_t)(1u << b);
    }
    memcpy(tile_of(p, block, group), tiles, 2 * sizeof(half));
    if (block + 1 < p->blocks)
      memcpy(tile_of(p, block + 1, group), tiles + 2, 2 * sizeof(half));
  }
}

static void pack_words(const hk_patterns *p, size_t group, const uint64_t *rows,
                       size_t words_per_row, size_t count) {
  for (size_t block = 0; block < p->blocks; block++) {
    half tile[2] = {{0}, {0}};
    size_t lanes = lanes_in(p, block);
    uint32_t mask = lanes < HK_LANES ? ((uint32_t)1 << lanes) - 1 : 0xFFFFFFFF;
    for (size_t b = 0; b < count; b++) {
      uint32_t word = word_of(rows + b * words_per_row, block) & mask;
      tile[0] |= lanes_of(word) & (uint16_t)(1u << b);
      tile[1] |= lanes_of(word >> HALF) & (uint16_t)(1u << b);
    }
    memcpy(tile_of(p, block, group), tile, sizeof tile);
  }
}

/// Swaps the bits of `mask` with those `shift` above, of words `apart` from each other: a step of
/// transposing a matrix of 16 by 16 bits.
static inline void swap_bits(uint16_t *rows, size_t apart, uint16_t mask) {
  for (size_t k = 0; k < HALF; k++) {
    if (k & apart) continue;
    uint16_t differs = ((rows[k] >> apart) ^ rows[k + apart]) & mask;
    rows[k] ^= (uint16_t)(differs << apart);
    rows[k + apart] ^= differs;
  }
}

static void unpack_words(const hk_patterns *p, size_t group, uint64_t *rows,
                         size_t words_per_row) {
  for (size_t block = 0; block < p->blocks; block += 2) {
    uint16_t bits[4][HALF] = {{0}};
    memcpy(bits[0], tile_of(p, block, group), 2 * sizeof(half));
    if (block + 1 < p->blocks) memcpy(bits[2], tile_of(p, block + 1, group), 2 * sizeof(half));
    for (size_t k = 0; k < 4; k++) {
      swap_bits(bits[k], 8, 0x00FF);
      swap_bits(bits[k], 4, 0x0F0F);
      swap_bits(bits[k], 2, 0x3333);
      swap_bits(bits[k], 1, 0x5555);
    }
    for (size_t b = 0; b < HK_SLOTS; b++)
      rows[b * words_per_row + block / 2] = (uint64_t)bits[0][b] | (uint64_t)bits[1][b] << 16 |
                                            (uint64_t)bits[2][b] << 32 | (uint64_t)bits[3][b] << 48;
  }
}

// MARK: Overlaps

enum {
  BATCH = 8,    // blocks added together
  LEVELS = 12,  // bits of a lane's count
  AHEAD = 4,    // groups to prefetch ahead, of every block
};

/// Adds three bits in every position: the sum stays, the carry is returned.
static inline half add3(half *sum, half b, half c) {
  half either = *sum ^ b, carry = (*sum & b) | (either & c);
  *sum = either ^ c;
  return carry;
}

static inline uint64_t add3_words(uint64_t *sum, uint64_t b, uint64_t c) {
  uint64_t either = *sum ^ b, carry = (*sum & b) | (either & c);
  *sum = either ^ c;
  return carry;
}

/// Adds bit-sliced counts of 16 lanes over the lanes, to 16 numbers.
static void add_lanes(const half *bits, size_t levels, uint32_t *differing) {
  uint64_t sums[4][LEVELS + 2];
  for (size_t k = 0; k < levels; k++)
    for (size_t w = 0; w < 4; w++) memcpy(&sums[w][k], (const char *)&bits[k] + 8 * w, 8);
  for (size_t apart = 2; apart > 0; apart /= 2, levels++)
    for (size_t w = 0; w < apart; w++) {
      uint64_t carry = 0;
      for (size_t k = 0; k < levels; k++)
        carry = add3_words(&sums[w][k], sums[w + apart][k], carry);
      sums[w][levels] = carry;
    }
  for (size_t b = 0; b < HK_SLOTS; b++)
    for (size_t k = 0; k < levels; k++) {
      uint64_t bit = sums[0][k] >> b & 0x0001000100010001;
      differing[b] += (uint32_t)(bit * 0x0001000100010001 >> 48) << k;
    }
}

/// Counts in one half of the tiles of a group.
static void count_half(const hk_patterns *p, const uint64_t *state, size_t from, size_t to,
                       size_t group, size_t shift, uint32_t *differing) {
  half bits[LEVELS], waiting[LEVELS];
  memset(bits, 0, sizeof bits);
  size_t batches = 0, levels = 3;
  for (size_t block = from; block < to; block += BATCH, batches++) {
    half carry2[4], carry4[2];
    for (size_t b = 0; b < BATCH; b += 2) {
      half differs[2] = {{0}, {0}};
      for (size_t k = 0; k < 2 && block + b + k < to; k++) {
        const uint16_t *tile = tile_of(p, block + b + k, group);
        if (shift == 0) __builtin_prefetch(tile + AHEAD * HK_LANES);
        differs[k] = load_half(tile + shift) ^ lanes_of(word_of(state, block + b + k) >> shift);
      }
      carry2[b / 2] = add3(&bits[0], differs[0], differs[1]);
    }
    carry4[0] = add3(&bits[1], carry2[0], carry2[1]);
    carry4[1] = add3(&bits[1], carry2[2], carry2[3]);
    half carry = add3(&bits[2], carry4[0], carry4[1]);
    size_t level = 3;
    for (; (batches >> (level - 3)) & 1; level++)
      carry = add3(&bits[level], waiting[level], carry);
    waiting[level] = carry;
    if (level >= levels) levels = level + 1;
  }
  add_lanes(bits, levels, differing);
  for (size_t k = 3; k < levels; k++)
    if ((batches >> (k - 3)) & 1) {  // what still waits
      half none[LEVELS];
      memset(none, 0, sizeof none);
      none[k] = waiting[k];
      add_lanes(none, k + 1, differing);
    }
}

static void count_differing(const hk_patterns *p, const uint64_t *state, size_t from, size_t to,
                            uint32_t *differing) {
  // A run of blocks for all groups before the next: tiles come in the order of memory, roughly.
  enum { RUN = 1024 };
  for (size_t start = from; start < to; start += RUN) {
    size_t end = start + RUN < to ? start + RUN : to;
    for (size_t group = 0; group < p->groups; group++)
      for (size_t shift = 0; shift < HK_LANES; shift += HALF)
        count_half(p, state, start, end, group, shift, differing + group * HK_SLOTS);
  }
}

typedef int32_t slots __attribute__((vector_size(64), aligned(4), may_alias));

/// `value` in the slots whose bits are set, 0 in the others.
static inline __attribute__((always_inline)) void choose(slots *chosen, uint32_t bits,
                                                         const slots *value) {
  const slots slot_bits = {1,     2,     4,     8,     0x10,   0x20,   0x40,   0x80,
                           0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000, 0x8000};
  slots word = slot_bits & (int32_t)bits;
  *chosen = (slots)(word == slot_bits) & *value;
}

static void flip_overlaps(const hk_patterns *p, size_t neuron, int spin, int32_t *overlaps) {
  const uint16_t *row = hk_block(p, neuron / HK_LANES) + neuron % HK_LANES;
  slots four = (slots){0} + 4 * spin;
  for (size_t group = 0; group < p->groups; group++) {
    slots change;
    choose(&change, row[group * HK_LANES], &four);
    change -= 2 * spin;
    choose(&change, p->active[group], &change);
    *(slots *)(overlaps + group * HK_SLOTS) += change;
  }
}

static int64_t field(const hk_patterns *p, const int32_t *overlaps, size_t neuron) {
  const uint16_t *row = hk_block(p, neuron / HK_LANES) + neuron % HK_LANES;
  // |M| <= N: so many groups can't pass 32 bits in a slot.
  size_t run = ((size_t)1 << 30) / (p->neurons + 1);
  if (run == 0) run = 1;
  int64_t sum = 0;
  for (size_t from = 0; from < p->groups; from += run) {
    size_t to = from + run < p->groups ? from + run : p->groups;
    slots ups = {0}, all = {0};
    for (size_t group = from; group < to; group++) {
      slots overlap = *(const slots *)(overlaps + group * HK_SLOTS), up;
      choose(&up, row[group * HK_LANES], &overlap);
      ups += up;
      all += overlap;
    }
    slots lanes = 2 * ups - all;
    for (size_t k = 0; k < HK_SLOTS; k++) sum += lanes[k];
  }
  return sum;
}

/// The number of patterns in which the lanes of a block differ from a neuron.
static void differing_in_block(const hk_patterns *p, size_t block, size_t neuron,
                               int32_t *differing) {
  enum { RUN = 4095 };  // groups whose counts fit 16 bits
  const uint16_t *row = hk_block(p, neuron / HK_LANES) + neuron % HK_LANES;
  const uint16_t *tile = hk_block(p, block);
  for (size_t lane = 0; lane < HK_LANES; lane++) differing[lane] = 0;
  for (size_t from = 0; from < p->groups; from += RUN) {
    size_t to = from + RUN < p->groups ? from + RUN : p->groups;
    half counts[2] = {{0}, {0}};
    for (size_t group = from; group < to; group++, tile += HK_LANES)
      for (size_t h = 0; h < 2; h++)
        counts[h] += count_bits(load_half(tile + h * HALF) ^ row[group * HK_LANES]);
    for (size_t lane = 0; lane < HK_LANES; lane++)
      differing[lane] += counts[lane / HALF][lane % HALF];
  }
}

static void gram(const hk_patterns *p, size_t neuron, size_t from, size_t to, int32_t *gram) {
  for (size_t block = from; block < to; block++, gram += HK_LANES) {
    size_t lanes = lanes_in(p, block);
    differing_in_block(p, block, neuron, gram);
    for (size_t lane = 0; lane < HK_LANES; lane++)
      gram[lane] = lane < lanes ? (int32_t)p->count - 2 * gram[lane] : 0;
  }
}

static int64_t squares(const hk_patterns *p, const int32_t *before, const int32_t *overlaps,
                       int64_t *drift) {
  return hk_squares_loop(p, before, overlaps, drift);
}

// MARK: Fields

static void prepare(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  hk_split(plan, p, overlaps);
  size_t exception = 0;
  for (size_t group = 0; group < p->groups; group++) {
    int32_t rest[HK_SLOTS], terms[HK_SLOTS];
    memcpy(rest, overlaps + group * HK_SLOTS, sizeof rest);
    for (; exception < plan->exceptions &&
           plan->exception_slot[exception] / HK_SLOTS == group; exception++)  // they ascend
      rest[plan->exception_slot[exception] % HK_SLOTS] = 0;
    for (size_t d = 0; d < plan->digits; d++) {
      for (size_t b = 0; b < HK_SLOTS; b++) terms[b] = hk_digit(rest[b], d, plan->digits);
      write_table(plan->tables + (d * p->groups + group) * HK_TABLE, terms);
    }
  }
}

/// The sums of one digit for a block, over groups [from, to).
static void sum_block(const hk_patterns *p, const int16_t *tables, size_t segment, size_t block,
                      size_t from, size_t to, int32_t *totals) {
  enum { FAR = 64 };  // groups to prefetch ahead: 4 KB
  for (size_t lane = 0; lane < HK_LANES; lane++) totals[lane] = 0;
  for (size_t start = from, end; start < to; start = end) {
    end = (start / segment + 1) * segment;
    if (end > to) end = to;
    half sums[2] = {{0}, {0}};
    for (size_t group = start; group < end; group++) {
      const uint16_t *tile = hk_block(p, block) + group * HK_LANES;
      __builtin_prefetch(tile + FAR * HK_LANES);
      add_sums(sums, tile, tables + group * HK_TABLE);
    }
    for (size_t lane = 0; lane < HK_LANES; lane++)
      totals[lane] += (int16_t)sums[lane / HALF][lane % HALF];
  }
}

static void block_fields(const hk_patterns *p, const hk_plan *plan, size_t block,
                         int64_t *fields) {
  enum { RUN = 1 << 15 };  // groups whose 16-bit sums can't pass 32 bits
  size_t lanes = lanes_in(p, block);
  for (size_t lane = 0; lane < HK_LANES; lane++) fields[lane] = 0;
  for (size_t from = 0; from < p->groups; from += RUN) {
    size_t to = from + RUN < p->groups ? from + RUN : p->groups;
    for (size_t d = 0; d < plan->digits; d++) {
      int32_t sums[HK_LANES];
      const int16_t *tables = plan->tables + d * p->groups * HK_TABLE;
      sum_block(p, tables, plan->segment[d], block, from, to, sums);
      for (size_t lane = 0; lane < HK_LANES; lane++)
        fields[lane] += (int64_t)((uint64_t)(int64_t)sums[lane] << (HK_DIGIT_BITS * d));
    }
  }
  for (size_t e = 0; e < plan->exceptions; e++) {
    size_t slot = plan->exception_slot[e];
    const uint16_t *tile = hk_block(p, block) + slot / HK_SLOTS * HK_LANES;
    for (size_t lane = 0; lane < HK_LANES; lane++)
      fields[lane] += (tile[lane] >> slot % HK_SLOTS) & 1 ? plan->exception_overlap[e] : 0;
  }
  for (size_t lane = 0; lane < HK_LANES; lane++)
    fields[lane] = lane < lanes ? 2 * fields[lane] - plan->total : 0;
}

static void fields(const hk_patterns *p, const hk_plan *plan, size_t from, size_t to,
                   int64_t *fields) {
  for (size_t block = from; block < to; block++, fields += HK_LANES)
    block_fields(p, plan, block, fields);
}

// MARK: Dynamics

static size_t step_resting(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
                           const hk_rest *rest, const uint64_t *state, size_t from, size_t to,
                           uint64_t *next) {
  size_t changed = 0;
  for (size_t block = from; block < to; block++) {
    uint32_t spins = word_of(state, block), new = 0;
    if (hk_rests(rest, block)) {
      set_word(next, block, spins);
      continue;
    }
    int64_t fields[HK_LANES], smallest = HK_NO_FIELD;
    block_fields(p, plan, block, fields);
    size_t lanes = lanes_in(p, block);
    for (size_t lane = 0; lane < lanes; lane++) {
      size_t i = block * HK_LANES + lane;
      int spin = hk_decide(rule, fields[lane], spins >> lane & 1 ? 1 : -1, i, i);
      new |= (uint32_t)(spin > 0) << lane;
      int64_t aligned = spin * fields[lane];
      if (aligned < smallest && !hk_frozen(rule, i)) smallest = aligned;
    }
    hk_note_rest(rest, rule, block, smallest);
    if (rule->frozen) {
      uint32_t frozen = word_of(rule->frozen, block);
      new = (new & ~frozen) | (spins & frozen);
    }
    set_word(next, block, new);
    changed += (size_t)__builtin_popcount(new ^ spins);
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
  enum { SUPER = 8 };  // blocks that stay in the caches while all cues visit them
  for (size_t start = from; start < to; start += SUPER) {
    size_t end = start + SUPER < to ? start + SUPER : to;
    for (size_t c = 0; c < cues; c++)
      changed[c] +=
          step_resting(p, &plans[c], &rules[c], &rests[c], states[c], start, end, nexts[c]);
  }
}

static size_t sweep(const hk_patterns *p, hk_plan *plan, const hk_rule *rule, uint64_t *state,
                    int32_t *overlaps) {
  size_t flips = 0;
  for (size_t block = 0; block < p->blocks; block++) {
    int64_t fields[HK_LANES];
    block_fields(p, plan, block, fields);
    uint32_t flipped = 0;
    for (size_t lane = 0; lane < lanes_in(p, block); lane++) {
      size_t i = block * HK_LANES + lane;
      if (hk_frozen(rule, i)) continue;
      int spin = hk_spin(state, i);
      if (hk_decide(rule, fields[lane], spin, i, i) == spin) continue;
      state[i / 64] ^= (uint64_t)1 << (i % 64);
      flipped |= (uint32_t)1 << lane;
      // The fields still to be used see the flip: -2 s_i sum_mu xi_i xi_j.
      int32_t differing[HK_LANES];
      differing_in_block(p, block, i, differing);
      for (size_t k = 0; k < HK_LANES; k++)
        fields[k] -= 2 * spin * (p->count - 2 * (int64_t)differing[k]);
    }
    if (flipped == 0) continue;
    flips += (size_t)__builtin_popcount(flipped);
    for (; flipped; flipped &= flipped - 1) {
      size_t i = block * HK_LANES + (size_t)__builtin_ctz(flipped);
      flip_overlaps(p, i, hk_spin(state, i), overlaps);
    }
    prepare(plan, p, overlaps);
  }
  return flips;
}
