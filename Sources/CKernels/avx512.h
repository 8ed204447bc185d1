// What the files of the AVX-512 level share. A tile is one register: 32 neurons by 16 patterns.

#ifndef HK_AVX512_H
#define HK_AVX512_H

#include "levels.h"

#include <string.h>

#if defined(__x86_64__)

// MARK: Sums from tables

/// One digit of one cue: its tables, and where the sums go, 32 int32 a block.
typedef struct {
  const int16_t *tables;
  size_t segment;
  int32_t *sums;
} hk512_pass;

/// Where the next tiles lie, in elements from the current one: `near` for groups before `until`,
/// `beyond` for the others.
typedef struct {
  size_t until;
  ptrdiff_t near, beyond;
} hk512_ahead;

/// For reading `tiles` blocks at a time from end to end.
hk512_ahead hk512_ahead_of(const hk_patterns *p, size_t tiles);
/// Adds the sums over groups [from, to) for `blocks` blocks; group 0 overwrites what was there.
void hk512_sums(const hk_patterns *p, const hk512_pass *passes, size_t count, size_t block,
                size_t blocks, size_t from, size_t to, hk512_ahead ahead);
/// The same for up to eight blocks wherever they lie, their tiles at `rows`.
void hk512_sum_rows(const uint16_t *const *rows, size_t blocks, const hk512_pass *passes,
                    size_t count, size_t lane, size_t from, size_t to, hk512_ahead ahead);
/// The sums of up to SUPER blocks for a few passes: blocks are read from end to end, as memory
/// likes it best.
void hk512_sum_few(const hk_patterns *p, const hk512_pass *passes, size_t count, size_t block,
                   size_t blocks);
/// Puts the passes of a plan's digits, lowest first, with `sums` 32 * blocks apart.
void hk512_passes(const hk_plan *plan, size_t blocks, int32_t *sums, hk512_pass *passes);
void hk512_fields(const hk_patterns *, const hk_plan *, size_t, size_t, int64_t *);
size_t hk512_step(const hk_patterns *, const hk_plan *, const hk_rule *, const uint64_t *, size_t,
                  size_t, uint64_t *);
void hk512_step_batch(const hk_patterns *, const hk_plan *, const hk_rule *, const hk_rest *,
                      const uint64_t *const *, size_t, size_t, size_t, uint64_t *const *,
                      size_t *);

// MARK: Tables

void hk512_prepare(hk_plan *, const hk_patterns *, const int32_t *);
/// Prepares a plan anew after its overlaps moved a little; cheaper than from nothing.
void hk512_prepare_again(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps);

// MARK: Overlaps

void hk512_count_differing(const hk_patterns *, const uint64_t *, size_t, size_t, uint32_t *);
void hk512_count_differing_batch(const hk_patterns *, const uint64_t *const *, size_t, size_t,
                                 size_t, uint32_t *const *);
void hk512_flip_overlaps(const hk_patterns *, size_t, int, int32_t *);
void hk512_move_overlaps(const hk_patterns *, const uint64_t *, const uint64_t *, int32_t *);
int64_t hk512_squares(const hk_patterns *, const int32_t *, const int32_t *, int64_t *);
/// Updates the overlaps for `count` neurons that have just become as in `state`.
void hk512_apply_flips(const hk_patterns *p, const uint64_t *state, const uint32_t *neurons,
                       size_t count, int32_t *overlaps);
int64_t hk512_field(const hk_patterns *, const int32_t *, size_t);

// MARK: Couplings

/// For up to four neurons: the number of patterns in which each lane of `block` differs from it.
void hk512_differing(const hk_patterns *p, size_t block, const uint32_t *neurons, size_t count,
                     int32_t (*differing)[HK_LANES]);
void hk512_gram(const hk_patterns *, size_t, size_t, size_t, int32_t *);
size_t hk512_sweep(const hk_patterns *, hk_plan *, const hk_rule *, uint64_t *, int32_t *);

// MARK: Moving patterns

void hk512_pack_spins(const hk_patterns *, size_t, const int8_t *, size_t, size_t);
void hk512_pack_words(const hk_patterns *, size_t, const uint64_t *, size_t, size_t);
void hk512_unpack_words(const hk_patterns *, size_t, uint64_t *, size_t);

// MARK: Words of a block

static inline uint32_t hk512_word(const uint64_t *words, size_t block) {
  uint32_t word;
  memcpy(&word, (const char *)words + block * sizeof word, sizeof word);
  return word;
}

static inline void hk512_set_word(uint64_t *words, size_t block, uint32_t word) {
  memcpy((char *)words + block * sizeof word, &word, sizeof word);
}

/// The lanes of a block that are neurons.
static inline uint32_t hk512_lanes(const hk_patterns *p, size_t block) {
  size_t left = p->neurons - block * HK_LANES;
  return left >= HK_LANES ? 0xFFFFFFFF : ((uint32_t)1 << left) - 1;
}

#endif
#endif
