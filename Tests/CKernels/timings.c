// Timings of every level on one core: the median of several runs, and cycles a tile (32 neurons by
// 16 patterns) at the clock that a chain of additions shows.

#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/// Of this thread's own: other work on the machine disturbs less.
static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/// Seconds a cycle takes: one of a long chain of dependent additions.
static double cycle(void) {
  enum { LINKS = 20000000 };
  double best = 1;
  for (int k = 0; k < 5; k++) {
    size_t chain = 1;
    double start = seconds();
    for (size_t i = 0; i < LINKS; i++) __asm__ volatile("" : "+r"(chain) : "r"(chain += i));
    double time = (seconds() - start) / LINKS;
    if (time < best) best = time;
  }
  return best;
}

enum { RUNS = 15 };

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *times) {
  qsort(times, RUNS, sizeof *times, by_value);
  return times[RUNS / 2];
}

static void report(const char *what, double time, double tiles, double tick) {
  printf("  %-36s %10.3f us", what, time * 1e6);
  if (tiles > 0)
    printf("  %7.2f cycles/tile  %7.1f G/s", time / tick / tiles, tiles * 512 / time * 1e-9);
  printf("\n");
}

#define TIME(times, ...)                 \
  for (int run_ = 0; run_ < RUNS; run_++) { \
    double start_ = seconds();           \
    __VA_ARGS__;                         \
    times[run_] = seconds() - start_;    \
  }

static void overlaps_of(const hk_patterns *p, const uint64_t *state, uint32_t *differing,
                        int32_t *overlaps) {
  memset(differing, 0, p->groups * HK_SLOTS * sizeof *differing);
  hk_count_differing(p, state, 0, p->blocks, differing);
  hk_overlaps_from_differing(p, differing, overlaps);
}

static void time_one_cue(const hk_case *c, double tick, uint64_t *seed) {
  const hk_patterns *p = &c->p;
  double times[RUNS], tiles = (double)(p->blocks * p->groups);
  uint32_t *differing = calloc(p->groups * HK_SLOTS, sizeof *differing);
  int32_t *overlaps = hk_allocate(p->groups * HK_SLOTS * sizeof *overlaps);
  int64_t *fields = malloc(p->blocks * HK_LANES * sizeof *fields);
  int32_t *gram = malloc(p->blocks * HK_LANES * sizeof *gram);
  uint64_t *cue = noisy_state(c, 0, 0.2, seed), *state = malloc(c->words * 8);
  uint64_t *next = calloc(c->words, 8);
  hk_rule rule = {.self = p->count};
  hk_plan plan;
  make_plan(&plan, c);

  TIME(times, overlaps_of(p, cue, differing, overlaps));
  report("overlaps", median(times), tiles, tick);
  TIME(times, for (int k = 0; k < 16; k++) hk_prepare(&plan, p, overlaps));
  report("prepare", median(times) / 16, (double)p->groups, tick);
  printf("  (digits %zu, segment %zu, exceptions %zu)\n", plan.digits, plan.segment[0],
         plan.exceptions);
  TIME(times, hk_fields(p, &plan, 0, p->blocks, fields));
  report("fields", median(times), tiles, tick);
  TIME(times, hk_step(p, &plan, &rule, cue, 0, p->blocks, next));
  report("step", median(times), tiles, tick);
  TIME(times, hk_gram(p, 5, 0, p->blocks, gram));
  report("gram", median(times), tiles, tick);
  TIME(times, hk_move_overlaps(p, cue, next, overlaps); hk_move_overlaps(p, next, cue, overlaps));
  size_t moved = 0;
  for (size_t w = 0; w < c->words; w++) moved += (size_t)__builtin_popcountll(cue[w] ^ next[w]);
  printf("  move_overlaps of %zu neurons: %.3f us\n", moved, median(times) / 2 * 1e6);

  size_t sweeps = 0, flips = 0;
  double first = 0, last = 0;
  TIME(times, {
    memcpy(state, cue, c->words * 8);
    overlaps_of(p, state, differing, overlaps);
    hk_prepare(&plan, p, overlaps);
    sweeps = flips = 0;
    for (size_t some = 1; some > 0 && sweeps < 20; flips += some, sweeps++) {
      double start = seconds();
      some = hk_sweep(p, &plan, &rule, state, overlaps);
      last = seconds() - start;
      if (sweeps == 0) first = last;
    }
  });
  report("recall from 20 % noise", median(times), 0, tick);
  printf("  (%zu sweeps, %zu flips)\n", sweeps, flips);
  report("  first sweep", first, tiles, tick);
  report("  last sweep", last, tiles, tick);
  free(differing); free(fields); free(gram); free(cue); free(state); free(next);
  hk_deallocate(overlaps);
  hk_deallocate(plan.tables);
}

static void time_batch(const hk_case *c, size_t cues, double tick, uint64_t *seed) {
  const hk_patterns *p = &c->p;
  double times[RUNS], tiles = (double)(p->blocks * p->groups);
  uint32_t *differing = calloc(p->groups * HK_SLOTS, sizeof *differing);
  int32_t *overlaps = hk_allocate(p->groups * HK_SLOTS * sizeof *overlaps);
  hk_plan *plans = calloc(cues, sizeof *plans);
  hk_rule *rules = calloc(cues, sizeof *rules);
  uint64_t **states = calloc(cues, sizeof *states), **nexts = calloc(cues, sizeof *nexts);
  size_t *changed = calloc(cues, sizeof *changed);
  for (size_t k = 0; k < cues; k++) {
    states[k] = noisy_state(c, k % c->slots, 0.2, seed);
    nexts[k] = calloc(c->words, 8);
    rules[k].self = p->count;
    make_plan(&plans[k], c);
    overlaps_of(p, states[k], differing, overlaps);
    hk_prepare(&plans[k], p, overlaps);
  }
  hk_rest *rests = calloc(cues, sizeof *rests);
  TIME(times, hk_step_batch(p, plans, rules, rests, (const uint64_t *const *)states, cues, 0,
                            p->blocks, nexts, changed));
  report("step_batch", median(times), tiles * (double)cues, tick);
  for (size_t k = 0; k < cues; k++) {
    hk_deallocate(plans[k].tables);
    free(states[k]); free(nexts[k]);
  }
  free(differing); free(plans); free(rules); free(states); free(nexts); free(changed);
  free(rests);
  hk_deallocate(overlaps);
}

