// The long loops of networks with couplings, compiled once for each instruction set: they are simple
// enough for the compiler to make vectors of them. Sums are by lanes that are joined in one order,
// and products are exact or rounded on their own, so that every level computes the same numbers.

#define LANES 32

typedef double doubles __attribute__((vector_size(64), aligned(8)));
typedef float floats __attribute__((vector_size(32), aligned(4)));

static inline double joined(const doubles *lanes) {
  double sum[8];
  for (size_t k = 0; k < 8; k++) sum[k] = (*lanes)[k];
  for (size_t half = 4; half; half /= 2)
    for (size_t k = 0; k < half; k++) sum[k] += sum[k + half];
  return sum[0];
}

/// What the rows `i` to `i + height - 1` and the columns left of them give the fields of both.
///
/// Rows share the loads and stores of the columns' fields, which otherwise would set the pace.
static inline __attribute__((always_inline)) void panel(const float *rows, size_t neurons,
                                                        size_t height, const double *spins,
                                                        size_t i, double *fields) {
  const float *row[4];
  doubles sums[4] = {{0}};
  double rest[4] = {0};
  for (size_t r = 0; r < height; r++) row[r] = rows + (i + r) * neurons;
  size_t j = 0;
  for (; j + 8 <= i; j += 8) {
    doubles field = *(const doubles *)(fields + j), spin = *(const doubles *)(spins + j);
    for (size_t r = 0; r < height; r++) {
      doubles coupling = __builtin_convertvector(*(const floats *)(row[r] + j), doubles);
      sums[r] += coupling * spin;
      field += coupling * spins[i + r];
    }
    *(doubles *)(fields + j) = field;
  }
  for (size_t r = 0; r < height; r++) {
    for (size_t k = j; k < i + r; k++) {
      rest[r] += (double)row[r][k] * spins[k];
      fields[k] += (double)row[r][k] * spins[i + r];
    }
    fields[i + r] += joined(&sums[r]) + rest[r] + (double)row[r][i + r] * spins[i + r];
  }
}

/// What the rows `from` to `to` of a symmetric matrix, up to its diagonal, give the fields.
static void triangle(const float *rows, size_t neurons, const double *spins, size_t from, size_t to,
                     double *fields) {
  size_t i = from;
  for (; i + 4 <= to; i += 4) panel(rows, neurons, 4, spins, i, fields);
  for (; i < to; i++) panel(rows, neurons, 1, spins, i, fields);
}

static double magnitude(const float *row, size_t count) {
  double lanes[LANES] = {0};
  size_t j = 0;
  for (; j + LANES <= count; j += LANES)
    for (size_t k = 0; k < LANES; k++)
      lanes[k] += (double)(row[j + k] < 0 ? -row[j + k] : row[j + k]);
  for (size_t k = 0; j + k < count; k++)
    lanes[k] += (double)(row[j + k] < 0 ? -row[j + k] : row[j + k]);
  for (size_t half = LANES / 2; half; half /= 2)
    for (size_t k = 0; k < half; k++) lanes[k] += lanes[k + half];
  return lanes[0];
}

/// The first neuron from `from` on that is against its field, or `to`.
static size_t next(const double *spins, const double *fields, const double *thresholds,
                   const double *slack, size_t from, size_t to) {
  size_t i = from;
  for (; i + LANES <= to; i += LANES) {
    int any = 0;
    if (thresholds)
      for (size_t k = i; k < i + LANES; k++)
        any |= spins[k] * (fields[k] - thresholds[k]) < -slack[k];
    else
      for (size_t k = i; k < i + LANES; k++) any |= spins[k] * fields[k] < -slack[k];
    if (any) break;
  }
  for (; i < to; i++)
    if (spins[i] * (fields[i] - (thresholds ? thresholds[i] : 0)) < -slack[i]) return i;
  return to;
}

/// sum_mu xi^mu v^mu for one neuron of a tiled set: see CKernels.h.
static double signed_sum(const uint16_t *row, size_t groups, const double *values) {
  double lanes[2 * HK_SLOTS] = {0};
  for (size_t group = 0; group < groups; group++, values += HK_SLOTS) {
    uint32_t bits = row[group * HK_LANES];
    double *sums = lanes + group % 2 * HK_SLOTS;
    for (size_t b = 0; b < HK_SLOTS; b++) sums[b] += (bits >> b) & 1 ? values[b] : -values[b];
  }
  for (size_t half = HK_SLOTS; half; half /= 2)
    for (size_t b = 0; b < half; b++) lanes[b] += lanes[b + half];
  return lanes[0];
}

static void add(double factor, const float *row, size_t count, double *fields) {
  for (size_t j = 0; j < count; j++) fields[j] += factor * (double)row[j];
}

