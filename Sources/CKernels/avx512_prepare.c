// Tables of partial sums: 64 entries for bits 0-5 (two registers), 32 for bits 6-10, 32 for 11-15.

#include "avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

enum {
  LARGE = 8192,      // what hk_split takes for large
  RETRIEVED = 4096,  // with what is as large as this apart, the rest is likely to need one segment
  LARGEST = 16384,   // two of these are all that a group may have
  GROUPS = 1 << 16,
};

// MARK: The tables of a group

/// What chooses the terms of an entry, from sums of pairs: lane 4 p + c holds the sum of the pair's
/// terms 2 p and 2 p + 1 over c's bits.
typedef struct {
  __m512i first, second;  // the terms of the pairs, from 16 lanes
  __m512i tables[10];     // the parts of the four tables, from the pairs
} choices;

/// Lane k: the sum of pair `pair` over bits `shift` on of k, as far as `mask` goes.
static __m512i part(int pair, unsigned shift, int mask) {
  const __m512i k = _mm512_set_epi16(31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16,
                                     15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i bits = _mm512_and_si512(_mm512_srli_epi16(k, shift), _mm512_set1_epi16((short)mask));
  return _mm512_add_epi16(bits, _mm512_set1_epi16((short)(4 * pair)));
}

static choices make_choices(void) {
  choices c;
  c.first = _mm512_slli_epi16(part(0, 2, 7), 1);
  c.second = _mm512_add_epi16(c.first, _mm512_set1_epi16(1));
  c.tables[0] = part(0, 0, 3);                      // bits 0 and 1
  c.tables[1] = part(1, 2, 3);                      // 2 and 3
  c.tables[2] = part(2, 4, 1);                      // 4
  c.tables[3] = _mm512_set1_epi16(4 * 2 + 2);       // 5, in every lane of the second register
  c.tables[4] = part(3, 0, 3);                      // 6 and 7
  c.tables[5] = part(4, 2, 3);                      // 8 and 9
  c.tables[6] = part(5, 4, 1);                      // 10
  c.tables[7] = _mm512_add_epi16(part(5, 0, 1), part(0, 0, 1));  // 11: the second of its pair
  c.tables[8] = part(6, 1, 3);                      // 12 and 13
  c.tables[9] = part(7, 3, 3);                      // 14 and 15
  return c;
}

/// Writes the tables for 16 terms. Terms fit 16 bits, and so do all their sums.
static inline __attribute__((always_inline)) void write_tables(const choices *c, __m512i terms,
                                                               int16_t *table) {
  __m512i narrow = _mm512_castsi256_si512(_mm512_cvtepi32_epi16(terms));
  __m512i pairs =
      _mm512_add_epi16(_mm512_maskz_permutexvar_epi16(0xAAAAAAAA, c->first, narrow),
                       _mm512_maskz_permutexvar_epi16(0xCCCCCCCC, c->second, narrow));
  __m512i parts[10];
#pragma clang loop unroll(full)
  for (size_t k = 0; k < 10; k++) parts[k] = _mm512_permutexvar_epi16(c->tables[k], pairs);
  __m512i low = _mm512_add_epi16(_mm512_add_epi16(parts[0], parts[1]), parts[2]);
  _mm512_store_si512(table, low);
  _mm512_store_si512(table + 32, _mm512_add_epi16(low, parts[3]));
  _mm512_store_si512(table + 64,
                     _mm512_add_epi16(_mm512_add_epi16(parts[4], parts[5]), parts[6]));
  _mm512_store_si512(table + 96,
                     _mm512_add_epi16(_mm512_add_epi16(parts[7], parts[8]), parts[9]));
}

// MARK: One digit

/// Sums of the terms of both signs, of one digit; the bits that are 1 in any.
typedef struct {
  __m512i positive, size, bits;
} sums;

static const sums nothing;

static inline __attribute__((always_inline)) void add_terms(sums *sums, __m512i terms) {
  sums->positive = _mm512_add_epi32(sums->positive,
                                    _mm512_max_epi32(terms, _mm512_setzero_si512()));
  sums->size = _mm512_add_epi32(sums->size, _mm512_abs_epi32(terms));
  sums->bits = _mm512_or_si512(sums->bits, terms);
}

static bool has_odd(const sums *sums) {
  return _mm512_test_epi32_mask(sums->bits, _mm512_set1_epi32(1)) != 0;
}

/// Overlaps without the large ones; these go to the plan's exceptions, if it has room.
static inline __attribute__((always_inline)) __m512i small_terms(hk_plan *plan, bool *room,
                                                                 const int32_t *overlaps,
                                                                 size_t group) {
  __m512i terms = _mm512_loadu_si512(overlaps + group * HK_SLOTS);
  __mmask16 large =
      _mm512_cmpge_epi32_mask(_mm512_abs_epi32(terms), _mm512_set1_epi32(plan->large));
  if (__builtin_expect(large != 0, 0)) {
    terms = _mm512_maskz_mov_epi32((__mmask16)~large, terms);
    for (uint32_t bits = large; bits; bits &= bits - 1) {
      size_t slot = group * HK_SLOTS + (size_t)__builtin_ctz(bits);
      if (plan->exceptions == HK_EXCEPTIONS) { *room = false; break; }
      plan->exception_slot[plan->exceptions] = (uint32_t)slot;
      plan->exception_overlap[plan->exceptions++] = overlaps[slot];
    }
  }
  return terms;
}

/// The segment whose mean sum fits with some room, or 0 if one digit won't do. Even overlaps are halved:
/// twice as many fit.
static size_t guess_segment(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  sums sums = nothing;
  bool room = true;
  plan->exceptions = 0;
  for (size_t group = 0; group < p->groups && room; group++)
    add_terms(&sums, small_terms(plan, &room, overlaps, group));
  if (!room) return 0;
  int64_t positive = 0, size = 0;
  int32_t lanes[2][16];
  _mm512_storeu_si512(lanes[0], sums.positive);
  _mm512_storeu_si512(lanes[1], sums.size);
  for (size_t k = 0; k < 16; k++) {
    positive += lanes[0][k];
    size += lanes[1][k];
  }
  plan->halvings = has_odd(&sums) ? 0 : 1;
  int64_t larger = (2 * positive > size ? positive : size - positive) >> plan->halvings;
  size_t segment = 1;
  while (segment < p->groups) segment *= 2;
  if (larger <= INT16_MAX) return segment;
  while (segment > 1 && larger * (int64_t)segment > 30000 * (int64_t)p->groups) segment /= 2;
  return segment;
}

/// Writes one digit's tables, and finds whether sums over the plan's segments fit 16 bits.
static bool write_one_digit(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  const choices choices = make_choices();
  size_t segment = plan->segment[0];
  int64_t positive_sum = 0, size_sum = 0;
  bool room = true;
  plan->exceptions = 0;
  for (size_t from = 0; from < p->groups; from += segment) {
    size_t to = from + segment < p->groups ? from + segment : p->groups;
    sums sums = nothing;
    for (size_t group = from; group < to; group++) {
      __m512i terms = small_terms(plan, &room, overlaps, group);
      add_terms(&sums, terms);
      terms = _mm512_srai_epi32(terms, (unsigned)plan->halvings);
      write_tables(&choices, terms, plan->tables + group * HK_TABLE);
    }
    int32_t positive = _mm512_reduce_add_epi32(sums.positive);
    int32_t size = _mm512_reduce_add_epi32(sums.size);
    if (!room || (plan->halvings > 0 && has_odd(&sums))) return false;
    if (positive >> plan->halvings > INT16_MAX) return false;
    if ((size - positive) >> plan->halvings > -INT16_MIN) return false;
    positive_sum += positive;
    size_sum += size;
  }
  plan->groups = p->groups;
  plan->digits = 1;
  plan->total = 2 * positive_sum - size_sum;
  for (size_t e = 0; e < plan->exceptions; e++) {
    int64_t overlap = plan->exception_overlap[e];
    plan->total += overlap;
    size_sum += overlap < 0 ? -overlap : overlap;
  }
  plan->wide = 2 * size_sum > INT32_MAX;
  return true;
}

// MARK: Any number of digits

static void write_all_digits(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  const choices choices = make_choices();
  const __m512i half = _mm512_set1_epi32(512), mask = _mm512_set1_epi32(1023);
  for (size_t group = 0; group < p->groups; group++) {
    __m512i rest = _mm512_loadu_si512(overlaps + group * HK_SLOTS);
    if (plan->exceptions > 0) {
      __m512i large = _mm512_set1_epi32(LARGE);
      rest = _mm512_maskz_mov_epi32(_mm512_cmplt_epi32_mask(_mm512_abs_epi32(rest), large), rest);
    }
    for (size_t d = 0; d < plan->digits; d++) {
      __m512i raised = _mm512_add_epi32(rest, half), digit = rest;
      if (d + 1 < plan->digits)
        digit = _mm512_sub_epi32(_mm512_and_si512(raised, mask), half);
      write_tables(&choices, digit, plan->tables + (d * p->groups + group) * HK_TABLE);
      rest = _mm512_srai_epi32(raised, HK_DIGIT_BITS);
    }
  }
}

void hk512_prepare(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  // More groups' sums might pass 32 bits here. Of a million neurons many overlaps are large: then only
  // the larger ones stand apart.
  for (plan->large = RETRIEVED; p->groups <= GROUPS && plan->large <= LARGEST; plan->large *= 2) {
    plan->segment[0] = guess_segment(plan, p, overlaps);
    bool has_room = plan->segment[0] > 0;
    for (; plan->segment[0] > 0; plan->segment[0] /= 2)
      if (write_one_digit(plan, p, overlaps)) return;
    if (has_room) break;
  }
  hk_split(plan, p, overlaps);
  write_all_digits(plan, p, overlaps);
}

void hk512_prepare_again(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps) {
  if (plan->digits == 1 && p->groups <= GROUPS && write_one_digit(plan, p, overlaps)) return;
  hk512_prepare(plan, p, overlaps);
}

#pragma clang attribute pop
#endif
