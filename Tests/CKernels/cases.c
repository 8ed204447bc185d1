// Patterns and states drawn from a seed.

#include "cases.h"

#include <stdlib.h>
#include <string.h>

uint64_t draw(uint64_t *seed) {
  uint64_t z = *seed += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

double draw_unit(uint64_t *seed) { return (double)(draw(seed) >> 11) * 0x1p-53; }

static void draw_row(int8_t *row, const int8_t *common, size_t neurons, hk_kind kind,
                     uint64_t *seed) {
  for (size_t i = 0; i < neurons; i++) {
    uint64_t r = draw(seed);
    switch (kind) {
      case RANDOM: row[i] = r & 1 ? 1 : -1; break;
      case CORRELATED: row[i] = r % 10 ? common[i] : -common[i]; break;
      case IDENTICAL: row[i] = common[i]; break;
    }
  }
}

hk_case make_case(size_t neurons, size_t slots, hk_kind kind, bool holes, size_t spare,
                  uint64_t *seed) {
  size_t groups = (slots + HK_SLOTS - 1) / HK_SLOTS;
  hk_case c = {.slots = slots, .words = (neurons + 63) / 64};
  hk_patterns *p = &c.p;
  p->neurons = neurons;
  p->blocks = (neurons + HK_LANES - 1) / HK_LANES;
  p->groups = groups;
  p->stride = groups + spare;
  p->tiles = hk_allocate(p->blocks * p->stride * HK_LANES * sizeof(uint16_t));
  c.active = calloc(groups, sizeof(uint16_t));
  p->active = c.active;
  c.rows = calloc(slots * neurons, 1);
  int8_t *common = malloc(neurons);
  draw_row(common, NULL, neurons, RANDOM, seed);
  for (size_t slot = 0; slot < slots; slot++) {
    if (holes && slot != 0 && draw(seed) % 5 == 0) continue;
    p->count++;
    c.active[slot / HK_SLOTS] |= (uint16_t)(1u << (slot % HK_SLOTS));
    draw_row(c.rows + slot * neurons, common, neurons, kind, seed);
  }
  for (size_t i = 0; i < neurons; i++)
    for (size_t slot = 0; slot < slots; slot++)
      if (c.rows[slot * neurons + i] > 0)
        p->tiles[((i / HK_LANES) * p->stride + slot / HK_SLOTS) * HK_LANES + i % HK_LANES] |=
            (uint16_t)(1u << (slot % HK_SLOTS));
  free(common);
  return c;
}

void free_case(hk_case *c) {
  hk_deallocate(c->p.tiles);
  free(c->active);
  free(c->rows);
}

void make_plan(hk_plan *plan, const hk_case *c) {
  memset(plan, 0, sizeof *plan);
  plan->tables = hk_allocate(HK_DIGITS * c->p.groups * HK_TABLE * sizeof(int16_t));
}

uint64_t *random_state(size_t neurons, uint64_t *seed) {
  uint64_t *state = calloc((neurons + 63) / 64, sizeof(uint64_t));
  for (size_t i = 0; i < neurons; i++) state[i / 64] |= (draw(seed) & 1) << (i % 64);
  return state;
}

uint64_t *noisy_state(const hk_case *c, size_t slot, double noise, uint64_t *seed) {
  uint64_t *state = calloc(c->words, sizeof(uint64_t));
  for (size_t i = 0; i < c->p.neurons; i++) {
    uint64_t up = c->rows[slot * c->p.neurons + i] > 0;
    state[i / 64] |= (up ^ (draw_unit(seed) < noise)) << (i % 64);
  }
  return state;
}
