// What the tests and the timings share: patterns drawn from a seed, in both forms.

#ifndef HK_CASES_H
#define HK_CASES_H

#include "CKernels.h"

typedef enum { RANDOM, CORRELATED, IDENTICAL } hk_kind;

/// Patterns as plain rows of int8 (0 in an empty slot) and as the kernels' tiles, laid out by the
/// header's formula and nothing else.
typedef struct {
  size_t slots, words;
  int8_t *rows;  // slots * neurons
  uint16_t *active;
  hk_patterns p;
} hk_case;

uint64_t draw(uint64_t *seed);
double draw_unit(uint64_t *seed);
/// `holes`: every fifth slot or so is empty; `spare`: groups of stride beyond those in use.
hk_case make_case(size_t neurons, size_t slots, hk_kind kind, bool holes, size_t spare,
                  uint64_t *seed);
void free_case(hk_case *c);
void make_plan(hk_plan *plan, const hk_case *c);
uint64_t *random_state(size_t neurons, uint64_t *seed);
/// Slot `slot` with every spin flipped with probability `noise`.
uint64_t *noisy_state(const hk_case *c, size_t slot, double noise, uint64_t *seed);

/// Whether overlaps from rows and two sweeps of F(x) = x^degree from `start` are those of sums over
/// all patterns.
bool dense_is_right(const hk_case *c, const uint64_t *start, int degree);
/// Whether some of the neurons, chosen at random, are taken out right, and visited right from `start`.
bool selection_is_right(const hk_case *c, const uint64_t *start, uint64_t *seed);
/// Whether large overlaps are found among small ones.
bool ranking_is_right(uint64_t *seed);

/// Times every vector level, or `only` the one of that name.
void run_timings(const char *only);

#endif
