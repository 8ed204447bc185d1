// The ascending sweep with AVX-512 VNNI, VBMI and GFNI, for interactions of integers.
//
// Most overlaps lie within a window of 127 values, 2 apart, around their mean; a byte a pattern
// says where. There the slopes C are multiples of one unit, and stand as signed digits of base 256
// in tables of 128 bytes, which is what one instruction looks 64 patterns up in. A flip moves every
// place by one and looks the highest digits up; a visit adds them, 64 patterns with an AND of the
// row's bits and a dot product of bytes. The few overlaps outside the window are added one by one.
// All of it is in integers, and exact: lower digits, which seldom decide, are looked up and added
// only where the highest leave the sign open.

#include "dense_digits.h"

#if defined(__x86_64__)

#include <string.h>

#pragma clang attribute push(__attribute__((target(                                          \
                                 "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vnni"))), \
                             apply_to = function)

// MARK: Tables

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

static bool make_tables(hd_places *s) {
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
  return true;
}

// MARK: Digits

/// Adds a digit of the slopes and one of the bends over all patterns.
static void add_all(hd_places *s, size_t slope, size_t bend) {
  const __m512i ones = _mm512_set1_epi8(1);
  const hd_bytes one = hd_load_bytes(s->slopes.tables[slope]);
  const hd_bytes other = hd_load_bytes(s->bends.tables[bend]);
  __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
  for (size_t at = 0; at < 512 * s->chunks; at += 128) {
    __m512i even = _mm512_load_si512(s->places + at), odd = _mm512_load_si512(s->places + at + 64);
    a = _mm512_dpbusd_epi32(a, ones, hd_look_up(one, even));
    b = _mm512_dpbusd_epi32(b, ones, hd_look_up(other, even));
    c = _mm512_dpbusd_epi32(c, ones, hd_look_up(one, odd));
    d = _mm512_dpbusd_epi32(d, ones, hd_look_up(other, odd));
  }
  s->slopes.sums[slope] = _mm512_reduce_add_epi32(_mm512_add_epi32(a, c));
  s->bends.sums[bend] = _mm512_reduce_add_epi32(_mm512_add_epi32(b, d));
}

/// Makes the sums of all digits known.
static void add_lower(hd_places *s) {
  while (s->slopes.stale > 0 || s->bends.stale > 0) {
    s->slopes.stale -= s->slopes.stale > 0;
    s->bends.stale -= s->bends.stale > 0;
    add_all(s, s->slopes.stale, s->bends.stale);
  }
}

/// Bit k stands for 2^k: the sums of each are shifted back, exactly.
static inline int64_t join(__m512i *sums) {
  for (size_t k = 1; k < 8; k++)
    sums[0] = _mm512_add_epi32(sums[0], _mm512_srai_epi32(sums[k], (unsigned)k));
  return _mm512_reduce_add_epi32(sums[0]);
}

/// The sum of a digit of the slopes over the set bits of a row. The highest is at hand (`table`
/// NULL), the others are looked up.
static inline __attribute__((always_inline)) int64_t add_masked(const hd_places *s,
                                                                const uint8_t *row,
                                                                const uint8_t *table) {
  const hd_bytes bytes = hd_load_bytes(table ? table : s->slopes.tables[0]);
  __m512i sums[8];
  for (size_t k = 0; k < 8; k++) sums[k] = _mm512_setzero_si512();
  for (size_t c = 0; c < s->chunks; c++) {
    __m512i bits = _mm512_load_si512(row + 64 * c);
#pragma clang loop unroll(full)
    for (size_t k = 0; k < 8; k++) {
      __m512i digits = table ? hd_look_up(bytes, _mm512_load_si512(s->places + 512 * c + 64 * k))
                             : _mm512_load_si512(s->tops + 512 * c + 64 * k);
      __m512i own = _mm512_and_si512(bits, _mm512_set1_epi8((char)(1 << k)));
      sums[k] = _mm512_dpbusd_epi32(sums[k], own, digits);
    }
  }
  return join(sums);
}

/// The sums of the highest digit over two rows, which share the loads.
static inline __attribute__((always_inline)) void add_two(const hd_places *s, const uint8_t *row,
                                                          const uint8_t *other, int64_t *sums) {
  __m512i a[8], b[8];
  for (size_t k = 0; k < 8; k++) a[k] = b[k] = _mm512_setzero_si512();
  for (size_t c = 0; c < s->chunks; c++) {
    __m512i bits = _mm512_load_si512(row + 64 * c), others = _mm512_load_si512(other + 64 * c);
    // The rows after these two.
    __builtin_prefetch(row + 64 * (c + 2 * s->chunks));
    __builtin_prefetch(other + 64 * (c + 2 * s->chunks));
#pragma clang loop unroll(full)
    for (size_t k = 0; k < 8; k++) {
      __m512i digits = _mm512_load_si512(s->tops + 512 * c + 64 * k);
      __m512i bit = _mm512_set1_epi8((char)(1 << k));
      a[k] = _mm512_dpbusd_epi32(a[k], _mm512_and_si512(bits, bit), digits);
      b[k] = _mm512_dpbusd_epi32(b[k], _mm512_and_si512(others, bit), digits);
    }
  }
  sums[0] = join(a);
  sums[1] = join(b);
}

/// 4 h of a neuron, as far as its highest digits say: times both shifts' powers of 2, the digits
/// still to be added, and how much they may come to.
typedef struct {
  __int128 sum, doubt;
  size_t slopes, bends;
} partial_field;

/// The worth of digit d of one function, in units that both share.
static inline __int128 worth(const numerals *n, const numerals *other, size_t d) {
  return (__int128)n->unit << (8 * d + other->shift);
}

