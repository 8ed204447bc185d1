// Stub: forwards to the scalar kernels until they are written.

#include "levels.h"

#if defined(__aarch64__)

static void pack_spins(const hk_patterns *p, size_t g, const int8_t *r, size_t s, size_t c) {
  hk_scalar_kernels.pack_spins(p, g, r, s, c);
}
static void pack_words(const hk_patterns *p, size_t g, const uint64_t *r, size_t s, size_t c) {
  hk_scalar_kernels.pack_words(p, g, r, s, c);
}
static void unpack_words(const hk_patterns *p, size_t g, uint64_t *r, size_t s) {
  hk_scalar_kernels.unpack_words(p, g, r, s);
}
static void count_differing(const hk_patterns *p, const uint64_t *s, size_t f, size_t t,
                            uint32_t *d) {
  hk_scalar_kernels.count_differing(p, s, f, t, d);
}
static void flip_overlaps(const hk_patterns *p, size_t n, int s, int32_t *o) {
  hk_scalar_kernels.flip_overlaps(p, n, s, o);
}
static void prepare(hk_plan *plan, const hk_patterns *p, const int32_t *o) {
  hk_scalar_kernels.prepare(plan, p, o);
}
static void fields(const hk_patterns *p, const hk_plan *plan, size_t f, size_t t, int64_t *o) {
  hk_scalar_kernels.fields(p, plan, f, t, o);
}
static int64_t field(const hk_patterns *p, const int32_t *o, size_t n) {
  return hk_scalar_kernels.field(p, o, n);
}
static void gram(const hk_patterns *p, size_t n, size_t f, size_t t, int32_t *g) {
  hk_scalar_kernels.gram(p, n, f, t, g);
}
static size_t step(const hk_patterns *p, const hk_plan *plan, const hk_rule *rule,
                   const uint64_t *state, size_t from, size_t to, uint64_t *next) {
  return hk_scalar_kernels.step(p, plan, rule, state, from, to, next);
}
static void step_batch(const hk_patterns *p, const hk_plan *plans, const hk_rule *rules,
                       const uint64_t *const *states, size_t cues, size_t from, size_t to,
                       uint64_t *const *nexts, size_t *changed) {
  hk_scalar_kernels.step_batch(p, plans, rules, states, cues, from, to, nexts, changed);
}
static size_t sweep(const hk_patterns *p, hk_plan *plan, const hk_rule *rule, uint64_t *state,
                    int32_t *overlaps) {
  return hk_scalar_kernels.sweep(p, plan, rule, state, overlaps);
}

const hk_kernels hk_neon_kernels = {
    .pack_spins = pack_spins,
    .pack_words = pack_words,
    .unpack_words = unpack_words,
    .count_differing = count_differing,
    .flip_overlaps = flip_overlaps,
    .prepare = prepare,
    .fields = fields,
    .field = field,
    .gram = gram,
    .step = step,
    .step_batch = step_batch,
    .sweep = sweep,
};

#endif
