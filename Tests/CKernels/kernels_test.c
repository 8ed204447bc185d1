// Every kernel at every available level against brute force on a plain matrix of int8.
//
//   clang -O2 -ISources/CKernels/include Tests/CKernels/*.c Sources/CKernels/{avx2,avx512*,neon}.c
//     Sources/CKernels/{dispatch,memory,scalar,split}.c -o kernels_test
//
//   kernels_test           all tests
//   kernels_test --quick   small sizes only (for emulators)
//   kernels_test --time [avx512]    timings instead, of one level or all

#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t passed, failed;
static const char *const level_names[] = {"scalar", "neon", "avx2", "avx512"};

static void check(bool right, const char *what, const hk_case *c) {
  if (right) { passed++; return; }
  if (failed++ < 20)
    printf("FAILED %s: %s, N = %zu, slots = %zu, P = %lld\n", level_names[hk_level_in_use()],
           what, c->p.neurons, c->slots, (long long)c->p.count);
}

// MARK: Brute force

static int spin_of(const uint64_t *state, size_t i) {
  return (state[i / 64] >> (i % 64)) & 1 ? 1 : -1;
}

static void brute_overlaps(const hk_case *c, const uint64_t *state, int64_t *overlaps) {
  int8_t *spins = malloc(c->p.neurons);
  for (size_t i = 0; i < c->p.neurons; i++) spins[i] = (int8_t)spin_of(state, i);
  for (size_t slot = 0; slot < c->slots; slot++) {
    int64_t sum = 0;
    for (size_t i = 0; i < c->p.neurons; i++) sum += c->rows[slot * c->p.neurons + i] * spins[i];
    overlaps[slot] = sum;
  }
  free(spins);
}

static int64_t brute_field(const hk_case *c, const int64_t *overlaps, size_t i) {
  int64_t sum = 0;
  for (size_t slot = 0; slot < c->slots; slot++)
    sum += c->rows[slot * c->p.neurons + i] * overlaps[slot];
  return sum;
}

static void brute_fields(const hk_case *c, const int64_t *overlaps, int64_t *fields) {
  size_t n = c->p.neurons;
  memset(fields, 0, n * sizeof *fields);
  for (size_t slot = 0; slot < c->slots; slot++)
    for (size_t i = 0; i < n; i++) fields[i] += c->rows[slot * n + i] * overlaps[slot];
}

static int brute_spin(const hk_rule *rule, int64_t field, int spin, size_t i, size_t visit) {
  if (rule->frozen && spin_of(rule->frozen, i) > 0) return spin;
  int64_t local = field - rule->self * spin;
  double threshold = 0;
  if (rule->thresholds) threshold += rule->thresholds[i];
  if (rule->noise) threshold += rule->noise[visit];
  double h = (double)local - threshold;
  return h > 0 ? 1 : h < 0 ? -1 : spin;
}

/// Visits `order` (or every neuron ascending), each neuron seeing the newest overlaps.
static size_t brute_visits(const hk_case *c, const hk_rule *rule, const uint32_t *order,
                           size_t visits, uint64_t *state, int64_t *overlaps) {
  size_t flips = 0, n = c->p.neurons;
  // Fields by columns: a copy of the matrix with a neuron's spins side by side.
  int8_t *columns = malloc(n * c->slots);
  for (size_t slot = 0; slot < c->slots; slot++)
    for (size_t i = 0; i < n; i++) columns[i * c->slots + slot] = c->rows[slot * n + i];
  for (size_t visit = 0; visit < visits; visit++) {
    size_t i = order ? order[visit] : visit;
    const int8_t *column = columns + i * c->slots;
    int64_t field = 0;
    for (size_t slot = 0; slot < c->slots; slot++) field += column[slot] * overlaps[slot];
    int spin = spin_of(state, i), new = brute_spin(rule, field, spin, i, visit);
    if (new == spin) continue;
    state[i / 64] ^= (uint64_t)1 << (i % 64);
    for (size_t slot = 0; slot < c->slots; slot++) overlaps[slot] += 2 * new * column[slot];
    flips++;
  }
  free(columns);
  return flips;
}

// MARK: Helpers

static int32_t *narrow(const hk_case *c, const int64_t *overlaps) {
  int32_t *narrowed = hk_allocate(c->p.groups * HK_SLOTS * sizeof(int32_t));
  for (size_t slot = 0; slot < c->slots; slot++) narrowed[slot] = (int32_t)overlaps[slot];
  return narrowed;
}

