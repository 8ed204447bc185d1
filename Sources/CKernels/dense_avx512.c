// The dense kernels with AVX-512: eight slots a register, a row's bits as masks.

#include "dense_x86.h"

#if defined(__x86_64__)

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

#define HD_MAJORITY(a, b, c)                                                              \
  (hd_line)_mm512_ternarylogic_epi64((__m512i)(a), (__m512i)(b), (__m512i)(c), 0xE8)
#define HD_OWN_TOTALS
#include "dense_count.h"

/// 64 slots at a time: their bits are a mask, and eight bits of their counts fit a byte.
static inline void hd_totals(const hd_slices *s, size_t c, hd_counts *totals) {
  for (size_t q = 0; q < 8; q++, totals += 4) {
    __m512i low = _mm512_setzero_si512(), high = low;
#pragma clang loop unroll(full)
    for (size_t j = 0; j <= HD_BITS; j++) {
      __mmask64 mask = s->bits[c][j][q];
      __m512i bit = _mm512_set1_epi8((char)(1 << j % 8));
      if (j < 8) low = _mm512_mask_add_epi8(low, mask, low, bit);
      else high = _mm512_mask_add_epi8(high, mask, high, bit);
    }
    _Alignas(64) uint8_t bytes[2][64];
    _mm512_store_si512(bytes[0], low);
    _mm512_store_si512(bytes[1], high);
    for (size_t k = 0; k < 4; k++) {
      __m512i less = _mm512_cvtepu8_epi32(_mm_load_si128((const __m128i *)bytes[0] + k));
      __m512i more = _mm512_cvtepu8_epi32(_mm_load_si128((const __m128i *)bytes[1] + k));
      totals[k] = (hd_counts)_mm512_add_epi32(_mm512_slli_epi32(less, 1),
                                              _mm512_slli_epi32(more, 9));
    }
  }
}

enum { EIGHTS = HD_LANES / 8 };

static inline double join(const __m512d *sums) {
  double lanes[HD_LANES];
  for (size_t k = 0; k < EIGHTS; k++) _mm512_storeu_pd(lanes + 8 * k, sums[k]);
  return hd_join(lanes);
}

static inline void add_group(__m512d *sums, uint16_t bits, const double *values) {
  sums[0] = _mm512_mask_add_pd(sums[0], (__mmask8)bits, sums[0], _mm512_loadu_pd(values));
  sums[1] = _mm512_mask_add_pd(sums[1], (__mmask8)(bits >> 8), sums[1],
                               _mm512_loadu_pd(values + 8));
}

static double sum(const uint16_t *row, const double *values, size_t groups) {
  __m512d sums[EIGHTS];
  for (size_t k = 0; k < EIGHTS; k++) sums[k] = _mm512_setzero_pd();
  size_t group = 0;
  for (; group + 2 <= groups; group += 2, values += 2 * HK_SLOTS) {
    add_group(sums, row[group], values);
    add_group(sums + 2, row[group + 1], values + HK_SLOTS);
  }
  if (group < groups) add_group(sums, row[group], values);
  return join(sums);
}

static void values(const hk_patterns *p, const hd_table *x, const uint16_t *row, int spin,
                   int32_t *overlaps, hd_values *v) {
  __m512d slopes[EIGHTS], bends[EIGHTS], magnitudes[EIGHTS];
  for (size_t k = 0; k < EIGHTS; k++)
    slopes[k] = bends[k] = magnitudes[k] = _mm512_setzero_pd();
  const __m256i first = _mm256_set1_epi32(x->first + 1);
  const __m256i zero = _mm256_setzero_si256(), last = _mm256_set1_epi32((int)x->count - 1);
  const __m256i up = _mm256_set1_epi32(2 * spin), down = _mm256_set1_epi32(-2 * spin);
  for (size_t pair = 0; pair < p->groups; pair += 2)
    for (size_t k = 0; k < EIGHTS; k++) {
      size_t group = pair + k / 2, slot = pair * HK_SLOTS + 8 * k;
      if (group >= p->groups) break;
      __mmask8 active = (__mmask8)(p->active[group] >> (k % 2 * 8));
      __m256i overlap = _mm256_loadu_si256((const __m256i *)(overlaps + slot));
      if (row) {
        __mmask8 bits = (__mmask8)(row[group] >> (k % 2 * 8));
        overlap = _mm256_mask_add_epi32(overlap, active, overlap,
                                        _mm256_mask_blend_epi32(bits, down, up));
        _mm256_storeu_si256((__m256i *)(overlaps + slot), overlap);
      }
      __m256i entry = _mm256_srai_epi32(_mm256_sub_epi32(overlap, first), 1);
      __m256i next = _mm256_add_epi32(entry, _mm256_set1_epi32(1));
      entry = _mm256_min_epi32(_mm256_max_epi32(entry, zero), last);
      next = _mm256_min_epi32(_mm256_max_epi32(next, zero), last);
      __m512d below = _mm512_i32gather_pd(entry, x->steps, 8);
      __m512d above = _mm512_i32gather_pd(next, x->steps, 8);
      __m512d slope = _mm512_maskz_add_pd(active, above, below);
      __m512d bend = _mm512_maskz_sub_pd(active, below, above);
      _mm512_storeu_pd(v->values + slot, slope);
      slopes[k] = _mm512_add_pd(slopes[k], slope);
      bends[k] = _mm512_add_pd(bends[k], bend);
      magnitudes[k] = _mm512_add_pd(magnitudes[k],
                                    _mm512_add_pd(_mm512_abs_pd(slope), _mm512_abs_pd(bend)));
    }
  v->slopes = join(slopes);
  v->bends = join(bends);
  v->magnitude = join(magnitudes);
}

