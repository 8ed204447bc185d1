// What an instruction set provides: a table of the kernels that differ between levels.

#ifndef HK_LEVELS_H
#define HK_LEVELS_H

#include "CKernels.h"

/// Adds to each pattern's number in how many of the neurons of blocks [from, to) a state differs.
typedef void hk_count(const hk_patterns *p, const uint64_t *state, size_t from, size_t to,
                      uint32_t *differing);

typedef struct {
  void (*pack_spins)(const hk_patterns *, size_t, const int8_t *, size_t, size_t);
  void (*pack_words)(const hk_patterns *, size_t, const uint64_t *, size_t, size_t);
  void (*unpack_words)(const hk_patterns *, size_t, uint64_t *, size_t);
  hk_count *count_differing;
  /// May be NULL: then states are counted one by one.
  void (*count_differing_batch)(const hk_patterns *, const uint64_t *const *, size_t, size_t,
                                size_t, uint32_t *const *);
  void (*flip_overlaps)(const hk_patterns *, size_t, int, int32_t *);
  /// May be NULL: then neurons move one by one.
  void (*move_overlaps)(const hk_patterns *, const uint64_t *, const uint64_t *, int32_t *);
  int64_t (*squares)(const hk_patterns *, const int32_t *, const int32_t *, int64_t *);
  void (*prepare)(hk_plan *, const hk_patterns *, const int32_t *);
  void (*fields)(const hk_patterns *, const hk_plan *, size_t, size_t, int64_t *);
  int64_t (*field)(const hk_patterns *, const int32_t *, size_t);
  void (*gram)(const hk_patterns *, size_t, size_t, size_t, int32_t *);
  size_t (*step)(const hk_patterns *, const hk_plan *, const hk_rule *, const uint64_t *, size_t,
                 size_t, uint64_t *);
  void (*step_batch)(const hk_patterns *, const hk_plan *, const hk_rule *, const hk_rest *,
                     const uint64_t *const *, size_t, size_t, size_t, uint64_t *const *, size_t *);
  size_t (*sweep)(const hk_patterns *, hk_plan *, const hk_rule *, uint64_t *, int32_t *);
} hk_kernels;

extern const hk_kernels hk_scalar_kernels;
#if defined(__x86_64__)
extern const hk_kernels hk_avx2_kernels;
extern const hk_kernels hk_avx512_kernels;
#elif defined(__aarch64__)
extern const hk_kernels hk_neon_kernels;
#endif

// MARK: What all levels share

/// Counts states one by one, some groups at a time.
void hk_count_each(hk_count *count, const hk_patterns *p, const uint64_t *const *states,
                   size_t cues, size_t from, size_t to, uint32_t *const *differing);

/// Chooses digits, segments and exceptions for `overlaps` (everything of a plan but its tables);
/// `digit(d, M)` of hk_digit then says what stands in the tables of digit d.
void hk_split(hk_plan *plan, const hk_patterns *p, const int32_t *overlaps);

/// Digit d of M when overlaps are split into `digits`.
static inline int32_t hk_digit(int32_t overlap, size_t d, size_t digits) {
  // Balanced digits, -512 ... 511, the last one taking the rest: sums of 16 stay small.
  for (size_t k = 0; k < d; k++) overlap = (overlap + 512) >> HK_DIGIT_BITS;
  if (d + 1 == digits) return overlap;
  return ((overlap + 512) & 1023) - 512;
}

static inline int hk_spin(const uint64_t *state, size_t i) {
  return (state[i / 64] >> (i % 64)) & 1 ? 1 : -1;
}

static inline bool hk_frozen(const hk_rule *rule, size_t i) {
  return rule->frozen && ((rule->frozen[i / 64] >> (i % 64)) & 1);
}

/// The spin that `field` = sum_mu xi_i M asks for, or the old one where the field is zero.
/// `noise` is the index into rule->noise: the neuron or the visit.
static inline int hk_decide(const hk_rule *rule, int64_t field, int spin, size_t i, size_t noise) {
  int64_t local = field - rule->self * spin;
  if (!rule->thresholds && !rule->noise) return local > 0 ? 1 : local < 0 ? -1 : spin;
  double threshold = (rule->thresholds ? rule->thresholds[i] : 0) +
                     (rule->noise ? rule->noise[noise] : 0);
  double h = (double)local - threshold;
  return h > 0 ? 1 : h < 0 ? -1 : spin;
}

/// Whether no spin of a block can change.
static inline bool hk_rests(const hk_rest *rest, size_t block) {
  return rest && rest->until && rest->drift < rest->until[block];
}

enum { HK_NO_FIELD = INT32_MAX };

/// Notes how long a block can rest. `smallest` is the smallest s_i sum_mu xi_i^mu M^mu of its
/// neurons that may move, with their new spins: less the self-coupling's share, that is how far
/// M may drift before one of them is against its field.
static inline void hk_note_rest(const hk_rest *rest, const hk_rule *rule, size_t block,
                                int64_t smallest) {
  if (!rest || !rest->until || rule->thresholds || rule->noise) return;
  rest->until[block] = rest->drift + smallest - rule->self + 1;
}

/// What hk_squares does, to be compiled for each level's vectors.
static inline __attribute__((always_inline)) int64_t hk_squares_loop(const hk_patterns *p,
                                                                     const int32_t *before,
                                                                     const int32_t *overlaps,
                                                                     int64_t *drift) {
  int64_t squares = 0, moved = 0;
  for (size_t slot = 0; slot < p->groups * HK_SLOTS; slot++) {
    int64_t change = (int64_t)overlaps[slot] - before[slot];
    squares += (int64_t)overlaps[slot] * overlaps[slot];
    moved += change < 0 ? -change : change;
  }
  *drift += moved;
  return squares;
}

static inline const uint16_t *hk_block(const hk_patterns *p, size_t block) {
  return p->tiles + block * p->stride * HK_LANES;
}

#endif