static bool same_overlaps(const hk_case *c, const int32_t *ours, const int64_t *theirs) {
  for (size_t slot = 0; slot < c->p.groups * HK_SLOTS; slot++)
    if (ours[slot] != (slot < c->slots ? theirs[slot] : 0)) return false;
  return true;
}

static void *copy(const void *from, size_t bytes) {
  return memcpy(malloc(bytes ? bytes : 1), from, bytes);
}

static size_t even_half(size_t blocks) { return blocks / 2 & ~(size_t)1; }

// MARK: Tests

static void test_moving(const hk_case *c, uint64_t *seed) {
  const hk_patterns *p = &c->p;
  size_t tiles = p->blocks * p->stride * HK_LANES, n = p->neurons, row_words = c->words + 1;
  size_t group = draw(seed) % p->groups, count = 1 + draw(seed) % HK_SLOTS;
  if (group == p->groups - 1 && count > c->slots - group * HK_SLOTS)
    count = c->slots - group * HK_SLOTS;
  hk_patterns q = *p;
  q.tiles = hk_allocate(tiles * sizeof(uint16_t));
  uint16_t *expected = copy(p->tiles, tiles * sizeof(uint16_t));
  uint16_t mask = (uint16_t)((1u << count) - 1);
  for (size_t block = 0; block < p->blocks; block++)
    for (size_t lane = 0; lane < HK_LANES; lane++)
      expected[(block * p->stride + group) * HK_LANES + lane] &= mask;

  // int8 rows, with values other than +-1 of the same sign, in rows a little apart.
  int8_t *spins = malloc(HK_SLOTS * (n + 3));
  uint64_t *words = calloc(HK_SLOTS * row_words, sizeof(uint64_t));
  for (size_t b = 0; b < count; b++)
    for (size_t i = 0; i < n; i++) {
      bool up = c->rows[(group * HK_SLOTS + b) * n + i] > 0;
      int size = (int)(draw(seed) % 127);
      spins[b * (n + 3) + i] = (int8_t)(up ? 1 + size : -2 * (size % 65));
      words[b * row_words + i / 64] |= (uint64_t)up << (i % 64);
    }
  memcpy(q.tiles, p->tiles, tiles * sizeof(uint16_t));
  for (size_t block = 0; block < p->blocks; block++)
    memset(q.tiles + (block * p->stride + group) * HK_LANES, 0xA5, 64);
  hk_pack_spins(&q, group, spins, n + 3, count);
  check(!memcmp(q.tiles, expected, tiles * sizeof(uint16_t)), "pack_spins", c);
  for (size_t block = 0; block < p->blocks; block++)
    memset(q.tiles + (block * p->stride + group) * HK_LANES, 0x5A, 64);
  hk_pack_words(&q, group, words, row_words, count);
  check(!memcmp(q.tiles, expected, tiles * sizeof(uint16_t)), "pack_words", c);

  uint64_t *unpacked = malloc(HK_SLOTS * row_words * sizeof(uint64_t));
  memset(unpacked, 0x77, HK_SLOTS * row_words * sizeof(uint64_t));
  hk_unpack_words(&q, group, unpacked, row_words);
  bool right = true;
  for (size_t b = 0; b < HK_SLOTS; b++) {
    right &= !memcmp(unpacked + b * row_words, words + b * row_words, c->words * 8);
    right &= unpacked[b * row_words + c->words] == 0x7777777777777777;
  }
  check(right, "unpack_words", c);

  size_t slot = group * HK_SLOTS + draw(seed) % count;
  hk_set_slot(&q, slot, NULL);
  hk_get_slot(&q, slot, unpacked);
  for (size_t word = 0; word < c->words; word++) right &= unpacked[word] == 0;
  hk_set_slot(&q, slot, words + (slot % HK_SLOTS) * row_words);
  hk_get_slot(&q, slot, unpacked);
  right &= !memcmp(unpacked, words + (slot % HK_SLOTS) * row_words, c->words * 8);
  check(right && !memcmp(q.tiles, expected, tiles * sizeof(uint16_t)), "slots", c);
  free(unpacked); free(words); free(spins); free(expected);
  hk_deallocate(q.tiles);
}

