// Kernels of dense associative memories: E = -sum_mu F(M^mu), M^mu = sum_i xi_i^mu s_i.
//
// With the step a(m) = F(m + 1) - F(m - 1), the field of neuron i (Krotov and Hopfield 2016) is
//
//   2 h_i = E(s_i = -1) - E(s_i = +1) = sum_mu xi_i^mu a(M^mu - xi_i^mu s_i)
//
// Splitting the sum by agreement, with slopes C = a(M + 1) + a(M - 1) and bends
// G = a(M - 1) - a(M + 1) of each pattern,
//
//   4 h_i = sum_mu xi_i^mu C^mu + s_i sum_mu G^mu
//
// so a visit is one masked sum of values that only a flip changes. Sums run in 32 lanes by slot
// modulo 32, joined in one order: every level computes the same doubles, bit for bit. Where the sum
// is too close to zero for its rounding, it is resolved exactly (see `wide` and `ratio`).

#ifndef CKERNELS_DENSE_H
#define CKERNELS_DENSE_H

#include "CKernels.h"

/// The steps a(m) of an interaction, in any one unit.
typedef struct {
  const double *steps;   // a(first + 2 k); midpoints outside take the nearest entry
  const uint64_t *wide;  // the same as 128-bit integers, low word first; NULL where there are none
  uint32_t count;        // entries of both
  int32_t first;         // the midpoint of entry 0
  int32_t lowest;        // the lowest midpoint that can occur, of first's parity
  uint32_t span;         // midpoints from `lowest` on that can occur
  double error;          // rounding of a sum relative to its magnitude; 0 where sums are exact
  double ratio;          // a(m - 2) / a(m) of a geometric table (the exponential), else 0
  bool logarithmic;      // the heat bath's energy is -ln sum_mu exp M^mu
} hd_table;

/// The values of the present overlaps.
typedef struct {
  double *values;     // 16 * groups: C of each slot, 0 where it is empty
  double slopes;      // sum of C
  double bends;       // sum of G
  double magnitude;   // sum of |C| + |G|
} hd_values;

/// Groups from one row to the next: rows are whole cache lines.
static inline size_t hd_stride(size_t groups) { return (groups + 31) / 32 * 32; }

/// Memory to work in: one for each thread.
typedef struct {
  int32_t *counts;    // span of the table, all 0
  uint8_t *places;    // 32 * hd_stride(groups), aligned to 64 bytes
} hd_scratch;

/// Writes the patterns of the neurons of blocks [from, to) as rows of bits, one a neuron:
///
///   rows[i * hd_stride(groups) + group], bit b  <=>  xi_i^mu = +1,  mu = 16 group + b
///
/// `rows` has 32 rows a block, aligned to 64 bytes, all 0 at first. A visit reads one row, and the
/// order of visits does not matter.
void hd_make_rows(const hk_patterns *p, size_t from, size_t to, uint16_t *rows);
/// M^mu from the rows, of the slots of cache lines [from, to) of a row, 512 a line; 0 where a slot
/// is empty. `overlaps` is of all slots.
void hd_overlaps(const hk_patterns *p, const uint16_t *rows, const uint64_t *state, size_t from,
                 size_t to, int32_t *overlaps);
/// Visits of Hebb's network as hk_visit makes them, from rows: in any order at the speed of memory.
size_t hk_visit_rows(const hk_patterns *p, const uint16_t *rows, const hk_rule *rule,
                     const uint32_t *order, size_t visits, uint64_t *state, int32_t *overlaps);
/// The sum of table[(M + N) / 2] over all slots, empty ones included; entries and the sum are
/// 128-bit integers, low word first.
void hd_sum_wide(const hk_patterns *p, const uint64_t *table, const int32_t *overlaps,
                 uint64_t *low, uint64_t *high);

/// How a visited neuron decides.
typedef struct {
  const double *noise;     // added to the threshold of a visit, or NULL
  double noise_scale;      // 4 over the unit of the steps; 1 where logarithmic
  const uint64_t *frozen;  // bit set <=> the neuron never moves, or NULL
} hd_rule;

/// Computes the values of 16 * groups overlaps. With `at_midpoints` they are a(M) themselves and
/// bends are 0: for fields on neurons that have no spin yet.
void hd_prepare(const hk_patterns *p, const hd_table *x, const int32_t *overlaps, bool at_midpoints,
                hd_values *values);
/// fields[i - 32 from] = 4 h_i for the neurons of blocks [from, to); lanes beyond N hold 0. Its
/// sign is exact. `state` is NULL where values are at midpoints; then 4 h_i is 2 sum_mu xi_i^mu
/// a(M^mu).
void hd_fields(const hk_patterns *p, const uint16_t *rows, const hd_table *x,
               const hd_values *values, const int32_t *overlaps, const uint64_t *state, size_t from,
               size_t to, hd_scratch *scratch, double *fields);
/// Visits `order[from ..< to]`, or neurons from ..< to where `order` is NULL, until `limit` flips;
/// keeps state, overlaps and values up to date. `noise` is per visit. Returns the visit to go on
/// with and adds the flips to `*flips`.
size_t hd_visit(const hk_patterns *p, const uint16_t *rows, const hd_table *x, hd_values *values,
                const hd_rule *rule, const uint32_t *order, size_t from, size_t to, size_t limit,
                hd_scratch *scratch, uint64_t *state, int32_t *overlaps, size_t *flips);
/// The same for all neurons from `*from` on, ascending, where the level in use has something quicker
/// for integers; it needs no values, and leaves them behind. False, and nothing done, where it does
/// not apply. It may stop early: `*from` is the neuron to go on with.
bool hd_sweep(const hk_patterns *p, const uint16_t *rows, const hd_table *x, const hd_rule *rule,
              size_t *from, hd_scratch *scratch, uint64_t *state, int32_t *overlaps,
              size_t *flips);

#endif
