// The whole C surface of swift-hopfield: the loops that want vector instructions.
//
// Patterns live in one buffer of bits, in tiles of 32 neurons by 16 patterns:
//
//   tiles[(block * stride + group) * 32 + lane], bit b  <=>  xi_i^mu = +1
//   with i = 32 block + lane and mu = 16 group + b
//
// One tile is one cache line and one 512-bit register: a 16-bit lane a neuron, so that a lane's
// bits index tables of partial sums of overlaps. A block (32 neurons, all patterns) is contiguous.
// Bits of neurons >= N and of empty pattern slots are 0. States are words of 64 spins, bit set
// <=> +1, bits >= N are 0.
//
// With M^mu = sum_i xi_i^mu s_i, the Hebbian local field of neuron i is (Hopfield 1982)
//
//   N h_i = sum_mu xi_i^mu M^mu - P s_i      (the last term removes the self-coupling)
//
// in integers, exactly. No kernel allocates; every level computes the same integers.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HK_LANES 32          // neurons of a block
#define HK_SLOTS 16          // patterns of a group
#define HK_TABLE 128         // 16-bit entries of a group's tables, for one digit
#define HK_DIGITS 3          // most digits an overlap is split into
#define HK_DIGIT_BITS 10
#define HK_EXCEPTIONS 32     // overlaps too large for 16 bits that are added one by one

typedef enum { HK_SCALAR = 0, HK_NEON = 1, HK_AVX2 = 2, HK_AVX512 = 3 } hk_level;

/// Whether this machine, and this build, can run `level`.
bool hk_level_available(hk_level level);
/// The level in use: the best available one, unless overridden.
hk_level hk_level_in_use(void);
/// Overrides the level in use (tests walk every level). Returns false if it is not available.
bool hk_use_level(hk_level level);

/// Stored patterns, borrowed.
typedef struct {
  uint16_t *tiles;         // blocks * stride * 32, aligned to 64 bytes
  const uint16_t *active;  // groups words: bit b set <=> slot 16 group + b holds a pattern
  size_t neurons;          // N
  size_t blocks;           // ceil(N / 32)
  size_t groups;           // groups in use
  size_t stride;           // groups from one block to the next (>= groups)
  int64_t count;           // P, the number of active slots
} hk_patterns;

/// Overlaps prepared for the field kernels: the tables of partial sums.
///
/// M = sum_d digit_d 2^(10 d) + exceptions. One digit serves while every group's sums fit 16 bits;
/// otherwise the overlaps are split into as many digits as N needs, which always fit.
typedef struct {
  int16_t *tables;           // HK_DIGITS * groups * HK_TABLE, aligned to 64 bytes; the layout inside
                             // is each level's own affair
  hk_level level;            // that prepared it, and that every use of it runs at
  size_t groups;
  size_t digits;             // 1 ... HK_DIGITS
  int halvings;              // 1: the tables are of M / 2, all overlaps being even, as N is; else 0
  size_t segment[HK_DIGITS]; // groups that may be summed in 16 bits before widening
  int32_t large;             // the level's own affair, too
  size_t exceptions;
  uint32_t exception_slot[HK_EXCEPTIONS];
  int32_t exception_overlap[HK_EXCEPTIONS];
  int64_t total;             // sum of M over all slots
  bool wide;                 // sums over all patterns may pass 32 bits
} hk_plan;

/// How a neuron decides, beside its field.
typedef struct {
  int64_t self;              // P without self-coupling, 0 with: subtracted as self * s_i
  const double *thresholds;  // N theta_i for every neuron, or NULL
  const double *noise;       // added to the threshold of this visit, or NULL (see each kernel)
  const uint64_t *frozen;    // bit set <=> the neuron never moves, or NULL
} hk_rule;

/// What lets a step leave out the blocks where nothing can change. The rule must stay the same
/// from step to step, and blocks rest only under rules without thresholds and noise.
typedef struct {
  int64_t drift;   // the sum over all steps so far of hk_squares' drift
  int64_t *until;  // a block's spins can't change while drift < until: 0 for each block at first,
                   // the step's own to keep; NULL where every block is to be looked at
} hk_rest;

// MARK: Moving patterns in and out

/// Writes up to 16 patterns, rows of int8 (> 0 is +1) `row_stride` apart, into `group`; slots from
/// `count` on become 0.
void hk_pack_spins(const hk_patterns *p, size_t group, const int8_t *rows, size_t row_stride,
                   size_t count);
/// The same from rows of words, `words_per_row` apart.
void hk_pack_words(const hk_patterns *p, size_t group, const uint64_t *rows, size_t words_per_row,
                   size_t count);
/// Writes the 16 patterns of `group` as rows of ceil(N / 64) words, `words_per_row` apart.
void hk_unpack_words(const hk_patterns *p, size_t group, uint64_t *rows, size_t words_per_row);
/// Sets one slot's bits; NULL clears it.
void hk_set_slot(const hk_patterns *p, size_t slot, const uint64_t *words);
/// Reads one slot's bits.
void hk_get_slot(const hk_patterns *p, size_t slot, uint64_t *words);

// MARK: Overlaps

