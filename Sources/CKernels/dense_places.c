// Where each pattern's overlap lies in the window: for the sweep by digits (dense_digits.c).

#include "dense_digits.h"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target(                                          \
                                 "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vnni,gfni"))), \
                             apply_to = function)

/// Eight registers of bytes [b][k], b = 8 r + j in register r, to eight of bytes [k][b]: the
/// indices (r, j, k) become (k, r, j), so that doing it three times changes nothing.
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

static bool add_outsider(hd_places *s, size_t slot, int32_t overlap) {
  if (s->outsiders == OUTSIDERS) return false;
  s->slot[s->outsiders] = (uint32_t)slot;
  s->overlap[s->outsiders++] = overlap;
  return true;
}

/// Where the byte of a slot stands.
static inline size_t byte_of(size_t slot) {
  return slot / 512 * 512 + slot % 8 * 64 + slot % 512 / 8;
}

bool hd_place(hd_places *s, const int32_t *overlaps) {
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
      _mm512_store_si512(s->places + (c * 8 + k) * 64, lines[k]);
  }
  return s->outsiders <= OUTSIDERS / 2;
}

void hd_collect(const hd_places *s, int32_t *overlaps) {
  size_t slots = s->p->groups * HK_SLOTS;
  for (size_t c = 0; c < s->chunks; c++) {
    _Alignas(64) uint8_t bytes[512];
    __m512i lines[8];
    for (size_t k = 0; k < 8; k++)
      lines[k] = _mm512_load_si512(s->places + (c * 8 + k) * 64);
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

// MARK: Passes over all places

/// Which of a line's 64 bytes of active slots have bit k.
static inline __m512i active_line(const hk_patterns *p, size_t chunk) {
  size_t left = p->groups - chunk * 32;
  __mmask32 groups = left < 32 ? ((__mmask32)1 << left) - 1 : ~(__mmask32)0;
  return _mm512_maskz_loadu_epi16(groups, p->active + chunk * 32);
}

/// What a pass carries along.
typedef struct {
  hd_bytes tops, bounds;
  __m512i top_sums[2], bound_sums[4], highest;
} totals;

/// +1 in every byte that has bit k, -1 in the others: bits 1 to 7 are its opposite, bit 0 is set.
static inline __attribute__((always_inline)) __m512i moves(__m512i bits, size_t k) {
  const __m512i select = _mm512_set1_epi64(0x0001010101010101 << k);
  return _mm512_gf2p8affine_epi64_epi8(bits, select, 0xFF);
}

/// What is done to a chunk, known where the pass is compiled.
typedef struct {
  bool moves;  // or else places are only looked at
  bool head;   // whether highest digits are looked up, too
} purpose;

/// A chunk's part of the pass, of slots that are all active (`active` NULL) or not. Places go up
/// where `ups` has its bits.
static inline __attribute__((always_inline)) void pass_chunk(uint8_t *places, uint8_t *tops,
                                                             __m512i ups, const __m512i *active,
                                                             purpose why, totals *t) {
  const __m512i ones = _mm512_set1_epi8(1);
#pragma clang loop unroll(full)
  for (size_t k = 0; k < 8; k++) {
    __m512i place = _mm512_load_si512(places + 64 * k), seen;
    if (why.moves) {
      place = seen = _mm512_add_epi8(place, moves(ups, k));
      if (active) {
        // Empty slots stay at NOWHERE, which is no news.
        __mmask64 own = _mm512_test_epi8_mask(*active, _mm512_set1_epi8((char)(1 << k)));
        place = _mm512_mask_mov_epi8(_mm512_set1_epi8(NOWHERE), own, place);
        seen = _mm512_maskz_mov_epi8(own, place);
      }
      _mm512_store_si512(places + 64 * k, place);
      t->highest = _mm512_max_epu8(t->highest, seen);
    }
    if (why.head) {
      __m512i top = hd_look_up(t->tops, place);
      _mm512_store_si512(tops + 64 * k, top);
      t->top_sums[k % 2] = _mm512_dpbusd_epi32(t->top_sums[k % 2], ones, top);
    }
    t->bound_sums[k % 4] =
        _mm512_dpbusd_epi32(t->bound_sums[k % 4], hd_look_up(t->bounds, place), ones);
  }
}

/// Takes what has been added up out of so many sums.
static inline __attribute__((always_inline)) int64_t take(__m512i *sums, size_t count) {
  __m512i sum = sums[0];
  for (size_t k = 1; k < count; k++) sum = _mm512_add_epi32(sum, sums[k]);
  for (size_t k = 0; k < count; k++) sums[k] = _mm512_setzero_si512();
  return _mm512_reduce_add_epi32(sum);
}

/// The pass over chunks [from, to).
static inline __attribute__((always_inline)) void pass(const hd_places *s, size_t from, size_t to,
                                                       const uint8_t *row, int spin, purpose why,
                                                       totals *t) {
  const __m512i all = _mm512_set1_epi8(-1), unlike = spin > 0 ? _mm512_setzero_si512() : all;
  const hk_patterns p = *s->p;
  uint8_t *places = s->places + 512 * from, *tops = s->tops + 512 * from;
  for (size_t c = from; c < to; c++, places += 512, tops += 512) {
    __m512i ups = why.moves ? _mm512_xor_si512(_mm512_load_si512(row + 64 * c), unlike) : all;
    __m512i active = active_line(&p, c);
    if (_mm512_cmpneq_epi8_mask(active, all) == 0) pass_chunk(places, tops, ups, NULL, why, t);
    else pass_chunk(places, tops, ups, &active, why, t);
  }
}

/// Moves places, or does not; looks up the highest digits of the head and bounds of all, and sums
/// them. Outsiders move with the others; empty slots do not. Returns whether a place left the
/// window.
static inline __attribute__((always_inline)) bool pass_all(hd_places *s, const uint8_t *row,
                                                           int spin, bool moves) {
  const size_t slope = s->slopes.digits - 1;
  const __m512i none = _mm512_setzero_si512();
  totals t = {.tops = hd_load_bytes(s->slopes.tables[slope]),
              .bounds = hd_load_bytes(s->slack.table), .top_sums = {none, none},
              .bound_sums = {none, none, none, none}, .highest = none};
  pass(s, 0, s->head, row, spin, (purpose){.moves = moves, .head = true}, &t);
  s->slopes.sums[slope] = take(t.top_sums, 2);
  s->slack.sum = take(t.bound_sums, 4);
  t.bounds = hd_load_bytes(s->reach.table);
  pass(s, s->head, s->chunks, row, spin, (purpose){.moves = moves, .head = false}, &t);
  s->reach.sum = take(t.bound_sums, 4);
  s->slopes.stale = slope;
  s->bends.stale = s->bends.digits;
  return _mm512_cmpge_epu8_mask(t.highest, _mm512_set1_epi8(NOWHERE)) != 0;
}

/// Lets the slot's pattern, which is inside the window again, stand at its place there.
static void admit(hd_places *s, size_t slot, uint8_t place) {
  const uint8_t *tops = s->slopes.tables[s->slopes.digits - 1];
  size_t at = byte_of(slot), before = s->places[at] % 128;
  s->places[at] = place;
  if (slot / 512 < s->head) {
    s->tops[at] = tops[place];
    s->slopes.sums[s->slopes.digits - 1] += (int8_t)tops[place] - (int8_t)tops[before];
    s->slack.sum += s->slack.table[place] - s->slack.table[before];
  } else {
    s->reach.sum += s->reach.table[place] - s->reach.table[before];
  }
}

/// Lets outsiders that are well inside the window again back in.
static void readmit(hd_places *s) {
  size_t left = 0;
  for (size_t e = 0; e < s->outsiders; e++) {
    int32_t place = (s->overlap[e] - s->base) / 2;
    if (place >= 3 && place <= NOWHERE - 4) {
      admit(s, s->slot[e], (uint8_t)place);
      continue;
    }
    s->slot[left] = s->slot[e];
    s->overlap[left++] = s->overlap[e];
  }
  s->outsiders = left;
}

/// What the outsiders add to what is counted, or bounded, at the places where they wait.
static void weigh_outsiders(hd_places *s) {
  s->outside = 0;
  for (size_t e = 0; e < s->outsiders; e++) {
    size_t place = s->places[byte_of(s->slot[e])] % 128;
    __int128 above = hd_step(s->x, s->overlap[e] + 1), below = hd_step(s->x, s->overlap[e] - 1);
    s->slope[e] = above + below - s->slopes.values[place];
    s->outside += below - above - s->bends.values[place];
  }
}

void hd_look(hd_places *s, size_t head) {
  s->head = head;
  pass_all(s, NULL, 0, false);
  weigh_outsiders(s);
}

/// Makes outsiders of the patterns whose places have left the window.
static bool find_outsiders(hd_places *s) {
  bool fits = true;
  for (size_t c = 0; c < s->chunks; c++) {
    __m512i active = active_line(s->p, c);
    for (size_t k = 0; k < 8; k++) {
      const uint8_t *at = s->places + 512 * c + 64 * k;
      __mmask64 own = _mm512_test_epi8_mask(active, _mm512_set1_epi8((char)(1 << k)));
      __mmask64 left = _mm512_mask_cmpge_epu8_mask(own, _mm512_load_si512(at),
                                                   _mm512_set1_epi8(NOWHERE));
      for (; left; left &= left - 1) {
        size_t b = (size_t)__builtin_ctzll(left);
        int32_t overlap = s->base + (at[b] == NOWHERE ? 2 * NOWHERE : -2);
        fits &= add_outsider(s, 512 * c + 8 * b + k, overlap);
      }
    }
  }
  return fits;
}

bool hd_move(hd_places *s, const uint8_t *row, int spin, size_t head) {
  // Visits need not have read the row beyond the head.
  for (size_t c = s->head; c < s->chunks; c++) __builtin_prefetch(row + 64 * c);
  s->head = head;
  // Known outsiders wait in the middle of the window, from where no move leaves it.
  for (size_t e = 0; e < s->outsiders; e++) {
    s->overlap[e] += (row[s->slot[e] / 8] >> (s->slot[e] % 8)) & 1 ? 2 * spin : -2 * spin;
    s->places[byte_of(s->slot[e])] = NOWHERE / 2;
  }
  bool fits = true;
  if (__builtin_expect(pass_all(s, row, spin, true), false)) fits = find_outsiders(s);
  readmit(s);
  weigh_outsiders(s);
  return fits;
}

#pragma clang attribute pop

#endif
