// What the files of the sweep by digits share.
//
// Pattern 512 c + 8 b + k stands at [c][k][b]: byte b of a row's cache line c has its bit k.

#ifndef HD_DIGITS_H
#define HD_DIGITS_H

#include "dense_x86.h"

#if defined(__x86_64__)

enum {
  NOWHERE = 127,      // the place of a pattern outside the window, whose entries are 0
  OUTSIDERS = 256,    // most patterns outside
  DIGITS = 8          // most digits of a slope, or of a bend
};

/// A function of the place, in digits.
typedef struct {
  int64_t values[128];             // themselves
  uint8_t tables[DIGITS][128];
  size_t digits;
  unsigned shift;                  // digits stand for multiples of unit / 2^shift
  int64_t unit;
  int64_t sums[DIGITS];            // of each digit over all patterns,
  size_t stale;                    // but for this many of the lowest
} numerals;

/// What a pattern can add to 4 h at the most, by its place; rounded up to bytes.
typedef struct {
  uint8_t table[128];
  __int128 unit;
  int64_t sum;                     // over the patterns that it bounds
} hd_bound;

typedef struct {
  const hk_patterns *p;
  const hd_table *x;
  size_t chunks;                   // of 512 patterns
  int32_t base;                    // the overlap of place 0
  uint8_t *places;
  uint8_t *tops;                   // the highest digit of the slope at each place of the head
  numerals slopes, bends;
  size_t head;                     // chunks whose highest digits are known and summed
  hd_bound slack;                  // bounds what these digits leave out, in the head,
  hd_bound reach;                  // and everything in the others
  size_t outsiders;
  uint32_t slot[OUTSIDERS];
  int32_t overlap[OUTSIDERS];
  __int128 slope[OUTSIDERS];       // what an outsider's slope is more than that at its place
  __int128 outside;                // the same of the outsiders' bends, summed
} hd_places;

typedef struct {
  __m512i low, high;
} hd_bytes;

static inline __attribute__((always_inline, target("avx512f"))) hd_bytes hd_load_bytes(
    const uint8_t *bytes) {
  return (hd_bytes){_mm512_loadu_si512(bytes), _mm512_loadu_si512(bytes + 64)};
}

static inline __attribute__((always_inline, target("avx512f,avx512vbmi"))) __m512i hd_look_up(
    hd_bytes table, __m512i places) {
  return _mm512_permutex2var_epi8(table.low, places, table.high);
}

/// The step a(m), exactly.
static inline __int128 hd_step(const hd_table *x, int32_t m) {
  size_t k = hd_entry(x, m);
  return (__int128)((unsigned __int128)x->wide[2 * k + 1] << 64 | x->wide[2 * k]);
}

/// The worth of digit d of one function, in units that both share: times both shifts' powers of 2.
static inline __int128 hd_worth(const numerals *n, const numerals *other, size_t d) {
  return (__int128)n->unit << (8 * d + other->shift);
}

/// Makes the tables for the window; false where values are too large.
bool hd_make_tables(hd_places *s);
/// Places every pattern, the window around the mean overlap; false where too many are outside.
bool hd_place(hd_places *s, const int32_t *overlaps);
/// Looks up the highest digits in a head of so many chunks and the bounds in the rest, and sums
/// both.
void hd_look(hd_places *s, size_t head);
/// The same after moving every place for a flip to `spin` of the neuron with this row. Patterns
/// that leave the window become outsiders; false where there are too many.
bool hd_move(hd_places *s, const uint8_t *row, int spin, size_t head);
/// Writes the overlaps back.
void hd_collect(const hd_places *s, int32_t *overlaps);

#endif
#endif
