// The long loops of coupled networks at one level.

#ifndef HC_LEVELS_H
#define HC_LEVELS_H

#include "coupled.h"

typedef struct {
  double (*dot)(const float *row, const double *spins, size_t count);
  double (*signed_sum)(const uint16_t *row, size_t groups, const double *values);
  void (*add)(double factor, const float *row, size_t count, double *fields);
} hc_loops;

extern const hc_loops hc_avx2_loops, hc_avx512_loops;

#endif