static void test_overlaps(const hk_case *c, const uint64_t *state, uint64_t *seed) {
  const hk_patterns *p = &c->p;
  size_t slots = p->groups * HK_SLOTS, n = p->neurons;
  int64_t *expected = calloc(slots, sizeof(int64_t));
  brute_overlaps(c, state, expected);
  uint32_t *differing = calloc(slots, sizeof(uint32_t));
  size_t half = draw(seed) % (p->blocks + 1);
  hk_count_differing(p, state, 0, half, differing);
  hk_count_differing(p, state, half, p->blocks, differing);
  int32_t *overlaps = malloc(slots * sizeof(int32_t));
  hk_overlaps_from_differing(p, differing, overlaps);
  check(same_overlaps(c, overlaps, expected), "count_differing", c);

  // Many states at once, from a block that may be odd: as one by one.
  enum { STATES = 29 };
  uint64_t *states[STATES];
  uint32_t *counts[STATES], *alone = malloc(slots * sizeof(uint32_t));
  for (size_t k = 0; k < STATES; k++) {
    states[k] = random_state(n, seed);
    counts[k] = malloc(slots * sizeof(uint32_t));
    for (size_t slot = 0; slot < slots; slot++) counts[k][slot] = (uint32_t)k;
  }
  hk_count_differing_batch(p, (const uint64_t *const *)states, STATES, half, p->blocks, counts);
  bool same = true;
  for (size_t k = 0; k < STATES; k++) {
    for (size_t slot = 0; slot < slots; slot++) alone[slot] = (uint32_t)k;
    hk_count_differing(p, states[k], half, p->blocks, alone);
    same &= !memcmp(alone, counts[k], slots * sizeof(uint32_t));
    free(states[k]); free(counts[k]);
  }
  free(alone);
  check(same, "count_differing_batch", c);

  size_t i = draw(seed) % n;
  uint64_t *after = copy(state, c->words * 8);
  after[i / 64] ^= (uint64_t)1 << (i % 64);
  brute_overlaps(c, after, expected);
  hk_flip_overlaps(p, i, spin_of(after, i), overlaps);
  check(same_overlaps(c, overlaps, expected), "flip_overlaps", c);

  // Few flips, then many.
  for (int many = 0; many < 2; many++) {
    uint64_t *before = copy(after, c->words * 8);
    for (size_t k = 0; k < (many ? n : n / 50 + 1); k++) {
      size_t j = draw(seed) % n;
      after[j / 64] ^= (uint64_t)1 << (j % 64);
    }
    brute_overlaps(c, after, expected);
    int32_t *old = copy(overlaps, slots * sizeof(int32_t));
    hk_move_overlaps(p, before, after, overlaps);
    check(same_overlaps(c, overlaps, expected), "move_overlaps", c);
    int64_t drift = 3, moved = 3, squares = 0;
    for (size_t slot = 0; slot < c->slots; slot++) {
      moved += llabs((long long)(expected[slot] - old[slot]));
      squares += expected[slot] * expected[slot];
    }
    check(hk_squares(p, old, overlaps, &drift) == squares && drift == moved, "squares", c);
    free(old);
    free(before);
  }
  free(after); free(overlaps); free(differing); free(expected);
}

static void test_fields(const hk_case *c, const int64_t *overlaps, const char *what,
                        uint64_t *seed) {
  const hk_patterns *p = &c->p;
  int32_t *narrowed = narrow(c, overlaps);
  int64_t *expected = calloc(p->blocks * HK_LANES, sizeof(int64_t));
  brute_fields(c, overlaps, expected);
  hk_plan plan;
  make_plan(&plan, c);
  hk_prepare(&plan, p, narrowed);
  int64_t *fields = malloc(p->blocks * HK_LANES * sizeof(int64_t));
  memset(fields, 0x55, p->blocks * HK_LANES * sizeof(int64_t));
  size_t half = draw(seed) % (p->blocks + 1);
  hk_fields(p, &plan, 0, half, fields);
  hk_fields(p, &plan, half, p->blocks, fields + half * HK_LANES);
  check(!memcmp(fields, expected, p->blocks * HK_LANES * sizeof(int64_t)), what, c);
  bool right = true, real = true;  // hk_field may rely on |M| <= N
  for (size_t slot = 0; slot < c->slots; slot++)
    real &= llabs((long long)overlaps[slot]) <= (long long)p->neurons;
  for (int k = 0; k < 5; k++) {
    size_t i = k ? draw(seed) % p->neurons : p->neurons - 1;
    right &= !real || hk_field(p, narrowed, i) == expected[i];
  }
  check(right, "field", c);
  free(fields); free(expected);
  hk_deallocate(plan.tables);
  hk_deallocate(narrowed);
}

