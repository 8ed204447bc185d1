// The ascending sweep with AVX-512 VNNI, VBMI and GFNI, for interactions of integers.
//
// Most overlaps lie within a window of 127 values, 2 apart, around their mean; a byte a pattern
// says where. There the slopes C are multiples of one unit, and stand as signed digits of base 256
// in tables of 128 bytes, which is what one instruction looks 64 patterns up in. A flip moves every
// place by one and looks the highest digits up; a visit adds them, 64 patterns with an AND of the
// row's bits and a dot product of bytes. The few overlaps outside the window are added one by one.
// All of it is in integers, and exact: the bends, and lower digits, which seldom decide, are looked
// up and added only where the highest leave the sign open. Of the patterns behind a head of them not
// even these are: there it is enough to know what they can come to, which is less than what a memory
// close by adds. The head is as long as the visits since the last flip would have needed.

#include "dense_digits.h"

#if defined(__x86_64__)

#include <math.h>

#pragma clang attribute push(__attribute__((target(                                          \
                                 "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vnni"))), \
                             apply_to = function)

// MARK: Digits

/// Adds digit d of a function over all patterns.
static void add_all(const hd_places *s, numerals *n, size_t d) {
  const __m512i ones = _mm512_set1_epi8(1);
  const hd_bytes table = hd_load_bytes(n->tables[d]);
  __m512i sums[4];
  for (size_t k = 0; k < 4; k++) sums[k] = _mm512_setzero_si512();
  for (size_t at = 0; at < 512 * s->chunks; at += 256)
#pragma clang loop unroll(full)
    for (size_t k = 0; k < 4; k++) {
      __m512i digits = hd_look_up(table, _mm512_load_si512(s->places + at + 64 * k));
      sums[k] = _mm512_dpbusd_epi32(sums[k], ones, digits);
    }
  n->sums[d] = _mm512_reduce_add_epi32(_mm512_add_epi32(_mm512_add_epi32(sums[0], sums[1]),
                                                        _mm512_add_epi32(sums[2], sums[3])));
}

/// Makes the sums of all digits known.
static void add_lower(const hd_places *s, numerals *n) {
  while (n->stale > 0) add_all(s, n, --n->stale);
}

/// Bit k stands for 2^k: the sums of each are shifted back, exactly.
static inline int64_t join(__m512i *sums) {
  for (size_t k = 1; k < 8; k++)
    sums[0] = _mm512_add_epi32(sums[0], _mm512_srai_epi32(sums[k], (unsigned)k));
  return _mm512_reduce_add_epi32(sums[0]);
}

