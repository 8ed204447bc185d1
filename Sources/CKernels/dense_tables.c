// The tables of the sweep by digits (dense_digits.c): slopes and bends as digits of base 256, and
// bounds of what is not counted.

#include "dense_digits.h"

#if defined(__x86_64__)

#include <string.h>

/// Writes 127 values as digits.
static void split(const int64_t *values, numerals *n) {
  uint64_t divisor = 0;
  for (size_t k = 0; k < NOWHERE; k++) {
    uint64_t a = (uint64_t)(values[k] < 0 ? -values[k] : values[k]);
    while (divisor) {
      uint64_t rest = a % divisor;
      a = divisor;
      divisor = rest;
    }
    divisor = a;
  }
  memcpy(n->values, values, NOWHERE * sizeof *values);
  n->values[NOWHERE] = 0;
  n->unit = divisor ? (int64_t)divisor : 1;
  n->digits = 1;
  n->shift = 0;
  memset(n->tables, 0, sizeof n->tables);
  int64_t largest = 0, limit = 127;
  for (size_t k = 0; k < NOWHERE; k++) {
    int64_t a = (values[k] < 0 ? -values[k] : values[k]) / n->unit;
    largest = a > largest ? a : largest;
  }
  // Shifted until the highest digit is well used: then it alone often decides.
  for (; limit < largest && limit < (int64_t)1 << 54; limit *= 256) {}
  while (largest << (n->shift + 1) <= limit && n->shift < 7) n->shift++;
  for (size_t k = 0; k < NOWHERE; k++) {
    int64_t value = values[k] / n->unit * ((int64_t)1 << n->shift);
    for (size_t d = 0; value != 0; d++) {
      int64_t digit = (int8_t)value;
      n->tables[d][k] = (uint8_t)digit;
      value = (value - digit) / 256;
      if (d + 1 > n->digits) n->digits = d + 1;
    }
  }
}

static inline __int128 magnitude(__int128 value) { return value < 0 ? -value : value; }

/// Bytes that are no less than the values, in units as fine as bytes allow: byte and unit are each
/// a little too large, which is more than doubles round.
static void round_up(const __int128 *values, hd_bound *bound) {
  __int128 most = 1;
  for (size_t k = 0; k < NOWHERE; k++) most = values[k] > most ? values[k] : most;
  bound->unit = most / 254 + 1;
  const double scale = 254.5 / (double)most;
  for (size_t k = 0; k < NOWHERE; k++) {
    double value = (double)values[k] * scale;
    uint8_t below = (uint8_t)value;
    bound->table[k] = below < value ? below + 1 : below;
  }
  bound->table[NOWHERE] = 0;
}

/// A pattern adds C or -C, and G or -G. Where the highest digit of C has been counted, G and the
/// lower digits are left.
static void make_bounds(hd_places *s) {
  const numerals *slopes = &s->slopes, *bends = &s->bends;
  const __int128 scale = (__int128)1 << (slopes->shift + bends->shift);
  __int128 slack[NOWHERE], reach[NOWHERE];
  for (size_t k = 0; k < NOWHERE; k++) {
    __int128 slope = scale * slopes->values[k], bend = magnitude(scale * bends->values[k]);
    __int128 top = hd_worth(slopes, bends, slopes->digits - 1) *
                   (int8_t)slopes->tables[slopes->digits - 1][k];
    slack[k] = magnitude(slope - top) + bend;
    reach[k] = magnitude(slope) + bend;
  }
  round_up(slack, &s->slack);
  round_up(reach, &s->reach);
}

bool hd_make_tables(hd_places *s) {
  const __int128 most = (__int128)1 << 62;  // eight digits hold it
  int64_t slopes[NOWHERE], bends[NOWHERE];
  for (int32_t k = 0; k < NOWHERE; k++) {
    int32_t overlap = s->base + 2 * k;
    __int128 below = hd_step(s->x, overlap - 1), above = hd_step(s->x, overlap + 1);
    // Overlaps past N need no entry, and have none that is right.
    bool occurs = overlap >= -(int64_t)s->p->neurons && overlap <= (int64_t)s->p->neurons;
    __int128 slope = occurs ? above + below : 0, bend = occurs ? below - above : 0;
    if (slope >= most || slope <= -most || bend >= most || bend <= -most) return false;
    slopes[k] = (int64_t)slope;
    bends[k] = (int64_t)bend;
  }
  split(slopes, &s->slopes);
  split(bends, &s->bends);
  make_bounds(s);
  return true;
}

#endif
