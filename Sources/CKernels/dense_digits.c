// The ascending sweep with AVX-512 VNNI and VBMI, for interactions of integers.
//
// Most overlaps lie within a window of 127 values, 2 apart, around their mean: a byte a pattern says
// where. There the slopes C are multiples of one unit, and stand as signed digits of base 256 in
// tables of 128 bytes, which is what one instruction looks 64 patterns up in. A visit adds 64
// patterns with an AND of the row's bits, and a look-up and a dot product of bytes a digit; a flip
// moves every place by one. The few overlaps outside the window are added one by one. All of it is
// in integers, and exact: lower digits, which seldom decide, are added only where the higher ones
// leave the sign open.
//
// Pattern 512 c + 8 b + k stands at [k][64 c + b]: byte b of a row's cache line c has its bit k.

#include "dense_x86.h"

#if defined(__x86_64__)

#include <string.h>

#pragma clang attribute push(__attribute__((target(                                          \
                                 "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vnni"))), \
                             apply_to = function)

enum {
  NOWHERE = 127,      // the place of a pattern outside the window, whose entries are 0
  OUTSIDERS = 256,    // most patterns outside
  DIGITS = 8          // most digits of a slope, or of a bend
};

/// A function of the place, in digits.
typedef struct {
  uint8_t tables[DIGITS][128];
  size_t digits;
  unsigned shift;                  // digits stand for multiples of unit / 2^shift
  int64_t unit;
  int64_t sums[DIGITS];            // of each digit over all patterns
} numerals;

typedef struct {
  const hk_patterns *p;
  const hd_table *x;
  size_t chunks;                   // of 512 patterns
  int32_t base;                    // the overlap of place 0
  uint8_t *places;
  numerals slopes, bends;
  size_t outsiders;
  uint32_t slot[OUTSIDERS];
  int32_t overlap[OUTSIDERS];
  __int128 outside;                // sum of the outsiders' bends
} sweep_state;

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

