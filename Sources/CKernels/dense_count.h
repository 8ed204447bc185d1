// Overlaps from rows, for vectors of any width: included by each level inside its target.
//
// Rows XORed with their neuron's spin are added with carry-save adders, bit-sliced: bit j of every
// pattern's count stands in one line of 512 patterns.

#ifndef HD_COUNT_H
#define HD_COUNT_H

#include "dense_levels.h"

#include <string.h>

enum {
  HD_SEGMENT = 64,        // lines counted together, so that memory is read in long runs
  HD_BATCH = 16,          // rows that a tree of adders takes
  HD_BITS = 10,           // of a count, and one more
  HD_RUN = 1 << HD_BITS,  // rows between two flushes
};

#ifndef HD_MAJORITY
#define HD_MAJORITY(a, b, c) ((a & b) | ((a | b) & c))
#endif

typedef uint64_t hd_line __attribute__((vector_size(64)));
typedef uint32_t hd_counts __attribute__((vector_size(64)));

/// The bit of each slot in its group's word.
#define HD_SLOT_BITS                                                                      \
  {1,      1 << 1, 1 << 2,  1 << 3,  1 << 4,  1 << 5,  1 << 6,  1 << 7,                   \
   1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15}

/// Bit-sliced counts, and a carry into each bit that waits for the next one (their presence follows
/// from the number of batches alone).
typedef struct {
  hd_line bits[HD_SEGMENT][HD_BITS + 1], waiting[HD_SEGMENT][HD_BITS + 1];
} hd_slices;

/// Adds three bits in every position: the sum stays.
static inline __attribute__((always_inline)) void hd_add3(hd_line *sum, const hd_line *b,
                                                          const hd_line *c, hd_line *carry) {
  hd_line one = *sum, two = *b, three = *c;
  *sum = one ^ two ^ three;
  *carry = HD_MAJORITY(one, two, three);
}

/// Adds `HD_BATCH` rows of `lines` lines.
static inline __attribute__((always_inline)) void hd_count_batch(hd_slices *s, const uint16_t *rows,
                                                                 size_t stride, uint32_t spins,
                                                                 size_t lines, size_t batch) {
  hd_line masks[HD_BATCH];
  for (size_t r = 0; r < HD_BATCH; r++)
    masks[r] = (hd_line){0} - (uint64_t)((spins >> r) & 1);
  for (size_t c = 0; c < lines; c++) {
    hd_line bits[4], carry[3][2];
    for (size_t j = 0; j < 4; j++) bits[j] = s->bits[c][j];
#pragma clang loop unroll(full)
    for (size_t r = 0; r < HD_BATCH; r += 2) {
      hd_line one = *(const hd_line *)(rows + r * stride + c * 32) ^ masks[r];
      hd_line other = *(const hd_line *)(rows + (r + 1) * stride + c * 32) ^ masks[r + 1];
      hd_add3(&bits[0], &one, &other, &carry[0][r / 2 % 2]);
      if (r % 4 == 2) hd_add3(&bits[1], &carry[0][0], &carry[0][1], &carry[1][r / 4 % 2]);
      if (r % 8 == 6) hd_add3(&bits[2], &carry[1][0], &carry[1][1], &carry[2][r / 8 % 2]);
    }
    hd_line last;
    hd_add3(&bits[3], &carry[2][0], &carry[2][1], &last);
    for (size_t j = 0; j < 4; j++) s->bits[c][j] = bits[j];
    size_t j = 4;
    for (; (batch >> (j - 4)) & 1; j++)
      hd_add3(&s->bits[c][j], &s->waiting[c][j], &last, &last);
    s->waiting[c][j] = last;
  }
}

/// Twice the counts of one line, a vector for each group.
#ifdef HD_OWN_TOTALS
static inline void hd_totals(const hd_slices *s, size_t c, hd_counts *totals);
#else
static inline __attribute__((always_inline)) void hd_totals(const hd_slices *s, size_t c,
                                                            hd_counts *totals) {
  const hd_counts bits = HD_SLOT_BITS;
  for (size_t g = 0; g < 32; g++) {
    totals[g] = (hd_counts){0};
    for (size_t j = 0; j <= HD_BITS; j++) {
      hd_counts word = (hd_counts){0} + ((const uint16_t *)&s->bits[c][j])[g];
      totals[g] += (hd_counts)((word & bits) != 0) & (2u << j);
    }
  }
}
#endif

/// Takes twice the counts of one line from the overlaps of its active slots, `most` at first (0:
/// not for the first time).
static inline __attribute__((always_inline)) void hd_flush_line(hd_slices *s, size_t c,
                                                                size_t batches, uint32_t most,
                                                                const uint16_t *active,
                                                                size_t groups, int32_t *overlaps) {
  hd_line carry = {0};
  for (size_t j = 4; j <= HD_BITS; j++) {
    hd_line waiting = (batches >> (j - 4)) & 1 ? s->waiting[c][j] : (hd_line){0};
    hd_add3(&s->bits[c][j], &waiting, &carry, &carry);
  }
  const hd_counts bits = HD_SLOT_BITS;
  hd_counts totals[32];
  hd_totals(s, c, totals);
  for (size_t g = 0; g < groups; g++) {
    hd_counts word = (hd_counts){0} + active[g], present = (hd_counts)((word & bits) != 0), before;
    if (most) before = present & most;
    else memcpy(&before, overlaps + g * HK_SLOTS, sizeof before);
    before -= totals[g] & present;
    memcpy(overlaps + g * HK_SLOTS, &before, sizeof before);
  }
}

static inline __attribute__((always_inline)) void hd_count(const hk_patterns *p,
                                                           const uint16_t *rows,
                                                           const uint64_t *state, size_t from,
                                                           size_t to, int32_t *overlaps) {
  size_t stride = hd_stride(p->groups), padded = p->blocks * HK_LANES;
  hd_slices s;
  for (size_t first = from; first < to; first += HD_SEGMENT) {
    size_t lines = to - first < HD_SEGMENT ? to - first : HD_SEGMENT;
    // Backwards: a sweep, which follows, then finds the first rows in the cache.
    for (size_t end = padded, start; end > 0; end = start) {
      start = (end - 1) / HD_RUN * HD_RUN;
      size_t batches = 0;
      memset(s.bits, 0, lines * sizeof s.bits[0]);
      for (size_t i = end; i > start; i -= HD_BATCH)
        hd_count_batch(&s, rows + (i - HD_BATCH) * stride + first * 32, stride,
                       (uint32_t)(state[(i - HD_BATCH) / 64] >> ((i - HD_BATCH) % 64)), lines,
                       batches++);
      for (size_t c = 0; c < lines; c++) {
        size_t group = (first + c) * 32, left = p->groups - group;
        hd_flush_line(&s, c, batches, end == padded ? (uint32_t)p->neurons : 0,
                      p->active + group, left < 32 ? left : 32, overlaps + group * HK_SLOTS);
      }
    }
  }
}

#endif