/// Overlaps no state has, to reach exceptions, digits and 64-bit sums.
static void test_artificial(const hk_case *c, uint64_t *seed) {
  static const int32_t sizes[] = {100,   3000,  5000,    8191,
                                  15000, 20000, 1 << 20, (1 << 30) - 1};
  int64_t *overlaps = calloc(c->p.groups * HK_SLOTS, sizeof(int64_t));
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
    // Both signs; one sign, all equal; a few large; many large.
    for (int shape = 0; shape < 4; shape++) {
      for (size_t slot = 0; slot < c->slots; slot++) {
        int64_t size = sizes[k], value = (int64_t)(draw(seed) % (uint64_t)(2 * size + 1)) - size;
        if (shape == 1) value = k % 2 ? size : -size;
        bool is_small = shape >= 2 && draw(seed) % (shape == 2 ? 40 : 8);
        if (is_small) value = (int64_t)(draw(seed) % 201) - 100;
        bool active = (c->active[slot / HK_SLOTS] >> (slot % HK_SLOTS)) & 1;
        overlaps[slot] = active ? value : 0;
      }
      test_fields(c, overlaps, "artificial fields", seed);
    }
  free(overlaps);
}

static void test_gram(const hk_case *c, uint64_t *seed) {
  const hk_patterns *p = &c->p;
  int32_t *gram = malloc(p->blocks * HK_LANES * sizeof(int32_t));
  size_t j = draw(seed) % p->neurons, from = draw(seed) % p->blocks;
  hk_gram(p, j, from, p->blocks, gram);
  bool right = true;
  for (size_t i = from * HK_LANES; i < p->blocks * HK_LANES; i++) {
    int64_t sum = 0;
    if (i < p->neurons)
      for (size_t slot = 0; slot < c->slots; slot++)
        sum += c->rows[slot * p->neurons + i] * c->rows[slot * p->neurons + j];
    right &= gram[i - from * HK_LANES] == sum;
  }
  check(right, "gram", c);
  free(gram);
}

/// The kinds of rule: bit 0 self-coupling, 1 thresholds, 2 noise, 3 frozen neurons, 4 a term of its
/// own so large that fields take 64 bits.
typedef struct {
  double *thresholds, *noise;
  uint64_t *frozen;
} parts;

static parts make_parts(const hk_case *c, uint64_t *seed) {
  size_t n = c->p.neurons;
  parts parts = {malloc(n * sizeof(double)), malloc(n * sizeof(double)), random_state(n, seed)};
  double scale = (double)n / 2;
  for (size_t i = 0; i < n; i++) {
    parts.thresholds[i] = (double)(int64_t)((draw_unit(seed) - 0.5) * 2 * scale);
    parts.noise[i] = (draw_unit(seed) - 0.5) * 4 * scale;
  }
  parts.noise[0] = 1.0 / 0.0;
  for (size_t word = 0; word < c->words; word++) parts.frozen[word] &= draw(seed);
  return parts;
}

static hk_rule make_rule(const hk_case *c, const parts *parts, int kind) {
  return (hk_rule){.self = kind & 16 ? (int64_t)1 << 31 : kind & 1 ? 0 : c->p.count,
                   .thresholds = kind & 2 ? parts->thresholds : NULL,
                   .noise = kind & 4 ? parts->noise : NULL,
                   .frozen = kind & 8 ? parts->frozen : NULL};
}

static size_t brute_step(const hk_case *c, const hk_rule *rule, const int64_t *overlaps,
                         const uint64_t *state, size_t from, size_t to, uint64_t *next) {
  size_t changed = 0;
  for (size_t i = from * HK_LANES; i < to * HK_LANES && i < c->p.neurons; i++) {
    int spin = spin_of(state, i);
    int new = brute_spin(rule, brute_field(c, overlaps, i), spin, i, i);
    changed += new != spin;
    next[i / 64] &= ~((uint64_t)1 << (i % 64));
    next[i / 64] |= (uint64_t)(new > 0) << (i % 64);
  }
  return changed;
}

