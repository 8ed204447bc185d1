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
  hk_flip_overlaps(c->patterns, i, spin, s->overlaps);
  hc_level_loops()->move(2.0 * spin, c->images + i * slots, slots, s);
}

size_t hl_visit(const hl_couplings *c, const hc_rule *rule, const uint32_t *order, size_t visits,
                hl_state *s) {
  const hc_loops *level = hc_level_loops();
  const hk_patterns *p = c->patterns;
  double size = (double)p->neurons;
  // A heat bath leaves out what a neuron does to itself, or its law would not be exp(-E / T).
  bool alone = !c->keeps_diagonal || rule->noise;
  // Each of a sum's float additions rounds by 2^-24 of at most the magnitude, and so did a itself.
  double doubt = 0x1p-22 * (double)(p->groups + HK_SLOTS);
  size_t flips = 0;
  for (size_t visit = 0; visit < visits; visit++) {
    size_t i = order ? order[visit] : visit;
    if (rule->frozen && ((rule->frozen[i / 64] >> (i % 64)) & 1)) continue;
    const uint16_t *bits = bits_of(p, i);
    double spin = spin_of(s, i);
    double threshold = (rule->thresholds ? rule->thresholds[i] : 0) +
                       (rule->noise ? rule->noise[visit] : 0);
    double rest = (alone ? c->diagonal[i] * spin : 0) + size * threshold;
    double field = 2 * (double)level->rounded_sum(bits, p->groups, s->rounded) - s->total - rest;
    // Floats decide where no rounding can change the sign; elsewhere doubles do.
    if (!(fabs(field) > doubt * s->magnitude))
      field = level->signed_sum(bits, p->groups, s->images) - rest;
    if (field * spin >= -SLACK * s->magnitude) continue;
    hl_flip(c, i, s);
    flips++;
  }
  return flips;
}
