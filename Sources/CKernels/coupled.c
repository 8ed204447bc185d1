// Networks with couplings: decisions, flips, and the loops that the machine runs best.

#include "coupled_levels.h"

#include "coupled_loops.h"

static const hc_loops base_loops = HC_LOOPS;

const hc_loops *hc_level_loops(void) {
#if defined(__x86_64__)
  switch (hk_level_in_use()) {
    case HK_AVX512: return &hc_avx512_loops;
    case HK_AVX2: return &hc_avx2_loops;
    default: break;
  }
#endif
  return &base_loops;  // on arm64 these are NEON
}

void hc_add_fields(const hc_couplings *c, const double *spins, size_t from, size_t to,
                   double *fields) {
  hc_level_loops()->triangle(c->rows, c->neurons, spins, from, to, fields);
}

bool hc_magnitudes(const float *rows, size_t neurons, size_t from, size_t to, double *sums) {
  const hc_loops *level = hc_level_loops();
  // In squares: a column at a time would miss the cache at every element.
  const size_t square = 32;
  bool same = true;
  for (size_t top = from; top < to; top += square) {
    size_t bottom = top + square < to ? top + square : to;
    for (size_t left = 0; left < bottom; left += square)
      for (size_t i = top; i < bottom; i++)
        for (size_t j = left; j < left + square && j < i; j++)
          same &= rows[i * neurons + j] == rows[j * neurons + i];
    for (size_t i = top; i < bottom; i++) sums[i] = level->magnitude(rows + i * neurons, neurons);
  }
  return same;
}

void hc_directed_fields(const hc_couplings *c, const double *spins, size_t from, size_t to,
                        double *fields) {
  const hc_loops *level = hc_level_loops();
  for (size_t i = from; i < to; i++) fields[i] = 0;
  for (size_t j = 0; j < c->neurons; j++)
    level->add(spins[j], c->rows + j * c->neurons + from, to - from, fields + from);
}

void hc_weighted_gram(const hk_patterns *p, const double *weights, size_t neuron, double *values,
                      double *sums) {
  const hc_loops *level = hc_level_loops();
  size_t block = p->stride * HK_LANES;
  const uint16_t *own = p->tiles + neuron / HK_LANES * block + neuron % HK_LANES;
  for (size_t slot = 0; slot < p->groups * HK_SLOTS; slot++) {
    uint32_t bits = own[slot / HK_SLOTS * HK_LANES];
    values[slot] = (bits >> slot % HK_SLOTS) & 1 ? weights[slot] : -weights[slot];
  }
  for (size_t j = 0; j < p->neurons; j++)
    sums[j] = level->signed_sum(p->tiles + j / HK_LANES * block + j % HK_LANES, p->groups, values);
}

int hc_decide(const hc_couplings *c, const hc_rule *rule, size_t i, size_t visit, double spin,
              double field) {
  double threshold = (rule->thresholds ? rule->thresholds[i] : 0) +
                     (rule->noise ? rule->noise[visit] : 0);
  double h = field - threshold;
  return h > c->slack[i] ? 1 : h < -c->slack[i] ? -1 : (int)spin;
}

void hc_flip(const hc_couplings *c, size_t neuron, double spin, double *fields) {
  hc_level_loops()->add(2 * spin, c->rows + neuron * c->neurons, c->neurons, fields);
}

double hc_energy(const double *spins, const double *fields, const double *thresholds,
                 size_t neurons) {
  return hc_level_loops()->energy(spins, fields, thresholds, neurons);
}

size_t hc_visit(const hc_couplings *c, const hc_rule *rule, const uint32_t *order, size_t visits,
                double *spins, double *fields) {
  const hc_loops *level = hc_level_loops();
  if (!order && !rule->noise) return level->sweep(c, rule, visits, spins, fields);
  size_t flips = 0;
  for (size_t visit = 0; visit < visits; visit++) {
    size_t i = order ? order[visit] : visit;
    if (rule->frozen && ((rule->frozen[i / 64] >> (i % 64)) & 1)) continue;
    // A heat bath leaves out what a neuron does to itself, or its law would not be exp(-E / T).
    double own = rule->noise ? (double)c->rows[i * c->neurons + i] * spins[i] : 0;
    int new = hc_decide(c, rule, i, visit, spins[i], fields[i] - own);
    if (new == (int)spins[i]) continue;
    spins[i] = new;
    level->add(2.0 * new, c->rows + i * c->neurons, c->neurons, fields);
    flips++;
  }
  return flips;
}
