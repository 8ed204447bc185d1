// Moving patterns in and out of tiles: a pattern's spins as a mask of lanes sets or reads one bit
// of every lane.

#include "avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), \
                             apply_to = function)

static inline uint16_t *tile_of(const hk_patterns *p, size_t block, size_t group) {
  return p->tiles + (block * p->stride + group) * HK_LANES;
}

/// Stores the tiles of two blocks whose spins in pattern b are `spins[b]`.
static inline __attribute__((always_inline)) void store_tiles(const hk_patterns *p, size_t block,
                                                              size_t group,
                                                              const __mmask64 *spins) {
  __m512i first = _mm512_setzero_si512(), second = first;
#pragma clang loop unroll(full)
  for (size_t b = 0; b < HK_SLOTS; b++) {
    __m512i bit = _mm512_set1_epi16((short)(1 << b));
    // Every bit is set once: adding is setting.
    first = _mm512_mask_add_epi16(first, (__mmask32)spins[b], first, bit);
    second = _mm512_mask_add_epi16(second, (__mmask32)(spins[b] >> 32), second, bit);
  }
  _mm512_store_si512(tile_of(p, block, group), first);
  if (block + 1 < p->blocks) _mm512_store_si512(tile_of(p, block + 1, group), second);
}

void hk512_pack_spins(const hk_patterns *p, size_t group, const int8_t *rows, size_t row_stride,
                      size_t count) {
  const __m512i zero = _mm512_setzero_si512();
  for (size_t block = 0; block < p->blocks; block += 2) {
    size_t from = block * HK_LANES, left = p->neurons - from;
    __mmask64 lanes = left >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << left) - 1, spins[HK_SLOTS];
    for (size_t b = 0; b < HK_SLOTS; b++) {
      spins[b] = 0;
      if (b >= count) continue;
      __m512i row = _mm512_maskz_loadu_epi8(lanes, rows + b * row_stride + from);
      spins[b] = _mm512_cmpgt_epi8_mask(row, zero);
    }
    store_tiles(p, block, group, spins);
  }
}

void hk512_pack_words(const hk_patterns *p, size_t group, const uint64_t *rows,
                      size_t words_per_row, size_t count) {
  for (size_t block = 0; block < p->blocks; block += 2) {
    size_t left = p->neurons - block * HK_LANES;
    __mmask64 lanes = left >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << left) - 1, spins[HK_SLOTS];
    for (size_t b = 0; b < HK_SLOTS; b++)
      spins[b] = b < count ? rows[b * words_per_row + block / 2] & lanes : 0;
    store_tiles(p, block, group, spins);
  }
}

void hk512_unpack_words(const hk_patterns *p, size_t group, uint64_t *rows,
                        size_t words_per_row) {
  for (size_t block = 0; block < p->blocks; block += 2) {
    __m512i first = _mm512_load_si512(tile_of(p, block, group)), second = _mm512_setzero_si512();
    if (block + 1 < p->blocks) second = _mm512_load_si512(tile_of(p, block + 1, group));
    for (size_t b = 0; b < HK_SLOTS; b++) {
      __m512i bit = _mm512_set1_epi16((short)(1 << b));
      rows[b * words_per_row + block / 2] =
          (uint64_t)_mm512_test_epi16_mask(first, bit) |
          (uint64_t)_mm512_test_epi16_mask(second, bit) << 32;
    }
  }
}

#pragma clang attribute pop
#endif