/// Adds several rows, one after another at every place, to the fields from ..< to.
static void add_rows(const double *factors, const float *const *rows, size_t count, size_t from,
                     size_t to, double *fields) {
  size_t j = from;
  for (; j + LANES <= to; j += LANES) {
    doubles field[LANES / 8];
    for (size_t k = 0; k < LANES / 8; k++) field[k] = ((const doubles *)(fields + j))[k];
    for (size_t r = 0; r < count; r++)
      for (size_t k = 0; k < LANES / 8; k++)
        field[k] += factors[r] * __builtin_convertvector(
                                     *(const floats *)(rows[r] + j + 8 * k), doubles);
    for (size_t k = 0; k < LANES / 8; k++) ((doubles *)(fields + j))[k] = field[k];
  }
  for (; j < to; j++)
    for (size_t r = 0; r < count; r++) fields[j] += factors[r] * (double)rows[r][j];
}

/// Visits all neurons in ascending order; returns the number of flips.
///
/// What a flip does to the neurons of its own block is added at once, what it does to all others after
/// the block, together with the other flips there: so the fields of others are loaded and stored once.
static size_t sweep(const hc_couplings *c, const hc_rule *rule, size_t visits, double *spins,
                    double *fields) {
  size_t flips = 0;
  for (size_t first = 0; first < visits; first += LANES) {
    size_t end = first + LANES < visits ? first + LANES : visits, count = 0;
    const float *rows[LANES];
    double factors[LANES];
    size_t i = first;
    while ((i = next(spins, fields, rule->thresholds, c->slack, i, end)) < end) {
      size_t site = i++;
      if (rule->frozen && ((rule->frozen[site / 64] >> (site % 64)) & 1)) continue;
      spins[site] = -spins[site];
      rows[count] = c->rows + site * c->neurons;
      factors[count] = 2 * spins[site];
      add(factors[count], rows[count] + first, end - first, fields + first);
      count++;
    }
    if (!count) continue;
    add_rows(factors, rows, count, 0, first, fields);
    add_rows(factors, rows, count, end, c->neurons, fields);
    flips += count;
  }
  return flips;
}

/// The sum of the values whose bits are set, in float.
static float rounded_sum(const uint16_t *row, size_t groups, const float *values) {
  float lanes[4 * HK_SLOTS] = {0};
  size_t group = 0;
  for (; group + 4 <= groups; group += 4)
    for (size_t k = 0; k < 4; k++) {
      uint32_t bits = row[(group + k) * HK_LANES];
      for (size_t b = 0; b < HK_SLOTS; b++)
        lanes[k * HK_SLOTS + b] += (bits >> b) & 1 ? values[(group + k) * HK_SLOTS + b] : 0;
    }
  for (; group < groups; group++) {
    uint32_t bits = row[group * HK_LANES];
    for (size_t b = 0; b < HK_SLOTS; b++)
      lanes[b] += (bits >> b) & 1 ? values[group * HK_SLOTS + b] : 0;
  }
  for (size_t half = 2 * HK_SLOTS; half; half /= 2)
    for (size_t b = 0; b < half; b++) lanes[b] += lanes[b + half];
  return lanes[0];
}

#ifndef HC_HAS_TABLES
static void tabulate(const float *values, size_t groups, float *tables) {
  (void)values, (void)groups, (void)tables;
}

/// Signed sums of the 32 neurons of a block, in float.
static void block_sums(const uint16_t *tiles, size_t groups, const hl_state *s, float *sums) {
  for (size_t i = 0; i < HK_LANES; i++)
    sums[i] = 2 * rounded_sum(tiles + i, groups, s->rounded) - (float)s->total;
}
#endif

/// sum_nu row_nu values_nu; `count` is a multiple of 16.
static double integer_dot(const double *row, const int32_t *values, size_t count) {
#pragma clang fp contract(off)
  double lanes[HK_SLOTS] = {0};
  for (size_t j = 0; j < count; j += HK_SLOTS)
    for (size_t k = 0; k < HK_SLOTS; k++) lanes[k] += row[j + k] * (double)values[j + k];
  for (size_t half = HK_SLOTS / 2; half; half /= 2)
    for (size_t k = 0; k < half; k++) lanes[k] += lanes[k + half];
  return lanes[0];
}

/// sum s_i (theta_i - h_i / 2): the energy.
static double energy(const double *spins, const double *fields, const double *thresholds,
                     size_t count) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t k = 0; k < LANES; k++) lanes[k] -= spins[i + k] * fields[i + k];
  for (size_t k = 0; i + k < count; k++) lanes[k] -= spins[i + k] * fields[i + k];
  for (size_t half = LANES / 2; half; half /= 2)
    for (size_t k = 0; k < half; k++) lanes[k] += lanes[k + half];
  double sum = lanes[0] / 2;
  if (thresholds)
    for (size_t k = 0; k < count; k++) sum += spins[k] * thresholds[k];
  return sum;
}

#include "coupled_products.h"
#include "lowrank_loops.h"

#define HC_LOOPS \
  {triangle,   magnitude,   sweep, signed_sum,    add,    rounded_sum, tabulate, \
   block_sums, integer_dot, move,  low_rank_sweep, energy, products}
