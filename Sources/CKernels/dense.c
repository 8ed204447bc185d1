// Dense memories: who is visited, who decides how; the loops over patterns are each level's own.

#include "dense_levels.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

static const hd_kernels *kernels(void) {
  switch (hk_level_in_use()) {
#if defined(__x86_64__)
    case HK_AVX2: return &hd_avx2_kernels;
    case HK_AVX512: return hd_has_digits() ? &hd_avx512_digit_kernels : &hd_avx512_kernels;
#endif
    default: return &hd_scalar_kernels;  // NEON has none of its own
  }
}

void hd_prepare(const hk_patterns *p, const hd_table *x, const int32_t *overlaps, bool at_midpoints,
                hd_values *values) {
  if (!at_midpoints) {
    kernels()->values(p, x, NULL, 0, (int32_t *)overlaps, values);  // no row, no change
    return;
  }
  double slopes[HD_LANES] = {0}, magnitudes[HD_LANES] = {0};
  for (size_t slot = 0; slot < p->groups * HK_SLOTS; slot++) {
    double step = hd_active(p, slot) ? x->steps[hd_entry(x, overlaps[slot])] : 0;
    values->values[slot] = 2 * step;
    slopes[slot % HD_LANES] += 2 * step;
    magnitudes[slot % HD_LANES] += __builtin_fabs(2 * step);
  }
  values->slopes = hd_join(slopes);
  values->bends = 0;
  values->magnitude = hd_join(magnitudes);
}

// MARK: Rows and overlaps

void hd_make_rows(const hk_patterns *p, size_t from, size_t to, uint16_t *rows) {
  const hd_kernels *k = kernels();
  for (size_t block = from; block < to; block++)
    k->rows(p, block, rows + block * HK_LANES * hd_stride(p->groups));
}

void hd_overlaps(const hk_patterns *p, const uint16_t *rows, const uint64_t *state, size_t from,
                 size_t to, int32_t *overlaps) {
  kernels()->overlaps(p, rows, state, from, to, overlaps);
}

/// Whether the sum of any `slots` entries fits 63 bits: then it is that of their low words.
static bool is_narrow(const uint64_t *table, size_t entries, size_t slots) {
  uint64_t limit = (uint64_t)INT64_MAX / (slots ? slots : 1);
  bool all = true;
  for (size_t k = 0; k < entries; k++) {
    int64_t low = (int64_t)table[2 * k], high = (int64_t)table[2 * k + 1];
    all &= high == low >> 63 && (uint64_t)(low ^ high) < limit;
  }
  return all;
}

void hd_sum_wide(const hk_patterns *p, const uint64_t *table, const int32_t *overlaps,
                 uint64_t *low, uint64_t *high) {
  const size_t slots = p->groups * HK_SLOTS;
  const int32_t size = (int32_t)p->neurons;
  // With N even M + N always is, and the low word of its entry stands right there.
  if (size % 2 == 0 && is_narrow(table, p->neurons + 1, slots)) {
    const uint64_t *middle = table + size;
    uint64_t totals[4] = {0};
    for (size_t slot = 0; slot < slots; slot += 4)
      for (size_t k = 0; k < 4; k++) totals[k] += middle[overlaps[slot + k]];
    *low = totals[0] + totals[1] + totals[2] + totals[3];
    *high = (uint64_t)((int64_t)*low >> 63);
    return;
  }
  unsigned __int128 totals[4] = {0};  // so that carries need not wait for one another
  for (size_t slot = 0; slot < slots; slot += 4)
    for (size_t k = 0; k < 4; k++) {
      const uint64_t *entry = table + ((uint32_t)(overlaps[slot + k] + size) & ~(uint32_t)1);
      totals[k] += (unsigned __int128)entry[1] << 64 | entry[0];
    }
  unsigned __int128 total = totals[0] + totals[1] + totals[2] + totals[3];
  *low = (uint64_t)total;
  *high = (uint64_t)(total >> 64);
}

// MARK: Fields

