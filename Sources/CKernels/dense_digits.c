// The ascending sweep with AVX-512 VNNI and VBMI, for interactions of integers.
//
// Most overlaps lie within a window of 127 values, 2 apart, around their mean; a byte a pattern
// says where. There the slopes C are multiples of one unit, and stand as signed digits of base 256
// in tables of 128 bytes, which is what one instruction looks 64 patterns up in. A visit adds 64
// patterns with an AND of the row's bits, and a look-up and a dot product of bytes a digit; a flip
// moves every place by one. The few overlaps outside the window are added one by one. All of it is
// in integers, and exact: lower digits, which seldom decide, are added only where the higher ones
// leave the sign open.

#include "dense_digits.h"

#if defined(__x86_64__)

#include <string.h>

#pragma clang attribute push(__attribute__((target(                                          \
                                 "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vnni"))), \
                             apply_to = function)

// MARK: Tables

static __int128 step_at(const hd_table *x, int32_t m) {
  size_t k = hd_entry(x, m);
  return (__int128)((unsigned __int128)x->wide[2 * k + 1] << 64 | x->wide[2 * k]);
}

/// Writes 127 values as digits.
static void split(const int64_t *values, numerals *n) {
  uint64_t divisor = 0;
  for (size_t k = 0; k < NOWHERE; k++) {
    uint64_t a = (uint64_t)(values[k] < 0 ? -values[k] : values[k]);
    while (a) {
      uint64_t rest = divisor % a;
      divisor = a;
      a = rest;
    }
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
    __int128 below = step_at(s->x, overlap - 1), above = step_at(s->x, overlap + 1);
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

typedef struct {
  __m512i low, high;
} table;

static inline table load_table(const uint8_t *bytes) {
  return (table){_mm512_loadu_si512(bytes), _mm512_loadu_si512(bytes + 64)};
}

static inline __m512i look_up(table t, __m512i places) {
  return _mm512_permutex2var_epi8(t.low, places, t.high);
}

/// Adds a digit of the slopes and one of the bends over all patterns.
static void add_all(hd_places *s, size_t slope, size_t bend) {
  const __m512i ones = _mm512_set1_epi8(1);
  const table one = load_table(s->slopes.tables[slope]), other = load_table(s->bends.tables[bend]);
  __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
  for (size_t at = 0; at < 512 * s->chunks; at += 128) {
    __m512i even = _mm512_load_si512(s->places + at), odd = _mm512_load_si512(s->places + at + 64);
    a = _mm512_dpbusd_epi32(a, ones, look_up(one, even));
    b = _mm512_dpbusd_epi32(b, ones, look_up(other, even));
    c = _mm512_dpbusd_epi32(c, ones, look_up(one, odd));
    d = _mm512_dpbusd_epi32(d, ones, look_up(other, odd));
  }
  s->slopes.sums[slope] = _mm512_reduce_add_epi32(_mm512_add_epi32(a, c));
  s->bends.sums[bend] = _mm512_reduce_add_epi32(_mm512_add_epi32(b, d));
}

/// The sums of the highest digits; the others wait until somebody asks.
static void add_highest(hd_places *s) {
  s->slopes.stale = s->slopes.digits - 1;
  s->bends.stale = s->bends.digits - 1;
  s->outside_is_known = false;
  add_all(s, s->slopes.stale, s->bends.stale);
}

/// Makes the sums of all digits known.
static void add_lower(hd_places *s) {
  while (s->slopes.stale > 0 || s->bends.stale > 0) {
    s->slopes.stale -= s->slopes.stale > 0;
    s->bends.stale -= s->bends.stale > 0;
    add_all(s, s->slopes.stale, s->bends.stale);
  }
}

/// Adds the slopes' digits from `digit` on, one or two, over the set bits of a row.
static inline __attribute__((always_inline)) void add_masked(
    const hd_places *s, const uint8_t *row, size_t digit, size_t count, int64_t *sums) {
  table tables[2];
  __m512i total[2] = {_mm512_setzero_si512(), _mm512_setzero_si512()};
  for (size_t j = 0; j < count; j++) tables[j] = load_table(s->slopes.tables[digit + j]);
  for (size_t k = 0; k < 8; k++) {
    const __m512i bit = _mm512_set1_epi8((char)(1 << k));
    const uint8_t *places = s->places + k * s->chunks * 64;
    __m512i even[2] = {_mm512_setzero_si512(), _mm512_setzero_si512()}, odd[2] = {even[0], even[0]};
    size_t at = 0;
    for (; at + 128 <= 64 * s->chunks; at += 128) {
      __m512i one = _mm512_load_si512(places + at), other = _mm512_load_si512(places + at + 64);
      __m512i is_one = _mm512_and_si512(_mm512_load_si512(row + at), bit);
      __m512i is_other = _mm512_and_si512(_mm512_load_si512(row + at + 64), bit);
      for (size_t j = 0; j < count; j++) {
        even[j] = _mm512_dpbusd_epi32(even[j], is_one, look_up(tables[j], one));
        odd[j] = _mm512_dpbusd_epi32(odd[j], is_other, look_up(tables[j], other));
      }
    }
    if (at < 64 * s->chunks) {
      __m512i one = _mm512_load_si512(places + at);
      __m512i is_one = _mm512_and_si512(_mm512_load_si512(row + at), bit);
      for (size_t j = 0; j < count; j++)
        even[j] = _mm512_dpbusd_epi32(even[j], is_one, look_up(tables[j], one));
    }
    // The bit stands for 2^k: the sums are shifted back, exactly.
    for (size_t j = 0; j < count; j++)
      total[j] = _mm512_add_epi32(
          total[j], _mm512_srai_epi32(_mm512_add_epi32(even[j], odd[j]), (unsigned)k));
  }
  for (size_t j = 0; j < count; j++) sums[j] = _mm512_reduce_add_epi32(total[j]);
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

static void add_slopes(hd_places *s, const uint8_t *row, size_t count, partial_field *f) {
  int64_t sums[2];
  count = f->slopes < count ? f->slopes : count;
  if (s->slopes.stale > f->slopes - count) add_lower(s);
  if (count == 2) add_masked(s, row, f->slopes - 2, 2, sums);
  else add_masked(s, row, f->slopes - 1, 1, sums);
  for (size_t j = count; j-- > 0;) {
    size_t d = --f->slopes;
    f->sum += worth(&s->slopes, &s->bends, d) * (2 * sums[j] - s->slopes.sums[d]);
  }
}

static void add_bends(hd_places *s, int spin, size_t count, partial_field *f) {
  for (; count > 0 && f->bends > 0; count--) {
    size_t d = --f->bends;
    f->sum += spin * worth(&s->bends, &s->slopes, d) * s->bends.sums[d];
  }
}

static void bound(const hd_places *s, partial_field *f) {
  f->doubt = doubt(s, &s->slopes, &s->bends, f->slopes) +
             doubt(s, &s->bends, &s->slopes, f->bends);
}

static partial_field first_digits(hd_places *s, const uint8_t *row, int spin, size_t count) {
  if (!s->outside_is_known) {
    s->outside = 0;
    for (size_t e = 0; e < s->outsiders; e++)
      s->outside += step_at(s->x, s->overlap[e] - 1) - step_at(s->x, s->overlap[e] + 1);
    s->outside_is_known = true;
  }
  partial_field f = {
      .sum = spin * s->outside, .slopes = s->slopes.digits, .bends = s->bends.digits};
  for (size_t e = 0; e < s->outsiders; e++) {
    __int128 slope = step_at(s->x, s->overlap[e] + 1) + step_at(s->x, s->overlap[e] - 1);
    f.sum += (row[s->slot[e] / 8] >> (s->slot[e] % 8)) & 1 ? slope : -slope;
  }
  f.sum *= (int64_t)1 << (s->slopes.shift + s->bends.shift);
  add_bends(s, spin, s->bends.digits - s->bends.stale, &f);
  add_slopes(s, row, count, &f);
  bound(s, &f);
  return f;
}

static void more_digits(hd_places *s, const uint8_t *row, int spin, partial_field *f) {
  if (f->slopes > 0) add_slopes(s, row, 2, f);
  else add_lower(s);
  if (s->bends.stale == 0) add_bends(s, spin, DIGITS, f);
  bound(s, f);
}

static inline bool is_open(const partial_field *f) {
  return f->doubt > 0 && f->sum <= f->doubt && f->sum >= -f->doubt;
}

// MARK: The sweep

/// Every visit calls for its share of the next block, so that transposing it waits for no memory.
static inline void prefetch_share(const hk_patterns *p, size_t block, size_t lane) {
  const uint16_t *tiles = hk_block(p, block);
  for (size_t g = lane * p->groups / HK_LANES; g < (lane + 1) * p->groups / HK_LANES; g++)
    _mm_prefetch((const char *)(tiles + g * HK_LANES), _MM_HINT_T1);
}

bool hd_sweep_digits(const hk_patterns *p, const hd_table *x, const hd_rule *rule, size_t *from,
                     size_t to, size_t limit, hd_scratch *scratch, uint64_t *state,
                     int32_t *overlaps, size_t *flips) {
  // Noise is compared with doubles, which must be exact; sums of digits must fit 32 bits.
  if (!x->wide || (rule->noise && x->error > 0) || p->count == 0 || p->groups > 1 << 18)
    return false;
  hd_places s = {.p = p, .x = x, .chunks = hd_stride(p->groups) / 32, .places = scratch->places};
  if (!hd_place(&s, overlaps) || !make_tables(&s)) return false;
  add_highest(&s);
  size_t visit = *from, done = 0, block = SIZE_MAX, highest = 1;
  bool fits = true;
  for (; visit < to && done < limit && fits; visit++) {
    if (rule->frozen && ((rule->frozen[visit / 64] >> (visit % 64)) & 1)) continue;
    if (visit / HK_LANES != block) hd512_transpose(p, block = visit / HK_LANES, scratch->rows);
    const uint8_t *row =
        (const uint8_t *)(scratch->rows + visit % HK_LANES * hd_stride(p->groups));
    if (block + 1 < p->blocks) prefetch_share(p, block + 1, visit % HK_LANES);
    int spin = hk_spin(state, visit), new = spin;
    partial_field f = first_digits(&s, row, spin, highest);
    // One digit is tried while one is enough, and now and then.
    highest = is_open(&f) ? 2 : highest == 1 || visit % 16 == 0 ? 1 : 2;
    while (is_open(&f) || (rule->noise && f.doubt > 0)) more_digits(&s, row, spin, &f);
    if (rule->noise) {
      double h = (double)(f.sum >> (s.slopes.shift + s.bends.shift));
      double threshold = rule->noise[visit] * rule->noise_scale;
      new = h > threshold ? 1 : h < threshold ? -1 : spin;
    } else if (f.sum != 0) {
      new = f.sum > 0 ? 1 : -1;
    }
    if (new == spin) continue;
    state[visit / 64] ^= (uint64_t)1 << (visit % 64);
    fits = hd_move(&s, row, new);
    add_highest(&s);
    done++;
  }
  // Where an outsider found no place, the overlaps are counted from the state instead.
  if (fits) {
    hd_collect(&s, overlaps);
  } else {
    uint32_t *differing = (uint32_t *)scratch->rows;
    memset(differing, 0, p->groups * HK_SLOTS * sizeof *differing);
    hk_count_differing(p, state, 0, p->blocks, differing);
    hk_overlaps_from_differing(p, differing, overlaps);
    memset(differing, 0, p->groups * HK_SLOTS * sizeof *differing);
  }
  *from = visit;
  *flips += done;
  return true;
}

#pragma clang attribute pop

bool hd_has_digits(void) {
  return __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vnni");
}

#endif