static void time_moving(const hk_case *c, double tick) {
  const hk_patterns *p = &c->p;
  double times[RUNS], tiles = (double)(p->blocks * p->groups);
  uint64_t *words = calloc(p->groups * HK_SLOTS * c->words, 8);
  hk_patterns q = *p;
  q.tiles = hk_allocate(p->blocks * p->stride * HK_LANES * sizeof(uint16_t));
  TIME(times, for (size_t g = 0; g < p->groups; g++)
                  hk_unpack_words(p, g, words + g * HK_SLOTS * c->words, c->words));
  report("unpack_words", median(times), tiles, tick);
  TIME(times, for (size_t g = 0; g < p->groups; g++)
                  hk_pack_words(&q, g, words + g * HK_SLOTS * c->words, c->words, HK_SLOTS));
  report("pack_words", median(times), tiles, tick);
  TIME(times, for (size_t g = 0; g < p->groups; g++) {
    size_t rows = c->slots - g * HK_SLOTS;
    hk_pack_spins(&q, g, c->rows + g * HK_SLOTS * p->neurons, p->neurons,
                  rows < HK_SLOTS ? rows : HK_SLOTS);
  });
  report("pack_spins", median(times), tiles, tick);
  free(words);
  hk_deallocate(q.tiles);
}

/// A case of random tiles without rows of int8, for sizes that those would not fit.
static hk_case make_large(size_t neurons, size_t slots, uint64_t *seed) {
  hk_case c = make_case(neurons, 1, RANDOM, false, 0, seed);
  free(c.active);
  hk_deallocate(c.p.tiles);
  c.slots = slots;
  c.p.groups = c.p.stride = (slots + HK_SLOTS - 1) / HK_SLOTS;
  c.p.count = (int64_t)slots;
  c.active = calloc(c.p.groups, sizeof(uint16_t));
  c.p.active = c.active;
  for (size_t s = 0; s < slots; s++) c.active[s / HK_SLOTS] |= (uint16_t)(1u << (s % HK_SLOTS));
  size_t tiles = c.p.blocks * c.p.groups * HK_LANES;
  c.p.tiles = hk_allocate(tiles * sizeof(uint16_t));
  for (size_t k = 0; k < tiles; k += 4) {
    uint64_t bits = draw(seed);
    memcpy(c.p.tiles + k, &bits, sizeof bits);
  }
  uint64_t *row = calloc(c.words, 8);
  for (size_t i = 0; i < neurons; i++)
    row[i / 64] |= (uint64_t)(c.rows[i] > 0) << (i % 64);
  if (slots % HK_SLOTS)
    for (size_t b = 0; b < c.p.blocks; b++)
      for (size_t lane = 0; lane < HK_LANES; lane++)
        c.p.tiles[(b * c.p.groups + c.p.groups - 1) * HK_LANES + lane] &=
            (uint16_t)((1u << slots % HK_SLOTS) - 1);
  if (neurons % HK_LANES)
    for (size_t g = 0; g < c.p.groups; g++)
      for (size_t lane = neurons % HK_LANES; lane < HK_LANES; lane++)
        c.p.tiles[((c.p.blocks - 1) * c.p.groups + g) * HK_LANES + lane] = 0;
  hk_set_slot(&c.p, 0, row);
  free(row);
  return c;
}

static void time_reading(const hk_case *c) {
  double times[RUNS];
  size_t words = c->p.blocks * c->p.stride * 8;
  const uint64_t *from = (const uint64_t *)(const void *)c->p.tiles;
  uint64_t sum = 0;
  TIME(times, {
    uint64_t parts[16] = {0};
    for (size_t k = 0; k < words; k += 16)
      for (size_t j = 0; j < 16; j++) parts[j] += from[k + j];
    for (size_t j = 0; j < 16; j++) sum += parts[j];
  });
  double time = median(times);
  printf("  reading the tiles: %.1f GB/s, %.1f G/s%s\n", (double)words * 8e-9 / time,
         (double)words * 64e-9 / time, sum ? "" : " ");
}

void run_timings(const char *only) {
  static const char *const names[] = {"scalar", "neon", "avx2", "avx512"};
  uint64_t seed = 1982;
  double tick = cycle();
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("clock %.2f GHz\n", 1e-9 / tick);
  hk_case small = make_case(8192, 800, RANDOM, false, 0, &seed);
  hk_case large = make_large(100000, 13800, &seed);
  for (hk_level level = HK_AVX512; level > HK_SCALAR; level--) {
    if ((only && strcmp(only, names[level])) || !hk_use_level(level)) continue;
    printf("%s, N = 8192, P = 800\n", names[level]);
    time_moving(&small, tick);
    time_one_cue(&small, tick, &seed);
    time_batch(&small, 64, tick, &seed);
    printf("%s, N = 100000, P = 13800\n", names[level]);
    time_reading(&large);
    time_one_cue(&large, tick, &seed);
    time_batch(&large, 8, tick, &seed);
  }
  free_case(&small);
  free_case(&large);
}
