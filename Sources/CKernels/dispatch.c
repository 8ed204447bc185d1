// Chooses the kernels once, at first use, and holds what does not differ between levels.

#include "levels.h"

#include <stdatomic.h>

// MARK: Levels

static const hk_kernels *kernels_of(hk_level level) {
  switch (level) {
    case HK_SCALAR: return &hk_scalar_kernels;
#if defined(__x86_64__)
    case HK_AVX2: return &hk_avx2_kernels;
    case HK_AVX512: return &hk_avx512_kernels;
#elif defined(__aarch64__)
    case HK_NEON: return &hk_neon_kernels;
#endif
    default: return NULL;
  }
}

bool hk_level_available(hk_level level) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (level == HK_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (level == HK_AVX512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
#endif
  return kernels_of(level) != NULL;
}

// The level in use plus one; 0 until it is chosen. Racing first uses choose the same.
static _Atomic int chosen;

hk_level hk_level_in_use(void) {
  int level = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (level == 0) {
    level = HK_AVX512;
    while (!hk_level_available((hk_level)level)) level--;
    level++;
    atomic_store_explicit(&chosen, level, memory_order_relaxed);
  }
  return (hk_level)(level - 1);
}

bool hk_use_level(hk_level level) {
  if (!hk_level_available(level)) return false;
  atomic_store_explicit(&chosen, (int)level + 1, memory_order_relaxed);
  return true;
}

/// The reference serves where nothing is stored, so that no other level need think of it.
static const hk_kernels *kernels(const hk_patterns *p) {
  return kernels_of(p->groups > 0 ? hk_level_in_use() : HK_SCALAR);
}

// MARK: One entry a kernel

void hk_pack_spins(const hk_patterns *p, size_t group, const int8_t *rows, size_t row_stride,
                   size_t count) {
  kernels(p)->pack_spins(p, group, rows, row_stride, count);
}

void hk_pack_words(const hk_patterns *p, size_t group, const uint64_t *rows, size_t words_per_row,
                   size_t count) {
  kernels(p)->pack_words(p, group, rows, words_per_row, count);
}

void hk_unpack_words(const hk_patterns *p, size_t group, uint64_t *rows, size_t words_per_row) {
  kernels(p)->unpack_words(p, group, rows, words_per_row);
}

void hk_count_differing(const hk_patterns *p, const uint64_t *state, size_t from, size_t to,
                        uint32_t *differing) {
  kernels(p)->count_differing(p, state, from, to, differing);
}

void hk_count_differing_batch(const hk_patterns *p, const uint64_t *const *states, size_t cues,
                              size_t from, size_t to, uint32_t *const *differing) {
  const hk_kernels *level = kernels(p);
  if (level->count_differing_batch) {
    level->count_differing_batch(p, states, cues, from, to, differing);
    return;
  }
  hk_count_each(level->count_differing, p, states, cues, from, to, differing);
}

void hk_count_each(hk_count *count, const hk_patterns *p, const uint64_t *const *states,
                   size_t cues, size_t from, size_t to, uint32_t *const *differing) {
  enum { GROUPS = 16 };  // groups that stay in the cache for all states
  for (size_t first = 0; first < p->groups; first += GROUPS) {
    hk_patterns some = *p;
    some.tiles += first * HK_LANES;
    some.active += first;
    some.groups = p->groups - first < GROUPS ? p->groups - first : GROUPS;
    for (size_t c = 0; c < cues; c++)
      count(&some, states[c], from, to, differing[c] + first * HK_SLOTS);
  }
}

void hk_flip_overlaps(const hk_patterns *p, size_t neuron, int spin, int32_t *overlaps) {
  kernels(p)->flip_overlaps(p, neuron, spin, overlaps);
}

void hk_move_overlaps(const hk_patterns *p, const uint64_t *before, const uint64_t *after,
                      int32_t *overlaps) {
  if (kernels(p)->move_overlaps) {
    kernels(p)->move_overlaps(p, before, after, overlaps);
    return;
  }
  for (size_t word = 0; word < (p->neurons + 63) / 64; word++)
    for (uint64_t moved = before[word] ^ after[word]; moved; moved &= moved - 1) {
      size_t i = word * 64 + (size_t)__builtin_ctzll(moved);
      kernels(p)->flip_overlaps(p, i, hk_spin(after, i), overlaps);
    }
}

int64_t hk_squares(const hk_patterns *p, const int32_t *before, const int32_t *overlaps,
                   int64_t *drift) {
  return kernels(p)->squares(p, before, overlaps, drift);
}

void hk_prepare(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  plan->level = p->groups > 0 ? hk_level_in_use() : HK_SCALAR;
  kernels_of(plan->level)->prepare(plan, p, overlaps);
}

void hk_fields(const hk_patterns *p, const hk_plan *plan, size_t from, size_t to,
               int64_t *fields) {
  kernels_of(plan->level)->fields(p, plan, from, to, fields);
}

int64_t hk_field(const hk_patterns *p, const int32_t *overlaps, size_t neuron) {
  return kernels(p)->field(p, overlaps, neuron);
}

void hk_gram(const hk_patterns *p, size_t neuron, size_t from, size_t to, int32_t *gram) {
  kernels(p)->gram(p, neuron, from, to, gram);
}

size_t hk_step(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
               const uint64_t *state, size_t from, size_t to, uint64_t *next) {
  return kernels_of(plan->level)->step(p, plan, rule, state, from, to, next);
}

void hk_step_batch(const hk_patterns *p, const hk_plan *plans, const hk_rule *rules,
                   const hk_rest *rests, const uint64_t *const *states, size_t cues, size_t from,
                   size_t to, uint64_t *const *nexts, size_t *changed) {
  // Plans of one level go together: they all do, unless the level was changed between them.
  for (size_t first = 0, last; first < cues; first = last) {
    for (last = first + 1; last < cues && plans[last].level == plans[first].level;) last++;
    kernels_of(plans[first].level)
        ->step_batch(p, plans + first, rules + first, rests + first, states + first, last - first,
                     from, to, nexts + first, changed + first);
  }
}

size_t hk_sweep(const hk_patterns *p, hk_plan *plan, const hk_rule *rule, uint64_t *state,
                int32_t *overlaps) {
  return kernels_of(plan->level)->sweep(p, plan, rule, state, overlaps);
}

// MARK: The same at every level

void hk_overlaps_from_differing(const hk_patterns *p, const uint32_t *differing,
                                int32_t *overlaps) {
  // A group at a time and without a branch, so that it becomes vectors; |M| fits 32 bits, as N does.
  for (size_t group = 0; group < p->groups; group++, differing += HK_SLOTS, overlaps += HK_SLOTS)
    for (uint32_t b = 0; b < HK_SLOTS; b++) {
      uint32_t is_active = (uint32_t)(p->active[group] >> b) & 1;
      overlaps[b] = (int32_t)(((uint32_t)p->neurons - 2 * differing[b]) & -is_active);
    }
}

void hk_set_slot(const hk_patterns *p, size_t slot, const uint64_t *words) {
  uint16_t bit = (uint16_t)(1u << (slot % HK_SLOTS));
  for (size_t i = 0; i < p->neurons; i++) {
    uint16_t *bits =
        p->tiles + ((i / HK_LANES) * p->stride + slot / HK_SLOTS) * HK_LANES + i % HK_LANES;
    bool up = words && ((words[i / 64] >> (i % 64)) & 1);
    *bits = (uint16_t)(up ? *bits | bit : *bits & ~bit);
  }
}

/// Bit `shift` of four lanes: multiplying brings what stands 16 bits apart together.
static inline uint32_t four_bits(const uint16_t *lanes, size_t shift) {
  uint64_t four = 0;
  for (size_t k = 0; k < 4; k++) four |= (uint64_t)lanes[k] << (16 * k);
  four = (four >> shift) & 0x0001000100010001;
  return (uint32_t)(four * 0x0001000200040008 >> 48) & 15;
}

void hk_get_slot(const hk_patterns *p, size_t slot, uint64_t *words) {
  for (size_t word = 0; word < (p->neurons + 63) / 64; word++) words[word] = 0;
  for (size_t block = 0; block < p->blocks; block++) {
    // Lanes beyond N are 0.
    const uint16_t *lanes = hk_block(p, block) + slot / HK_SLOTS * HK_LANES;
    uint32_t up = 0;
    for (size_t lane = 0; lane < HK_LANES; lane += 4)
      up |= four_bits(lanes + lane, slot % HK_SLOTS) << lane;
    words[block / 2] |= (uint64_t)up << (block % 2 * HK_LANES);
  }
}

size_t hk_visit(const hk_patterns *p, const hk_rule *rule, const uint32_t *order, size_t visits,
                uint64_t *state, int32_t *overlaps) {
  size_t flips = 0;
  for (size_t visit = 0; visit < visits; visit++) {
    size_t i = order[visit];
    if (hk_frozen(rule, i)) continue;
    int spin = hk_spin(state, i);
    int new = hk_decide(rule, hk_field(p, overlaps, i), spin, i, visit);
    if (new == spin) continue;
    state[i / 64] ^= (uint64_t)1 << (i % 64);
    hk_flip_overlaps(p, i, new, overlaps);
    flips++;
  }
  return flips;
}