static bool make_tables(sweep_state *s) {
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

// MARK: Places

/// Eight registers of bytes [b][k], b = 8 r + j in register r, to eight of bytes [k][b]: the indices
/// (r, j, k) become (k, r, j), so that doing it three times changes nothing.
static inline void transpose_bytes(__m512i *lines) {
  __m512i order = _mm512_set_epi64(0x3f372f271f170f07, 0x3e362e261e160e06, 0x3d352d251d150d05,
                                   0x3c342c241c140c04, 0x3b332b231b130b03, 0x3a322a221a120a02,
                                   0x3931292119110901, 0x3830282018100800);
  __m512i a[8], b[8];
  for (size_t r = 0; r < 8; r++) a[r] = _mm512_permutexvar_epi8(order, lines[r]);
  // An 8 x 8 transposition of words of 64 bits.
  for (size_t r = 0; r < 8; r += 2) {
    b[r] = _mm512_unpacklo_epi64(a[r], a[r + 1]);
    b[r + 1] = _mm512_unpackhi_epi64(a[r], a[r + 1]);
  }
  for (size_t r = 0; r < 8; r += 4)
    for (size_t k = 0; k < 2; k++) {
      a[r + k] = _mm512_shuffle_i64x2(b[r + k], b[r + k + 2], 0x88);
      a[r + k + 2] = _mm512_shuffle_i64x2(b[r + k], b[r + k + 2], 0xdd);
    }
  for (size_t k = 0; k < 4; k++) {
    // a[k] holds columns k % 2 + 2 (k / 2) and 4 more of rows 0 ... 3, a[k + 4] of rows 4 ... 7.
    size_t column = k % 2 + k / 2 * 2;
    lines[column] = _mm512_shuffle_i64x2(a[k], a[k + 4], 0x88);
    lines[column + 4] = _mm512_shuffle_i64x2(a[k], a[k + 4], 0xdd);
  }
}

static bool add_outsider(sweep_state *s, size_t slot, int32_t overlap) {
  if (s->outsiders == OUTSIDERS) return false;
  s->slot[s->outsiders] = (uint32_t)slot;
  s->overlap[s->outsiders++] = overlap;
  return true;
}

/// Sets the places; false where too many patterns lie outside.
static bool place(sweep_state *s, const int32_t *overlaps) {
  size_t slots = s->p->groups * HK_SLOTS;
  int64_t sum = 0;
  for (size_t slot = 0; slot < slots; slot++) sum += overlaps[slot];  // 0 where empty
  int64_t mean = s->p->count ? sum / s->p->count : 0;
  int64_t lowest = mean - 126;
  s->base = (int32_t)(lowest + ((lowest ^ (int64_t)s->p->neurons) & 1));
  s->outsiders = 0;
  for (size_t c = 0; c < s->chunks; c++) {
    _Alignas(64) uint8_t bytes[512];
    for (size_t k = 0; k < 512; k += 16) {
      size_t slot = c * 512 + k;
      __m512i far = _mm512_set1_epi32(NOWHERE), place = far;
      if (slot < slots) {
        __mmask16 active = s->p->active[slot / HK_SLOTS];
        __m512i overlap = _mm512_loadu_si512(overlaps + slot);
        place = _mm512_srai_epi32(_mm512_sub_epi32(overlap, _mm512_set1_epi32(s->base)), 1);
        __mmask16 near = _mm512_mask_cmplt_epu32_mask(active, place, far);
        for (uint32_t outside = active & ~near; outside; outside &= outside - 1) {
          size_t one = slot + (size_t)__builtin_ctz(outside);
          if (!add_outsider(s, one, overlaps[one])) return false;
        }
        place = _mm512_mask_mov_epi32(far, near, place);
      }
      _mm_store_si128((__m128i *)(bytes + k), _mm512_cvtepi32_epi8(place));
    }
    __m512i lines[8];
    for (size_t r = 0; r < 8; r++) lines[r] = _mm512_load_si512(bytes + 64 * r);
    transpose_bytes(lines);
    for (size_t k = 0; k < 8; k++)
      _mm512_store_si512(s->places + (k * s->chunks + c) * 64, lines[k]);
  }
  return s->outsiders <= OUTSIDERS / 2;
}

/// Writes the overlaps back.
static void collect(const sweep_state *s, int32_t *overlaps) {
  size_t slots = s->p->groups * HK_SLOTS;
  for (size_t c = 0; c < s->chunks; c++) {
    _Alignas(64) uint8_t bytes[512];
    __m512i lines[8];
    for (size_t k = 0; k < 8; k++)
      lines[k] = _mm512_load_si512(s->places + (k * s->chunks + c) * 64);
    transpose_bytes(lines);
    transpose_bytes(lines);
    for (size_t r = 0; r < 8; r++) _mm512_store_si512(bytes + 64 * r, lines[r]);
    for (size_t k = 0; k < 512 && c * 512 + k < slots; k += 16) {
      __m512i place = _mm512_cvtepu8_epi32(_mm_load_si128((const __m128i *)(bytes + k)));
      __mmask16 near = _mm512_cmplt_epu32_mask(place, _mm512_set1_epi32(NOWHERE));
      _mm512_mask_storeu_epi32(
          overlaps + c * 512 + k, near,
          _mm512_add_epi32(_mm512_slli_epi32(place, 1), _mm512_set1_epi32(s->base)));
    }
  }
  for (size_t e = 0; e < s->outsiders; e++) overlaps[s->slot[e]] = s->overlap[e];
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

/// Moves every pattern's place for a flip to `spin` of the neuron with this row. Patterns that leave
/// the window become outsiders; false where there are too many.
static bool move(sweep_state *s, const uint8_t *row, int spin) {
  const __m512i nowhere = _mm512_set1_epi8(NOWHERE);
  const __m512i up = _mm512_set1_epi8((char)spin), down = _mm512_set1_epi8((char)-spin);
  bool fits = true;
  for (size_t e = 0; e < s->outsiders; e++)
    s->overlap[e] += (row[s->slot[e] / 8] >> (s->slot[e] % 8)) & 1 ? 2 * spin : -2 * spin;
  for (size_t k = 0; k < 8; k++) {
    const __m512i bit = _mm512_set1_epi8((char)(1 << k));
    for (size_t c = 0; c < s->chunks; c++) {
      uint8_t *at = s->places + (k * s->chunks + c) * 64;
      __m512i places = _mm512_load_si512(at);
      __mmask64 is_up = _mm512_test_epi8_mask(_mm512_load_si512(row + 64 * c), bit);
      __mmask64 inside = _mm512_cmpneq_epi8_mask(places, nowhere);
      places = _mm512_mask_add_epi8(places, inside, places,
                                    _mm512_mask_blend_epi8(is_up, down, up));
      __mmask64 left = _mm512_mask_cmpge_epu8_mask(inside, places, nowhere);
      _mm512_store_si512(at, places);
      for (; __builtin_expect(left != 0, 0); left &= left - 1) {
        size_t b = (size_t)__builtin_ctzll(left);
        int32_t overlap = s->base + (at[b] == NOWHERE ? 2 * NOWHERE : -2);
        fits &= add_outsider(s, c * 512 + 8 * b + k, overlap);
        at[b] = NOWHERE;
      }
    }
  }
  return fits;
}

/// Adds two digits over all patterns.
static void add_two(sweep_state *s, const uint8_t *first, const uint8_t *second, int64_t *sums) {
  const __m512i ones = _mm512_set1_epi8(1);
  const table one = load_table(first), other = load_table(second);
  __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
  for (size_t at = 0; at < 512 * s->chunks; at += 128) {
    __m512i even = _mm512_load_si512(s->places + at), odd = _mm512_load_si512(s->places + at + 64);
    a = _mm512_dpbusd_epi32(a, ones, look_up(one, even));
    b = _mm512_dpbusd_epi32(b, ones, look_up(other, even));
    c = _mm512_dpbusd_epi32(c, ones, look_up(one, odd));
    d = _mm512_dpbusd_epi32(d, ones, look_up(other, odd));
  }
  sums[0] = _mm512_reduce_add_epi32(_mm512_add_epi32(a, c));
  sums[1] = _mm512_reduce_add_epi32(_mm512_add_epi32(b, d));
}

static void add_all(sweep_state *s) {
  numerals *both[2] = {&s->slopes, &s->bends};
  for (size_t n = 0; n < 2; n++)
    for (size_t d = 0; d < both[n]->digits; d += 2)
      add_two(s, both[n]->tables[d], both[n]->tables[d + 1], both[n]->sums + d);
  s->outside = 0;
  for (size_t e = 0; e < s->outsiders; e++)
    s->outside += step_at(s->x, s->overlap[e] - 1) - step_at(s->x, s->overlap[e] + 1);
}

/// Adds the slopes' digits from `digit` on, one or two, over the set bits of a row.
static inline __attribute__((always_inline)) void add_masked(
    const sweep_state *s, const uint8_t *row, size_t digit, size_t count, int64_t *sums) {
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

/// 4 h of a neuron, as far as its highest digits say: 2^shift times as much, the digits still to be
/// added, and how much they may come to.
typedef struct {
  __int128 sum, doubt;
  size_t left;
} partial_field;

static void add_digits(const sweep_state *s, const uint8_t *row, size_t count, partial_field *f) {
  int64_t sums[2];
  count = f->left < count ? f->left : count;
  if (count == 2) add_masked(s, row, f->left - 2, 2, sums);
  else add_masked(s, row, f->left - 1, 1, sums);
  for (size_t j = count; j-- > 0;) {
    size_t d = --f->left;
    f->sum += ((__int128)s->slopes.unit << (8 * d)) * (2 * sums[j] - s->slopes.sums[d]);
  }
  // Each lower digit is 128 at the most, and worth 256 times the next.
  __int128 place = (__int128)s->slopes.unit << (8 * f->left);
  f->doubt = f->left > 0 ? place * s->p->count * 129 / 256 + 1 : 0;
}

static partial_field first_digits(const sweep_state *s, const uint8_t *row, int spin,
                                  size_t count) {
  __int128 bends = 0;
  for (size_t d = s->bends.digits; d-- > 0;) bends = bends * 256 + s->bends.sums[d];
  bends = ((bends * s->bends.unit) >> s->bends.shift) + s->outside;
  partial_field f = {.sum = spin * bends, .left = s->slopes.digits};
  for (size_t e = 0; e < s->outsiders; e++) {
    __int128 slope = step_at(s->x, s->overlap[e] + 1) + step_at(s->x, s->overlap[e] - 1);
    f.sum += (row[s->slot[e] / 8] >> (s->slot[e] % 8)) & 1 ? slope : -slope;
  }
  f.sum *= (int64_t)1 << s->slopes.shift;
  add_digits(s, row, count, &f);
  return f;
}

static inline bool is_open(const partial_field *f) {
  return f->left > 0 && f->sum <= f->doubt && f->sum >= -f->doubt;
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
                     int32_t *overlaps, size_t *flips, int64_t *fall) {
  // Noise is compared with doubles, which must be exact; sums of digits must fit 32 bits.
  if (!x->wide || (rule->noise && x->error > 0) || p->count == 0 || p->groups > 1 << 18)
    return false;
  sweep_state s = {.p = p, .x = x, .chunks = hd_stride(p->groups) / 32, .places = scratch->places};
  if (!place(&s, overlaps) || !make_tables(&s)) return false;
  add_all(&s);
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
    while (is_open(&f) || (rule->noise && f.left > 0)) add_digits(&s, row, 2, &f);
    if (rule->noise) {
      double h = (double)(f.sum >> s.slopes.shift), threshold = rule->noise[visit] * rule->noise_scale;
      new = h > threshold ? 1 : h < threshold ? -1 : spin;
    } else if (f.sum != 0) {
      new = f.sum > 0 ? 1 : -1;
    }
    if (new == spin) continue;
    if (x->error == 0) {
      while (f.left > 0) add_digits(&s, row, 2, &f);
      *fall += new * (int64_t)(f.sum >> s.slopes.shift) / 2;
    }
    state[visit / 64] ^= (uint64_t)1 << (visit % 64);
    fits = move(&s, row, new);
    add_all(&s);
    done++;
  }
  // Where an outsider found no place, the overlaps are counted from the state instead.
  if (fits) {
    collect(&s, overlaps);
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