/// Adds, for every slot, the number of neurons in blocks [from, to) where pattern and state differ:
/// M^mu = N - 2 differing^mu. `differing` has 16 * groups entries.
void hk_count_differing(const hk_patterns *p, const uint64_t *state, size_t from, size_t to,
                        uint32_t *differing);
/// M^mu = N - 2 differing^mu for active slots, 0 for the others.
void hk_overlaps_from_differing(const hk_patterns *p, const uint32_t *differing, int32_t *overlaps);
/// The same for several states, which share each load of the patterns: `states` and `differing`
/// have `cues` entries.
void hk_count_differing_batch(const hk_patterns *p, const uint64_t *const *states, size_t cues,
                              size_t from, size_t to, uint32_t *const *differing);
/// Updates the overlaps for the neurons in which `before` and `after` differ.
void hk_move_overlaps(const hk_patterns *p, const uint64_t *before, const uint64_t *after,
                      int32_t *overlaps);
/// Updates the overlaps for one neuron that has just become `spin` (+1 or -1).
void hk_flip_overlaps(const hk_patterns *p, size_t neuron, int spin, int32_t *overlaps);
/// The sum of M^2, from which the energy comes; adds to `drift` the sum of |M - M_before|, which no
/// field can have moved further than.
int64_t hk_squares(const hk_patterns *p, const int32_t *before, const int32_t *overlaps,
                   int64_t *drift);

/// The first slot in [from, to) with |M| > least, or `to`.
size_t hk_next_above(const int32_t *overlaps, size_t from, size_t to, uint32_t least);

// MARK: Fields

/// Prepares `plan` (its `tables` set by the caller) from 16 * p->groups overlaps.
void hk_prepare(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps);
/// fields[i - 32 from] = sum_mu xi_i^mu M^mu for the neurons of blocks [from, to), 32 a block; lanes
/// beyond N hold 0.
void hk_fields(const hk_patterns *p, const hk_plan *plan, size_t from, size_t to, int64_t *fields);
/// The same sum for one neuron, from the overlaps themselves.
int64_t hk_field(const hk_patterns *p, const int32_t *overlaps, size_t neuron);
/// gram[i - 32 from] = sum_mu xi_i^mu xi_j^mu, j = neuron, for blocks [from, to): N J_ij off the
/// diagonal, P on it; lanes beyond N hold 0.
void hk_gram(const hk_patterns *p, size_t neuron, size_t from, size_t to, int32_t *gram);

// MARK: Dynamics

/// One parallel step of the neurons of blocks [from, to), `from` even (a word of the state is two
/// blocks). Reads `state`, writes `next`; returns the number that changed. `noise` is per neuron.
size_t hk_step(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
               const uint64_t *state, size_t from, size_t to, uint64_t *next);
/// The same for several cues, which share each load of the patterns: `plans`, `rules`, `rests`,
/// `states`, `nexts` and `changed` have `cues` entries; `changed[c]` is increased.
void hk_step_batch(const hk_patterns *p, const hk_plan *plans, const hk_rule *rules,
                   const hk_rest *rests, const uint64_t *const *states, size_t cues, size_t from,
                   size_t to, uint64_t *const *nexts, size_t *changed);
/// Visits all neurons once, in ascending order, each seeing the newest state; updates `state` and
/// `overlaps`, and leaves `plan` prepared for them. Returns the number of flips. `noise` is per
/// neuron. `plan` must have been prepared from `overlaps`.
size_t hk_sweep(const hk_patterns *p, hk_plan *plan, const hk_rule *rule, uint64_t *state,
                int32_t *overlaps);
/// Visits the neurons of `order` one after another. `noise` is per visit. Returns the number of
/// flips; the caller prepares its plan anew.
size_t hk_visit(const hk_patterns *p, const hk_rule *rule, const uint32_t *order, size_t visits,
                uint64_t *state, int32_t *overlaps);

// MARK: Threads

#if defined(__linux__)
/// Calls `body` once for each of `parts` indices on at most `threads` threads, the caller's among
/// them; returns when all is done. Parts are handed out one by one. Within `body`, and while another
/// thread shares work, it is the caller's alone.
void hk_share(size_t parts, size_t threads, void (*body)(void *context, size_t part),
              void *context);
#endif

// MARK: Some of the neurons

/// Writes the tiles of the same patterns on `count` of the neurons, `p->groups` of them a block, for blocks
/// [from, to) of those.
void hk_select(const hk_patterns *p, const uint32_t *neurons, size_t count, size_t from, size_t to,
               uint16_t *tiles);
/// The same as rows of bits, which hk_visit_rows takes (dense.h).
void hk_select_rows(const hk_patterns *p, const uint32_t *neurons, size_t count, uint16_t *rows);

// MARK: Memory

/// Zeroed memory aligned to 64 bytes (large blocks to huge pages, and advised so), or NULL.
void *hk_allocate(size_t bytes);
/// The same with whatever was there before.
void *hk_allocate_unset(size_t bytes);
void hk_deallocate(void *memory);

#include "coupled.h"
#include "dense.h"
#include "learning.h"
#include "lowrank.h"
#include "retrieval.h"

#endif
