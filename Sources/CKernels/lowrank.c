// Networks with low-rank couplings: decisions and flips.

#include "lowrank.h"

#include "coupled_levels.h"

#include <math.h>

// A field of this share of the magnitude counts as zero: A is an inverse, with its rounding.
#define SLACK 0x1p-30

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
  hc_level_loops()->move(0, s->images, p->groups * HK_SLOTS, s);
}

static const uint16_t *bits_of(const hk_patterns *p, size_t neuron) {
  return p->tiles + neuron / HK_LANES * p->stride * HK_LANES + neuron % HK_LANES;
}

void hl_sums(const hk_patterns *p, const double *images, size_t from, size_t to, double *sums) {
  const hc_loops *level = hc_level_loops();
  for (size_t i = from; i < to; i++)
    sums[i - from] = level->signed_sum(bits_of(p, i), p->groups, images);
}

static double spin_of(const hl_state *s, size_t i) {
  return (s->words[i / 64] >> (i % 64)) & 1 ? 1 : -1;
}

void hl_flip(const hl_couplings *c, size_t i, hl_state *s) {
  size_t slots = c->patterns->groups * HK_SLOTS;
  s->words[i / 64] ^= 1ull << (i % 64);
  int spin = (int)spin_of(s, i);
  hc_level_loops()->move(2.0 * spin, c->images + i * slots, slots, s);
}

/// A sweep, or visits in a given order, in progress.
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
  if (field * spin >= -SLACK * v->s->magnitude) return false;
  hl_flip(v->c, i, v->s);
  return true;
}

static double look(const visiting *v, size_t i) {
  const hk_patterns *p = v->c->patterns;
  return 2 * (double)v->level->rounded_sum(bits_of(p, i), p->groups, v->s->rounded) - v->s->total;
}

/// Whether a whole block of neurons is surely with its fields: most are, most of the time.
static bool all_agree(const visiting *v, size_t first, size_t visits, const float *sums) {
  if (v->rule->thresholds || v->rule->noise || first + HK_LANES > visits) return false;
  uint32_t bits = (uint32_t)(v->s->words[first / 64] >> (first % 64));
  double own = v->alone ? 1 : 0, sure = v->doubt * v->s->magnitude;
  const double *diagonal = v->c->diagonal + first;
  int all = 1;
  for (size_t k = 0; k < HK_LANES; k++) {
    double aligned = (bits >> k) & 1 ? sums[k] : -sums[k];
    all &= aligned - own * diagonal[k] > sure;
  }
  return all;
}

size_t hl_visit(const hl_couplings *c, const hc_rule *rule, const uint32_t *order, size_t visits,
                hl_state *s) {
  const hk_patterns *p = c->patterns;
  visiting v = {c, rule, hc_level_loops(), s,
                // A heat bath leaves out what a neuron does to itself, or its law would not be
                // exp(-E / T).
                !c->keeps_diagonal || rule->noise,
                // Each of a sum's float additions rounds by 2^-24 of at most the magnitude, and so
                // did a itself.
                0x1p-22 * (double)(p->groups + HK_SLOTS)};
  size_t flips = 0;
  if (order) {
    for (size_t visit = 0; visit < visits; visit++)
      flips += decide(&v, order[visit], visit, look(&v, order[visit]));
    return flips;
  }
  // 32 neurons together cost a few visits. They are worth it until the first of them flips.
  bool stale = true;
  for (size_t first = 0; first < visits; first += HK_LANES) {
    float sums[HK_LANES];
    size_t before = flips;
    if (stale) v.level->tabulate(s->rounded, p->groups, s->tables);
    stale = false;
    v.level->block_sums(p->tiles + first * p->stride, p->groups, s, sums);
    if (all_agree(&v, first, visits, sums)) continue;
    for (size_t i = first; i < first + HK_LANES && i < visits; i++)
      flips += decide(&v, i, i, flips == before ? (double)sums[i - first] : look(&v, i));
    stale = flips > before;
  }
  return flips;
}
