// What the dense kernels of all x86 levels share.

#ifndef HD_X86_H
#define HD_X86_H

#include "dense_levels.h"

#if defined(__x86_64__)
#include <immintrin.h>

/// The rows of a block, by transposing eight groups of eight neurons at a time (SSE2).
static __attribute__((unused)) void hd_transpose(const hk_patterns *p, size_t block,
                                                 uint16_t *rows) {
  const uint16_t *tiles = hk_block(p, block);
  size_t stride = hd_stride(p->groups), group = 0;
  for (; group + 8 <= p->groups; group += 8)
    for (size_t lane = 0; lane < HK_LANES; lane += 8) {
      __m128i a[8], b[8];
      for (size_t r = 0; r < 8; r++)
        a[r] = _mm_load_si128((const __m128i *)(tiles + (group + r) * HK_LANES + lane));
      for (size_t r = 0; r < 4; r++) {
        b[2 * r] = _mm_unpacklo_epi16(a[2 * r], a[2 * r + 1]);
        b[2 * r + 1] = _mm_unpackhi_epi16(a[2 * r], a[2 * r + 1]);
      }
      for (size_t r = 0; r < 8; r += 4) {
        a[r] = _mm_unpacklo_epi32(b[r], b[r + 2]);
        a[r + 1] = _mm_unpackhi_epi32(b[r], b[r + 2]);
        a[r + 2] = _mm_unpacklo_epi32(b[r + 1], b[r + 3]);
        a[r + 3] = _mm_unpackhi_epi32(b[r + 1], b[r + 3]);
      }
      for (size_t r = 0; r < 4; r++) {
        __m128i *even = (__m128i *)(rows + (lane + 2 * r) * stride + group);
        __m128i *odd = (__m128i *)(rows + (lane + 2 * r + 1) * stride + group);
        _mm_store_si128(even, _mm_unpacklo_epi64(a[r], a[r + 4]));
        _mm_store_si128(odd, _mm_unpackhi_epi64(a[r], a[r + 4]));
      }
    }
  for (; group < p->groups; group++)
    for (size_t lane = 0; lane < HK_LANES; lane++)
      rows[lane * stride + group] = tiles[group * HK_LANES + lane];
}

/// The same with AVX-512, 32 groups at a time.
void hd512_transpose(const hk_patterns *p, size_t block, uint16_t *rows);

#endif
#endif
