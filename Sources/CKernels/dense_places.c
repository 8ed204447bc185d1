// Where each pattern's overlap lies in the window: for the sweep by digits (dense_digits.c).

#include "dense_digits.h"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target(                                          \
                                 "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vnni"))), \
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
      _mm512_store_si512(s->places + (k * s->chunks + c) * 64, lines[k]);
  }
  return s->outsiders <= OUTSIDERS / 2;
}

void hd_collect(const hd_places *s, int32_t *overlaps) {
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

bool hd_move(hd_places *s, const uint8_t *row, int spin) {
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

#pragma clang attribute pop

#endif