/// What the digits below `left` can come to: each is 128 at the most, and worth 256 times the next.
static __int128 doubt(const hd_places *s, const numerals *n, const numerals *other, size_t left) {
  return left > 0 ? worth(n, other, left) * s->p->count * 129 / 256 + 1 : 0;
}

static void bound(const hd_places *s, partial_field *f) {
  f->doubt = doubt(s, &s->slopes, &s->bends, f->slopes) +
             doubt(s, &s->bends, &s->slopes, f->bends);
}

/// What visits have in common until the next flip: all but the masked sum of the highest digit.
typedef struct {
  __int128 sum[2];                // of a spin down, and up
  __int128 slope[OUTSIDERS];      // of each outsider
  __int128 worth, doubt;
} prospect;

static void look_ahead(const hd_places *s, prospect *a) {
  size_t slope = s->slopes.digits - 1, bend = s->bends.digits - 1;
  int64_t scale = (int64_t)1 << (s->slopes.shift + s->bends.shift);
  __int128 bends = s->outside * scale + worth(&s->bends, &s->slopes, bend) * s->bends.sums[bend];
  __int128 total = 0;
  for (size_t e = 0; e < s->outsiders; e++) {
    a->slope[e] = 2 * scale * s->slope[e];
    total += scale * s->slope[e];
  }
  a->worth = worth(&s->slopes, &s->bends, slope);
  total += a->worth * s->slopes.sums[slope];
  a->worth *= 2;
  a->sum[0] = -bends - total;
  a->sum[1] = bends - total;
  partial_field f = {.slopes = slope, .bends = bend};
  bound(s, &f);
  a->doubt = f.doubt;
}

static inline __attribute__((always_inline)) partial_field first_digits(const hd_places *s,
                                                                        const prospect *a,
                                                                        const uint8_t *row,
                                                                        int64_t digits, int spin) {
  __int128 sum = a->sum[spin > 0] + a->worth * digits;
  for (size_t e = 0; e < s->outsiders; e++)
    if ((row[s->slot[e] / 8] >> (s->slot[e] % 8)) & 1) sum += a->slope[e];
  return (partial_field){.sum = sum, .doubt = a->doubt, .slopes = s->slopes.digits - 1,
                         .bends = s->bends.digits - 1};
}

static void more_digits(hd_places *s, const uint8_t *row, int spin, partial_field *f) {
  add_lower(s);
  if (f->slopes > 0) {
    size_t d = --f->slopes;
    f->sum += worth(&s->slopes, &s->bends, d) *
              (2 * add_masked(s, row, s->slopes.tables[d]) - s->slopes.sums[d]);
  }
  while (f->bends > 0) {
    size_t d = --f->bends;
    f->sum += spin * worth(&s->bends, &s->slopes, d) * s->bends.sums[d];
  }
  bound(s, f);
}

static inline bool is_open(const partial_field *f) {
  return f->doubt > 0 && f->sum <= f->doubt && f->sum >= -f->doubt;
}

// MARK: The sweep

bool hd_sweep_digits(const hk_patterns *p, const uint16_t *rows, const hd_table *x,
                     const hd_rule *rule, size_t *from, hd_scratch *scratch, uint64_t *state,
                     int32_t *overlaps, size_t *flips) {
  // Noise is compared with doubles, which must be exact; sums of digits must fit 32 bits.
  if (!x->wide || (rule->noise && x->error > 0) || p->count == 0 || p->groups > 1 << 18)
    return false;
  hd_places s = {.p = p, .x = x, .chunks = hd_stride(p->groups) / 32, .places = scratch->places};
  s.tops = s.places + 512 * s.chunks;
  if (!hd_place(&s, overlaps) || !make_tables(&s)) return false;
  hd_look(&s);
  prospect ahead;
  look_ahead(&s, &ahead);
  size_t i = *from;
  bool fits = true;
  // Most neurons do not flip, and then the next one's sum has already been made.
  struct { size_t neuron; int64_t sums[2]; } known = {.neuron = SIZE_MAX};
  for (; i < p->neurons && fits; i++) {
    if (rule->frozen && ((rule->frozen[i / 64] >> (i % 64)) & 1)) continue;
    const uint8_t *row = (const uint8_t *)hd_row(p, rows, i);
    int spin = hk_spin(state, i), new = spin;
    if (known.neuron != i) {
      size_t next = i + 1 < p->neurons ? i + 1 : i;
      add_two(&s, row, (const uint8_t *)hd_row(p, rows, next), known.sums);
      known.neuron = next;
    } else {
      known.sums[0] = known.sums[1];
    }
    partial_field f = first_digits(&s, &ahead, row, known.sums[0], spin);
    while (is_open(&f) || (rule->noise && f.doubt > 0)) more_digits(&s, row, spin, &f);
    if (rule->noise) {
      double h = (double)(f.sum >> (s.slopes.shift + s.bends.shift));
      double threshold = rule->noise[i] * rule->noise_scale;
      new = h > threshold ? 1 : h < threshold ? -1 : spin;
    } else if (f.sum != 0) {
      new = f.sum > 0 ? 1 : -1;
    }
    if (new == spin) continue;
    state[i / 64] ^= (uint64_t)1 << (i % 64);
    fits = hd_move(&s, row, new);
    known.neuron = SIZE_MAX;
    look_ahead(&s, &ahead);
    ++*flips;
  }
  *from = i;
  // Where an outsider found no place, the overlaps are counted from the state instead.
  if (fits) hd_collect(&s, overlaps);
  else hd_overlaps(p, rows, state, 0, s.chunks, overlaps);
  return true;
}

#pragma clang attribute pop

bool hd_has_digits(void) {
  return __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vnni") &&
         __builtin_cpu_supports("gfni");
}

#endif