/// The sum of a digit of the slopes over the set bits of a row, in the first chunks. The highest is
/// at hand (`table` NULL), the others are looked up.
static inline __attribute__((always_inline)) int64_t add_masked(const hd_places *s,
                                                                const uint8_t *row, size_t chunks,
                                                                const uint8_t *table) {
  const hd_bytes bytes = hd_load_bytes(table ? table : s->slopes.tables[0]);
  __m512i sums[8];
  for (size_t k = 0; k < 8; k++) sums[k] = _mm512_setzero_si512();
  for (size_t c = 0; c < chunks; c++) {
    __m512i bits = _mm512_load_si512(row + 64 * c);
    // The row after the next.
    __builtin_prefetch(row + 64 * (c + 2 * s->chunks));
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

/// 4 h of a neuron, as far as it has been counted: times both shifts' powers of 2, how much the rest
/// may come to, the digits of the slopes still to be added, and whether the bends are.
typedef struct {
  __int128 sum, doubt;
  size_t slopes;
  bool bends;
} partial_field;

/// What visits have in common until the next flip: all but the masked sum of the highest digit.
typedef struct {
  __int128 sum[2];                // of a spin down, and up
  __int128 slope[OUTSIDERS];      // of each outsider
  __int128 worth, doubt;
} prospect;

static void look_ahead(const hd_places *s, prospect *a) {
  size_t slope = s->slopes.digits - 1;
  int64_t scale = (int64_t)1 << (s->slopes.shift + s->bends.shift);
  __int128 worth = hd_worth(&s->slopes, &s->bends, slope);
  __int128 bends = scale * s->outside, total = worth * s->slopes.sums[slope];
  for (size_t e = 0; e < s->outsiders; e++) {
    a->slope[e] = 2 * scale * s->slope[e];
    total += scale * s->slope[e];
  }
  a->worth = 2 * worth;
  a->sum[0] = -bends - total;
  a->sum[1] = bends - total;
  a->doubt = s->slack.unit * s->slack.sum + s->reach.unit * s->reach.sum;
}

static inline __attribute__((always_inline)) partial_field first_digits(const hd_places *s,
                                                                        const prospect *a,
                                                                        const uint8_t *row,
                                                                        int spin) {
  __int128 sum = a->sum[spin > 0] + a->worth * add_masked(s, row, s->head, NULL);
  for (size_t e = 0; e < s->outsiders; e++)
    if ((row[s->slot[e] / 8] >> (s->slot[e] % 8)) & 1) sum += a->slope[e];
  return (partial_field){.sum = sum, .doubt = a->doubt, .slopes = s->slopes.digits - 1};
}

/// Adds the next digit of the slopes, and the bends where they are not yet. All chunks are in the
/// head.
static void more_digits(hd_places *s, const uint8_t *row, int spin, partial_field *f) {
  add_lower(s, &s->slopes);
  add_lower(s, &s->bends);
  if (f->slopes > 0) {
    size_t d = --f->slopes;
    f->sum += hd_worth(&s->slopes, &s->bends, d) *
              (2 * add_masked(s, row, s->chunks, s->slopes.tables[d]) - s->slopes.sums[d]);
  }
  for (size_t d = s->bends.digits; !f->bends && d-- > 0;)
    f->sum += spin * hd_worth(&s->bends, &s->slopes, d) * s->bends.sums[d];
  f->bends = true;
  // What the digits left can come to: each is 128 at the most, and worth 256 times the next.
  f->doubt = f->slopes > 0
      ? hd_worth(&s->slopes, &s->bends, f->slopes) * s->p->count * 129 / 256 + 1 : 0;
}

static inline bool is_open(const partial_field *f) {
  return f->doubt > 0 && f->sum <= f->doubt && f->sum >= -f->doubt;
}

// MARK: The head

/// How long the head need be: as if each of its chunks decided as much as each behind it can come
/// to, at the visit since the last flip that was closest.
typedef struct {
  double chunk;   // what a chunk behind the head can come to
  double least;   // what was certain of |4 h| at that visit, or, if negative, was missing
  size_t head;    // at that time
} steering;

static void steer_anew(const hd_places *s, steering *t) {
  if (s->head < s->chunks)
    t->chunk = (double)s->reach.unit * (double)s->reach.sum / (double)(s->chunks - s->head);
  t->least = INFINITY;
  t->head = s->head;
}

static inline void note(steering *t, const partial_field *f) {
  double certain = (double)((f->sum < 0 ? -f->sum : f->sum) - f->doubt);
  t->least = certain < t->least ? certain : t->least;
}

static size_t next_head(const hd_places *s, const steering *t) {
  const double spare = 2;  // chunks: visits differ
  double head = (double)t->head + spare - t->least / t->chunk;
  return head > 0 ? head < (double)s->chunks ? (size_t)head : s->chunks : 0;
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
  if (!hd_place(&s, overlaps) || !hd_make_tables(&s)) return false;
  hd_look(&s, rule->noise ? s.chunks : 0);
  prospect ahead;
  look_ahead(&s, &ahead);
  steering steer = {0};
  steer_anew(&s, &steer);
  size_t i = *from;
  bool fits = true;
  for (; i < p->neurons && fits; i++) {
    if (rule->frozen && ((rule->frozen[i / 64] >> (i % 64)) & 1)) continue;
    const uint8_t *row = (const uint8_t *)hd_row(p, rows, i);
    int spin = hk_spin(state, i), new = spin;
    partial_field f = first_digits(&s, &ahead, row, spin);
    note(&steer, &f);
    if (is_open(&f) && s.head < s.chunks) {
      hd_look(&s, s.chunks);
      look_ahead(&s, &ahead);
      f = first_digits(&s, &ahead, row, spin);
    }
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
    fits = hd_move(&s, row, new, rule->noise ? s.chunks : next_head(&s, &steer));
    look_ahead(&s, &ahead);
    steer_anew(&s, &steer);
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
