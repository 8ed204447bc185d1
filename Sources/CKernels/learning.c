// What patterns do to rows of couplings: loops that the compiler makes vectors of.

#include "learning.h"

#include <math.h>

void hc_bounded_row(const int16_t *spins, size_t count, size_t neurons, size_t neuron,
                    int16_t bound, int16_t *row) {
  for (size_t mu = 0; mu < count; mu++, spins += neurons) {
    int16_t own = spins[neuron];
    for (size_t j = 0; j < neurons; j++) {
      int16_t next = (int16_t)(row[j] + own * spins[j]);
      next = next > bound ? bound : next;
      row[j] = next < -bound ? (int16_t)-bound : next;
    }
  }
}

#define LANES 16

void hc_add_outer(float *rows, size_t neurons, const float *spins, float factor, size_t from,
                  size_t to, double *sizes) {
  for (size_t i = from; i < to; i++) {
    float *row = rows + i * neurons, change = factor * spins[i], own = row[i];
    for (size_t j = 0; j < neurons; j++) row[j] += change * spins[j];
    row[i] = own;
    double lanes[LANES] = {0};
    size_t j = 0;
    for (; j + LANES <= neurons; j += LANES)
      for (size_t k = 0; k < LANES; k++) lanes[k] += fabsf(row[j + k]);
    for (size_t k = 0; j + k < neurons; k++) lanes[k] += fabsf(row[j + k]);
    for (size_t half = LANES / 2; half; half /= 2)
      for (size_t k = 0; k < half; k++) lanes[k] += lanes[k + half];
    sizes[i] = lanes[0];
  }
}