/// 4 h where rounding leaves the sign open: the terms are counted by midpoint, so that equal ones
/// cancel exactly, and what is left is summed exactly, or from the smallest up.
static double resolved(const hk_patterns *p, const hd_table *x, const uint16_t *row,
                       const int32_t *overlaps, int spin, int32_t *counts) {
  for (size_t slot = 0; slot < p->groups * HK_SLOTS; slot++) {
    if (!hd_active(p, slot)) continue;
    int32_t xi = ((row[slot / HK_SLOTS] >> (slot % HK_SLOTS)) & 1) ? 1 : -1;
    counts[(overlaps[slot] - xi * spin - x->lowest) >> 1] += xi;
  }
  size_t top = x->span;
  while (top > 0 && counts[top - 1] == 0) top--;
  __int128 wide = 0;
  double rounded = 0;
  for (size_t k = 0; k < top; k++) {
    size_t entry = hd_entry(x, x->lowest + 2 * (int32_t)k);
    if (x->wide) {
      __int128 step = (__int128)((unsigned __int128)x->wide[2 * entry + 1] << 64 |
                                 x->wide[2 * entry]);
      wide += step * counts[k];
    } else if (x->ratio > 0) {
      rounded = rounded * x->ratio + counts[k];  // Horner: in units of the highest step
    } else {
      rounded += x->steps[entry] * counts[k];
    }
    counts[k] = 0;
  }
  if (x->wide) return 2 * (double)wide;
  if (x->ratio > 0 && rounded != 0) {
    double unit = x->steps[hd_entry(x, x->lowest + 2 * (int32_t)(top - 1))];
    double field = rounded * unit;
    rounded = field != 0 ? field : copysign(0x1p-1022, rounded);
  }
  return 2 * rounded;
}

static inline double four_h(const hd_kernels *k, const hk_patterns *p, const hd_table *x,
                            const hd_values *v, const uint16_t *row, const int32_t *overlaps,
                            int spin, int32_t *counts) {
  double field = 2 * k->sum(row, v->values, p->groups) - v->slopes + spin * v->bends;
  if (x->error > 0 && __builtin_fabs(field) <= x->error * v->magnitude)
    return resolved(p, x, row, overlaps, spin, counts);
  return field;
}

void hd_fields(const hk_patterns *p, const uint16_t *rows, const hd_table *x,
               const hd_values *values, const int32_t *overlaps, const uint64_t *state, size_t from,
               size_t to, hd_scratch *scratch, double *fields) {
  const hd_kernels *k = kernels();
  for (size_t i = from * HK_LANES; i < to * HK_LANES; i++) {
    int spin = state && i < p->neurons ? hk_spin(state, i) : 0;
    *fields++ = i < p->neurons ? four_h(k, p, x, values, hd_row(p, rows, i), overlaps, spin,
                                        scratch->counts)
                               : 0;
  }
}

// MARK: Visits

/// The spin that the field asks for.
static int decide(const hd_table *x, const hd_values *v, const hd_rule *rule, double field,
                  int spin, size_t visit) {
  double threshold = rule->noise ? rule->noise[visit] * rule->noise_scale : 0;
  if (rule->noise && x->logarithmic) {
    // h = 1/2 ln Z+ / Z-, with Z = sum exp M: G = Z (2 - e^2 - e^-2), and Z less what a flip takes.
    double now = v->bends / (2 - exp(2) - exp(-2)), flipped = now - spin * field / 2;
    field = now > 0 ? spin * log(now / flipped) / 2 : 0;
  }
  return field > threshold ? 1 : field < threshold ? -1 : spin;
}

size_t hd_visit(const hk_patterns *p, const uint16_t *rows, const hd_table *x, hd_values *values,
                const hd_rule *rule, const uint32_t *order, size_t from, size_t to, size_t limit,
                hd_scratch *scratch, uint64_t *state, int32_t *overlaps, size_t *flips) {
  const hd_kernels *k = kernels();
  size_t visit = from, done = 0;
  for (; visit < to && done < limit; visit++) {
    size_t i = order ? order[visit] : visit;
    if (rule->frozen && ((rule->frozen[i / 64] >> (i % 64)) & 1)) continue;
    const uint16_t *row = hd_row(p, rows, i);
    int spin = hk_spin(state, i);
    double field = four_h(k, p, x, values, row, overlaps, spin, scratch->counts);
    int new = decide(x, values, rule, field, spin, visit);
    if (new == spin) continue;
    state[i / 64] ^= (uint64_t)1 << (i % 64);
    k->values(p, x, row, new, overlaps, values);
    done++;
  }
  *flips += done;
  return visit;
}

bool hd_sweep(const hk_patterns *p, const uint16_t *rows, const hd_table *x, const hd_rule *rule,
              size_t *from, hd_scratch *scratch, uint64_t *state, int32_t *overlaps,
              size_t *flips) {
  const hd_kernels *k = kernels();
  return k->sweep && k->sweep(p, rows, x, rule, from, scratch, state, overlaps, flips);
}
