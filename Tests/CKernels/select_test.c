// Some of the neurons, as tiles and as rows, against the patterns as plain rows.

#include "cases.h"
#include "dense.h"

#include <stdlib.h>
#include <string.h>

static int spin_of(const uint64_t *state, size_t k) { return (state[k / 64] >> (k % 64)) & 1; }

/// A visit to every chosen neuron by sums over plain rows; its spins stand in the order of the choice.
static size_t brute_visits(const hk_case *c, const uint32_t *neurons, const uint32_t *order,
                           size_t count, uint64_t *state, int64_t *overlaps) {
  size_t flips = 0, n = c->p.neurons;
  for (size_t visit = 0; visit < count; visit++) {
    size_t k = order[visit], i = neurons[k];
    int64_t spin = spin_of(state, k) ? 1 : -1, field = -c->p.count * spin;
    for (size_t slot = 0; slot < c->slots; slot++) field += c->rows[slot * n + i] * overlaps[slot];
    if (field == 0 || (field > 0) == (spin > 0)) continue;
    state[k / 64] ^= (uint64_t)1 << (k % 64);
    for (size_t slot = 0; slot < c->slots; slot++)
      overlaps[slot] -= 2 * spin * c->rows[slot * n + i];
    flips++;
  }
  return flips;
}

static bool are_tiles(const hk_case *c, const uint32_t *neurons, size_t count,
                      const uint16_t *tiles) {
  size_t padded = (count + HK_LANES - 1) / HK_LANES * HK_LANES;
  for (size_t k = 0; k < padded; k++)
    for (size_t slot = 0; slot < c->p.groups * HK_SLOTS; slot++) {
      size_t at = (k / HK_LANES * c->p.groups + slot / HK_SLOTS) * HK_LANES + k % HK_LANES;
      bool is_up = k < count && slot < c->slots && c->rows[slot * c->p.neurons + neurons[k]] > 0;
      if (((tiles[at] >> (slot % HK_SLOTS)) & 1) != is_up) return false;
    }
  return true;
}

bool selection_is_right(const hk_case *c, const uint64_t *start, uint64_t *seed) {
  hk_patterns p = c->p;
  size_t n = p.neurons, slots = p.groups * HK_SLOTS, count = 0;
  uint32_t *neurons = malloc(n * sizeof *neurons), *order = malloc(n * sizeof *order);
  for (size_t i = 0; i < n; i++)
    if (draw(seed) % 3 == 0) neurons[count++] = (uint32_t)i;
  if (count == 0) neurons[count++] = (uint32_t)(n - 1);
  for (size_t k = 0; k < count; k++) order[k] = (uint32_t)(draw(seed) % count);
  size_t blocks = (count + HK_LANES - 1) / HK_LANES, bytes = (count + 63) / 64 * 8;
  uint16_t *tiles = hk_allocate(blocks * HK_LANES * p.groups * sizeof *tiles);
  uint16_t *rows = hk_allocate(count * hd_stride(p.groups) * sizeof *rows);
  hk_select(&p, neurons, count, blocks / 2, blocks, tiles);
  hk_select(&p, neurons, count, 0, blocks / 2, tiles);
  bool right = are_tiles(c, neurons, count, tiles);

  hk_select_rows(&p, neurons, count, rows);
  uint64_t *ours = calloc(bytes, 1), *theirs = calloc(bytes, 1);
  for (size_t k = 0; k < count; k++)
    ours[k / 64] |= (uint64_t)spin_of(start, neurons[k]) << (k % 64);
  memcpy(theirs, ours, bytes);
  int32_t *overlaps = calloc(slots, sizeof *overlaps);
  int64_t *sums = calloc(slots, sizeof *sums);
  for (size_t slot = 0; slot < c->slots; slot++) {
    for (size_t i = 0; i < n; i++)
      sums[slot] += (spin_of(start, i) ? 1 : -1) * c->rows[slot * n + i];
    overlaps[slot] = (int32_t)sums[slot];
  }
  // So many neurons that sums of 32 bits hold a few groups only.
  if (draw(seed) % 2) p.neurons = (size_t)1 << 28;
  hk_rule rule = {.self = p.count};
  size_t theirs_flips = brute_visits(c, neurons, order, count, theirs, sums);
  size_t flips = hk_visit_rows(&p, rows, &rule, order, count, ours, overlaps);
  right &= flips == theirs_flips && !memcmp(ours, theirs, bytes);
  for (size_t slot = 0; slot < slots; slot++) right &= overlaps[slot] == sums[slot];
  free(neurons); free(order); free(ours); free(theirs); free(overlaps); free(sums);
  hk_deallocate(tiles); hk_deallocate(rows);
  return right;
}