static void test_dynamics(const hk_case *c, const uint64_t *start, uint64_t *seed) {
  const hk_patterns *p = &c->p;
  size_t bytes = c->words * 8, n = p->neurons;
  int64_t *overlaps = malloc(p->groups * HK_SLOTS * sizeof(int64_t));
  uint32_t *order = malloc(n * sizeof(uint32_t));
  for (size_t i = 0; i < n; i++) order[i] = (uint32_t)(draw(seed) % n);
  hk_plan plan;
  make_plan(&plan, c);
  parts parts = make_parts(c, seed);
  int kinds[] = {0, 1, 2, 4, 8, 16, (int)(draw(seed) % 16)};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    hk_rule rule = make_rule(c, &parts, kinds[k]);
    brute_overlaps(c, start, overlaps);
    int32_t *narrowed = narrow(c, overlaps);
    hk_prepare(&plan, p, narrowed);

    uint64_t *next = malloc(bytes), *expected = calloc(c->words, 8);
    memset(next, 0xFF, bytes);
    if (p->blocks % 2) next[c->words - 1] >>= 32;  // a step writes whole blocks, no further
    size_t half = even_half(p->blocks), words_before = half / 2;
    memset(expected, 0xFF, words_before * 8);
    size_t right = brute_step(c, &rule, overlaps, start, half, p->blocks, expected);
    size_t changed = hk_step(p, &plan, &rule, start, half, p->blocks, next);
    check(changed == right && !memcmp(next, expected, bytes), "step, part", c);
    right += brute_step(c, &rule, overlaps, start, 0, half, expected);
    changed += hk_step(p, &plan, &rule, start, 0, half, next);
    check(changed == right && !memcmp(next, expected, bytes), "step", c);
    free(next); free(expected);

    // Three sweeps, the plan that each leaves serving the next; then random visits.
    uint64_t *ours = copy(start, bytes), *theirs = copy(start, bytes);
    for (int s = 0; s < 3; s++) {
      size_t theirs_flips = brute_visits(c, &rule, NULL, n, theirs, overlaps);
      size_t flips = hk_sweep(p, &plan, &rule, ours, narrowed);
      check(flips == theirs_flips && !memcmp(ours, theirs, bytes), "sweep", c);
      check(same_overlaps(c, narrowed, overlaps), "sweep's overlaps", c);
    }
    int64_t *fields = malloc(p->blocks * HK_LANES * sizeof(int64_t)), *want = malloc(n * 8);
    brute_fields(c, overlaps, want);
    hk_fields(p, &plan, 0, p->blocks, fields);
    check(!memcmp(fields, want, n * 8), "plan after a sweep", c);
    free(fields); free(want);

    size_t theirs_flips = brute_visits(c, &rule, order, n, theirs, overlaps);
    size_t flips = hk_visit(p, &rule, order, n, ours, narrowed);
    check(flips == theirs_flips && !memcmp(ours, theirs, bytes), "visit", c);
    check(same_overlaps(c, narrowed, overlaps), "visit's overlaps", c);
    free(ours); free(theirs);
    hk_deallocate(narrowed);
  }
  free(parts.thresholds); free(parts.noise); free(parts.frozen);
  free(order); free(overlaps);
  hk_deallocate(plan.tables);
}

/// Cues of every kind in one batch: aligned and random states, rules of every kind.
static void test_batch(const hk_case *c, size_t cues, uint64_t *seed) {
  const hk_patterns *p = &c->p;
  hk_plan *plans = calloc(cues, sizeof(hk_plan));
  hk_rule *rules = calloc(cues, sizeof(hk_rule));
  uint64_t **states = calloc(cues, sizeof *states), **nexts = calloc(cues, sizeof *nexts);
  uint64_t **expected = calloc(cues, sizeof *nexts);
  size_t *changed = calloc(cues, sizeof(size_t)), *right = calloc(cues, sizeof(size_t));
  int64_t *overlaps = malloc(p->groups * HK_SLOTS * sizeof(int64_t));
  parts parts = make_parts(c, seed);
  for (size_t cue = 0; cue < cues; cue++) {
    states[cue] = cue % 3 ? noisy_state(c, 0, 0.3, seed) : random_state(p->neurons, seed);
    nexts[cue] = calloc(c->words, 8);
    expected[cue] = calloc(c->words, 8);
    rules[cue] = make_rule(c, &parts, cue % 4 ? (int)(cue % 2) : (int)(draw(seed) % 32));
    brute_overlaps(c, states[cue], overlaps);
    if (cue % 5 == 4)  // larger than any state's: more digits than the other cues
      for (size_t slot = 0; slot < c->slots; slot++) overlaps[slot] *= 9973;
    int32_t *narrowed = narrow(c, overlaps);
    make_plan(&plans[cue], c);
    hk_prepare(&plans[cue], p, narrowed);
    changed[cue] = right[cue] = cue;
    right[cue] += brute_step(c, &rules[cue], overlaps, states[cue], 0, p->blocks, expected[cue]);
    hk_deallocate(narrowed);
  }
  size_t half = even_half(p->blocks);
  hk_rest *rests = calloc(cues, sizeof(hk_rest));
  hk_step_batch(p, plans, rules, rests, (const uint64_t *const *)states, cues, half, p->blocks,
                nexts, changed);
  hk_step_batch(p, plans, rules, rests, (const uint64_t *const *)states, cues, 0, half, nexts,
                changed);
  bool same = true;
  for (size_t cue = 0; cue < cues; cue++) {
    same &= changed[cue] == right[cue] && !memcmp(nexts[cue], expected[cue], c->words * 8);
    free(states[cue]); free(nexts[cue]); free(expected[cue]);
    hk_deallocate(plans[cue].tables);
  }
  check(same, "step_batch", c);
  free(parts.thresholds); free(parts.noise); free(parts.frozen);
  free(overlaps); free(plans); free(rules); free(states); free(nexts); free(expected);
  free(changed); free(right); free(rests);
}

