// The AVX2 level: tables of 16 entries for half-bytes, looked up with byte shuffles.

#include "levels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,popcnt"))), apply_to = function)

typedef uint16_t half __attribute__((vector_size(32), may_alias));

/// Low and high bytes of a half-byte's sums, for the 32 lanes of `index`, interleaved and added.
static inline __attribute__((always_inline)) void add_half_byte(half *sums, __m256i index,
                                                                const int16_t *table) {
  const __m128i *bytes = (const __m128i *)(const void *)table;
  __m256i low = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_load_si128(bytes)), index);
  __m256i high = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_load_si128(bytes + 1)), index);
  sums[0] += (half)_mm256_unpacklo_epi8(low, high);
  sums[1] += (half)_mm256_unpackhi_epi8(low, high);
}

static inline __attribute__((always_inline)) void add_sums(half *sums, const uint16_t *tile,
                                                           const int16_t *table) {
  const __m256i byte = _mm256_set1_epi16(255), nibble = _mm256_set1_epi8(15);
  __m256i first = _mm256_load_si256((const __m256i *)(const void *)tile);
  __m256i second = _mm256_load_si256((const __m256i *)(const void *)(tile + 16));
  // The low bytes of all lanes, and the high bytes. Packing mixes the two halves in the way that
  // unpacking undoes.
  __m256i low = _mm256_packus_epi16(_mm256_and_si256(first, byte), _mm256_and_si256(second, byte));
  __m256i high = _mm256_packus_epi16(_mm256_srli_epi16(first, 8), _mm256_srli_epi16(second, 8));
  add_half_byte(sums, _mm256_and_si256(low, nibble), table);
  add_half_byte(sums, _mm256_and_si256(_mm256_srli_epi16(low, 4), nibble), table + 16);
  add_half_byte(sums, _mm256_and_si256(high, nibble), table + 32);
  add_half_byte(sums, _mm256_and_si256(_mm256_srli_epi16(high, 4), nibble), table + 48);
}

static inline void write_table(int16_t *table, const int32_t *terms) {
  const __m256i entry = _mm256_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (size_t k = 0; k < 4; k++, table += 16, terms += 4) {
    __m256i sums = _mm256_setzero_si256();
    for (int b = 0; b < 4; b++) {
      __m256i bit = _mm256_set1_epi16((short)(1 << b));
      __m256i chosen = _mm256_cmpeq_epi16(_mm256_and_si256(entry, bit), bit);
      __m256i term = _mm256_set1_epi16((short)terms[b]);
      sums = _mm256_add_epi16(sums, _mm256_and_si256(chosen, term));
    }
    __m256i low = _mm256_and_si256(sums, _mm256_set1_epi16(255));
    __m256i bytes = _mm256_packus_epi16(low, _mm256_srli_epi16(sums, 8));
    _mm256_store_si256((__m256i *)(void *)table, _mm256_permute4x64_epi64(bytes, 0xD8));
  }
}

static inline half count_bits(half lanes) {
  const __m256i bits = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
                                        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i nibble = _mm256_set1_epi8(15);
  __m256i low = _mm256_and_si256((__m256i)lanes, nibble);
  __m256i high = _mm256_and_si256(_mm256_srli_epi16((__m256i)lanes, 4), nibble);
  __m256i bytes = _mm256_add_epi8(_mm256_shuffle_epi8(bits, low), _mm256_shuffle_epi8(bits, high));
  return (half)_mm256_maddubs_epi16(bytes, _mm256_set1_epi8(1));
}

#include "halves.h"

#pragma clang attribute pop

const hk_kernels hk_avx2_kernels = {
    .pack_spins = pack_spins,
    .pack_words = pack_words,
    .unpack_words = unpack_words,
    .count_differing = count_differing,
    .flip_overlaps = flip_overlaps,
    .squares = squares,
    .prepare = prepare,
    .fields = fields,
    .field = field,
    .gram = gram,
    .step = step,
    .step_batch = step_batch,
    .sweep = sweep,
};

#endif