/// Transposes 32 groups of 32 neurons: within 128-bit lanes, then the lanes themselves.
static inline void transpose_tiles(const uint16_t *tiles, size_t groups, uint16_t *rows,
                                   size_t stride) {
  __m512i a[32], b[32];
  for (size_t r = 0; r < 32; r++)
    a[r] = r < groups ? _mm512_load_si512(tiles + r * HK_LANES) : _mm512_setzero_si512();
  for (size_t r = 0; r < 32; r += 2) {
    b[r] = _mm512_unpacklo_epi16(a[r], a[r + 1]);
    b[r + 1] = _mm512_unpackhi_epi16(a[r], a[r + 1]);
  }
  for (size_t r = 0; r < 32; r += 4) {
    a[r] = _mm512_unpacklo_epi32(b[r], b[r + 2]);
    a[r + 1] = _mm512_unpackhi_epi32(b[r], b[r + 2]);
    a[r + 2] = _mm512_unpacklo_epi32(b[r + 1], b[r + 3]);
    a[r + 3] = _mm512_unpackhi_epi32(b[r + 1], b[r + 3]);
  }
  for (size_t r = 0; r < 32; r += 8)
    for (size_t k = 0; k < 4; k++) {
      b[r + 2 * k] = _mm512_unpacklo_epi64(a[r + k], a[r + k + 4]);
      b[r + 2 * k + 1] = _mm512_unpackhi_epi64(a[r + k], a[r + k + 4]);
    }
  for (size_t j = 0; j < 8; j++) {
    // b[8 q + j], lane l: groups 8 q ... 8 q + 7 of neuron 8 l + j.
    __m512i low = _mm512_shuffle_i32x4(b[j], b[j + 8], 0x88);
    __m512i high = _mm512_shuffle_i32x4(b[j + 16], b[j + 24], 0x88);
    _mm512_store_si512(rows + j * stride, _mm512_shuffle_i32x4(low, high, 0x88));
    _mm512_store_si512(rows + (16 + j) * stride, _mm512_shuffle_i32x4(low, high, 0xdd));
    low = _mm512_shuffle_i32x4(b[j], b[j + 8], 0xdd);
    high = _mm512_shuffle_i32x4(b[j + 16], b[j + 24], 0xdd);
    _mm512_store_si512(rows + (8 + j) * stride, _mm512_shuffle_i32x4(low, high, 0x88));
    _mm512_store_si512(rows + (24 + j) * stride, _mm512_shuffle_i32x4(low, high, 0xdd));
  }
}

void hd512_transpose(const hk_patterns *p, size_t block, uint16_t *rows) {
  const uint16_t *tiles = hk_block(p, block);
  size_t group = 0;
  for (; group + 32 <= p->groups; group += 32)
    transpose_tiles(tiles + group * HK_LANES, 32, rows + group, hd_stride(p->groups));
  if (group < p->groups)
    transpose_tiles(tiles + group * HK_LANES, p->groups - group, rows + group,
                    hd_stride(p->groups));
}

static void overlaps(const hk_patterns *p, const uint16_t *rows, const uint64_t *state,
                     size_t from, size_t to, int32_t *overlaps) {
  hd_count(p, rows, state, from, to, overlaps);
}

const hd_kernels hd_avx512_kernels = {.sum = sum, .values = values, .rows = hd512_transpose,
    .overlaps = overlaps};
const hd_kernels hd_avx512_digit_kernels = {
    .sum = sum, .values = values, .rows = hd512_transpose,
    .overlaps = overlaps, .sweep = hd_sweep_digits};

#pragma clang attribute pop

#endif