/// Steps in which blocks may rest, against steps that look at every neuron.
static void test_rests(const hk_case *c, uint64_t *seed) {
  enum { CUES = 3, STEPS = 6 };
  const hk_patterns *p = &c->p;
  size_t slots = p->groups * HK_SLOTS, bytes = c->words * 8;
  hk_plan plans[CUES];
  hk_rule rules[CUES];
  hk_rest rests[CUES];
  uint64_t *states[CUES], *nexts[CUES];
  int32_t *before[CUES];
  int64_t *overlaps = calloc(slots, sizeof(int64_t));
  uint64_t *expected = calloc(c->words, 8);
  parts parts = make_parts(c, seed);
  static const int kinds[] = {0, 1, 8, 9, 2, 16};
  for (size_t k = 0; k < CUES; k++) {
    make_plan(&plans[k], c);
    rules[k] = make_rule(c, &parts, kinds[draw(seed) % 6]);
    rests[k] = (hk_rest){0, calloc(p->blocks, sizeof(int64_t))};
    states[k] = noisy_state(c, draw(seed) % c->slots, 0.05 + 0.1 * (double)k, seed);
    nexts[k] = calloc(c->words, 8);
    before[k] = calloc(slots, sizeof(int32_t));
  }
  bool same = true;
  for (size_t s = 0; s < STEPS; s++) {
    size_t changed[CUES] = {0}, right[CUES];
    uint64_t *wanted[CUES];
    for (size_t k = 0; k < CUES; k++) {
      brute_overlaps(c, states[k], overlaps);
      int32_t *narrowed = narrow(c, overlaps);
      hk_squares(p, before[k], narrowed, &rests[k].drift);
      memcpy(before[k], narrowed, slots * sizeof(int32_t));
      hk_prepare(&plans[k], p, narrowed);
      hk_deallocate(narrowed);
      right[k] = brute_step(c, &rules[k], overlaps, states[k], 0, p->blocks, expected);
      wanted[k] = copy(expected, bytes);
    }
    size_t half = even_half(p->blocks);
    hk_step_batch(p, plans, rules, rests, (const uint64_t *const *)states, CUES, 0, half, nexts,
                  changed);
    hk_step_batch(p, plans, rules, rests, (const uint64_t *const *)states, CUES, half, p->blocks,
                  nexts, changed);
    for (size_t k = 0; k < CUES; k++) {
      same &= changed[k] == right[k] && !memcmp(nexts[k], wanted[k], bytes);
      memcpy(states[k], nexts[k], bytes);
      free(wanted[k]);
    }
  }
  check(same, "rests", c);
  // Blocks that need not be looked at are not.
  size_t changed[CUES] = {0};
  for (size_t k = 0; k < CUES; k++) {
    for (size_t block = 0; block < p->blocks; block++) rests[k].until[block] = INT64_MAX;
    rules[k].self = -p->count * (int64_t)p->neurons;
    memset(nexts[k], 0, bytes);
  }
  hk_step_batch(p, plans, rules, rests, (const uint64_t *const *)states, CUES, 0, p->blocks, nexts,
                changed);
  same = true;
  for (size_t k = 0; k < CUES; k++) {
    same &= changed[k] == 0 && !memcmp(nexts[k], states[k], bytes);
    free(rests[k].until); free(states[k]); free(nexts[k]); free(before[k]);
    hk_deallocate(plans[k].tables);
  }
  check(same, "rests, all of them", c);
  free(overlaps); free(expected);
  free(parts.thresholds); free(parts.noise); free(parts.frozen);
}

