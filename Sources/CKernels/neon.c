// The NEON level: tables of 16 entries for half-bytes, looked up with TBL.

#include "levels.h"

#if defined(__aarch64__)
#include <arm_neon.h>

typedef uint16_t half __attribute__((vector_size(32), may_alias));

/// Low and high bytes of a half-byte's sums, interleaved and added.
static inline __attribute__((always_inline)) void add_half_byte(uint16x8_t *sums, uint8x16_t index,
                                                                const uint8_t *table) {
  uint8x16_t low = vqtbl1q_u8(vld1q_u8(table), index);
  uint8x16_t high = vqtbl1q_u8(vld1q_u8(table + 16), index);
  sums[0] = vaddq_u16(sums[0], vreinterpretq_u16_u8(vzip1q_u8(low, high)));
  sums[1] = vaddq_u16(sums[1], vreinterpretq_u16_u8(vzip2q_u8(low, high)));
}

static inline __attribute__((always_inline)) void add_sums(half *sums, const uint16_t *tile,
                                                           const int16_t *table) {
  const uint8_t *bytes = (const uint8_t *)(const void *)table;
  const uint8x16_t nibble = vdupq_n_u8(15);
  for (size_t h = 0; h < 2; h++) {
    // The low bytes of 16 lanes, and the high bytes.
    uint8x16x2_t lanes = vld2q_u8((const uint8_t *)(const void *)(tile + 16 * h));
    uint16x8_t parts[2];
    __builtin_memcpy(parts, &sums[h], sizeof parts);
    add_half_byte(parts, vandq_u8(lanes.val[0], nibble), bytes);
    add_half_byte(parts, vshrq_n_u8(lanes.val[0], 4), bytes + 32);
    add_half_byte(parts, vandq_u8(lanes.val[1], nibble), bytes + 64);
    add_half_byte(parts, vshrq_n_u8(lanes.val[1], 4), bytes + 96);
    __builtin_memcpy(&sums[h], parts, sizeof parts);
  }
}

static inline void write_table(int16_t *table, const int32_t *terms) {
  static const uint16_t entries[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  for (size_t k = 0; k < 4; k++, table += 16, terms += 4) {
    uint16x8_t sums[2] = {vdupq_n_u16(0), vdupq_n_u16(0)};
    for (size_t h = 0; h < 2; h++)
      for (size_t b = 0; b < 4; b++) {
        uint16x8_t chosen = vtstq_u16(vld1q_u16(entries + 8 * h), vdupq_n_u16((uint16_t)(1u << b)));
        sums[h] = vaddq_u16(sums[h], vandq_u16(chosen, vdupq_n_u16((uint16_t)terms[b])));
      }
    uint8_t *bytes = (uint8_t *)(void *)table;
    vst1q_u8(bytes, vcombine_u8(vmovn_u16(sums[0]), vmovn_u16(sums[1])));
    vst1q_u8(bytes + 16, vcombine_u8(vshrn_n_u16(sums[0], 8), vshrn_n_u16(sums[1], 8)));
  }
}

static inline half count_bits(half lanes) {
  uint8x16_t bytes[2];
  __builtin_memcpy(bytes, &lanes, sizeof bytes);
  uint16x8_t counts[2] = {vpaddlq_u8(vcntq_u8(bytes[0])), vpaddlq_u8(vcntq_u8(bytes[1]))};
  __builtin_memcpy(&lanes, counts, sizeof counts);
  return lanes;
}

#include "halves.h"

const hk_kernels hk_neon_kernels = {
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
