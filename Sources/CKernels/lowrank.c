// Networks with low-rank couplings: decisions and flips.

#include "lowrank.h"

#include "coupled_levels.h"

#include <math.h>
#include <string.h>

void hl_products(const hk_patterns *p, const double *values, size_t columns, size_t from, size_t to,
                 double *rows) {
  hc_level_loops()->products(p, values, columns, from, to, rows);
}

void hl_images(const double *factor, const int32_t *overlaps, size_t slots, size_t from, size_t to,
               double *images) {
  const hc_loops *level = hc_level_loops();
  for (size_t mu = from; mu < to; mu++)
    images[mu] = level->integer_dot(factor + mu * slots, overlaps, slots);
}

double hl_dot(const double *images, const int32_t *overlaps, size_t slots) {
  return hc_level_loops()->integer_dot(images, overlaps, slots);
}

void hl_settle(const hk_patterns *p, hl_state *s) {
  hc_level_loops()->move(NULL, NULL, 0, p->groups * HK_SLOTS, s);
}

static const uint16_t *bits_of(const hk_patterns *p, size_t neuron) {
  return p->tiles + neuron / HK_LANES * p->stride * HK_LANES + neuron % HK_LANES;
}

void hl_sums(const hk_patterns *p, const double *images, size_t from, size_t to, double *sums) {
  const hc_loops *level = hc_level_loops();
  for (size_t i = from; i < to; i++)
    sums[i - from] = level->signed_sum(bits_of(p, i), p->groups, images);
}

double hl_near(const hk_patterns *p, const double *images, size_t from, size_t to, hl_state *room,
               float *near, double *diagonal) {
  const hc_loops *level = hc_level_loops();
  size_t slots = p->groups * HK_SLOTS;
  double largest = 0;
  for (size_t first = from * HK_LANES; first < to * HK_LANES; first += HK_LANES) {
    size_t end = first + HK_LANES < p->neurons ? first + HK_LANES : p->neurons;
    for (size_t i = first; i < end; i++) {
      const double *row = images + i * slots;
      memcpy(room->images, row, slots * sizeof *row);
      hl_settle(p, room);
      level->tabulate(room->rounded, p->groups, room->tables);
      level->block_sums(p->tiles + first * p->stride, p->groups, room, near + i * HK_LANES);
      diagonal[i] = level->signed_sum(bits_of(p, i), p->groups, row);
      largest = largest > room->magnitude ? largest : room->magnitude;
    }
  }
  return largest;
}

static double spin_of(const hl_state *s, size_t i) {
  return (s->words[i / 64] >> (i % 64)) & 1 ? 1 : -1;
}

void hl_flip(const hl_couplings *c, size_t i, hl_state *s) {
  size_t slots = c->patterns->groups * HK_SLOTS;
  s->words[i / 64] ^= 1ull << (i % 64);
  const double factor = 2 * spin_of(s, i), *row = c->images + i * slots;
  hc_level_loops()->move(&factor, &row, 1, slots, s);
}

/// Visits in a given order, in progress.
typedef struct {
  const hl_couplings *c;
  const hc_rule *rule;
  const hc_loops *level;
  hl_state *s;
  bool alone;    // whether w_ii is left out
  double doubt;  // what a field in float may be off by, relative to the magnitude
} visiting;

/// Lets neuron i decide, `field` being its signed sum in float; returns whether it has flipped.
static bool decide(const visiting *v, size_t i, size_t visit, double field) {
  const hc_rule *rule = v->rule;
  if (rule->frozen && ((rule->frozen[i / 64] >> (i % 64)) & 1)) return false;
  double spin = spin_of(v->s, i);
  double threshold =
      (rule->thresholds ? rule->thresholds[i] : 0) + (rule->noise ? rule->noise[visit] : 0);
  const hk_patterns *p = v->c->patterns;
  double rest = (v->alone ? v->c->diagonal[i] * spin : 0) + (double)p->neurons * threshold;
  field -= rest;
  // Floats decide where no rounding can change the sign; elsewhere doubles do.
  if (!(fabs(field) > v->doubt * v->s->magnitude))
    field = v->level->signed_sum(bits_of(p, i), p->groups, v->s->images) - rest;
  if (field * spin >= -HL_SLACK * v->s->magnitude) return false;
  hl_flip(v->c, i, v->s);
  return true;
}

static double look(const visiting *v, size_t i) {
  const hk_patterns *p = v->c->patterns;
  return 2 * (double)v->level->rounded_sum(bits_of(p, i), p->groups, v->s->rounded) - v->s->total;
}

size_t hl_visit(const hl_couplings *c, const hc_rule *rule, const uint32_t *order, size_t visits,
                hl_state *s) {
  const hc_loops *level = hc_level_loops();
  if (!order) return level->low_rank_sweep(c, rule, s);
  visiting v = {c, rule, level, s,
                // A heat bath leaves out what a neuron does to itself, or its law would not be
                // exp(-E / T).
                !c->keeps_diagonal || rule->noise, hl_doubt(c->patterns->groups)};
  size_t flips = 0;
  for (size_t visit = 0; visit < visits; visit++)
    flips += decide(&v, order[visit], visit, look(&v, order[visit]));
  return flips;
}