static void test_case(size_t neurons, size_t slots, hk_kind kind, uint64_t *seed) {
  hk_case c = make_case(neurons, slots, kind, slots > 2 && draw(seed) % 2, draw(seed) % 3, seed);
  uint64_t *aligned = noisy_state(&c, 0, kind == RANDOM ? 0.2 : 0.4, seed);
  uint64_t *random = random_state(neurons, seed);
  uint64_t case_seed = draw(seed);
  for (hk_level level = HK_SCALAR; level <= HK_AVX512; level++) {
    if (!hk_use_level(level)) continue;
    uint64_t s = case_seed;  // every level sees the same draws
    test_moving(&c, &s);
    test_overlaps(&c, aligned, &s);
    test_overlaps(&c, random, &s);
    int64_t *overlaps = malloc(c.p.groups * HK_SLOTS * sizeof(int64_t));
    brute_overlaps(&c, aligned, overlaps);
    test_fields(&c, overlaps, "fields", &s);
    brute_overlaps(&c, random, overlaps);
    test_fields(&c, overlaps, "fields", &s);
    free(overlaps);
    test_artificial(&c, &s);
    test_gram(&c, &s);
    test_dynamics(&c, aligned, &s);
    test_dynamics(&c, random, &s);
    check(dense_is_right(&c, aligned, 3), "dense, degree 3", &c);
    check(dense_is_right(&c, random, 4), "dense, degree 4", &c);
    check(selection_is_right(&c, aligned, &s), "selection", &c);
    size_t budget = (size_t)1 << 22, cost = neurons * slots;
    test_rests(&c, &s);
    test_batch(&c, cost * 37 < budget ? 37 : cost * 19 < budget ? 19 : 5, &s);
  }
  free(aligned); free(random);
  free_case(&c);
}

int main(int count, char **arguments) {
  if (count > 1 && !strcmp(arguments[1], "--time")) {
    run_timings(count > 2 ? arguments[2] : NULL);
    return 0;
  }
  bool quick = count > 1 && !strcmp(arguments[1], "--quick");
  static const size_t neurons[] = {1, 31, 32, 33, 63, 64, 65, 100, 1000, 4100};
  static const size_t slots[] = {1, 2, 15, 16, 17, 63, 64, 65, 803};
  uint64_t seed = 1982;
  for (size_t n = 0; n < sizeof neurons / sizeof *neurons; n++)
    for (size_t s = 0; s < sizeof slots / sizeof *slots; s++) {
      if (quick && neurons[n] * slots[s] > 100000) continue;
      for (int kind = RANDOM; kind <= IDENTICAL; kind++)
        test_case(neurons[n], slots[s], (hk_kind)kind, &seed);
    }
  for (int kind = RANDOM; kind <= CORRELATED; kind++) {
    // Overlaps in many places of the window, and leaving it.
    hk_case many = make_case(300, quick ? 700 : 5000, (hk_kind)kind, true, 1, &seed);
    uint64_t *state = noisy_state(&many, 0, 0.3, &seed);
    for (hk_level level = HK_SCALAR; level <= HK_AVX512; level++)
      if (hk_use_level(level))
        for (int degree = 2; degree <= 5; degree++)
          check(dense_is_right(&many, state, degree), "dense, many patterns", &many);
    free(state);
    free_case(&many);
  }
  hk_case none = {0};
  check(ranking_is_right(&seed), "next_above", &none);
  // Overlaps that pass the exceptions' threshold by themselves; counts that pass 16 bits.
  test_case(quick ? 9001 : 20011, 5, RANDOM, &seed);
  test_case(quick ? 9001 : 20011, quick ? 40 : 100, CORRELATED, &seed);
  if (!quick) test_case(70, 70000, IDENTICAL, &seed);
  if (!quick) test_case(140000, 17, CORRELATED, &seed);
  printf("%zu passed, %zu failed\n", passed, failed);
  return failed != 0;
}
