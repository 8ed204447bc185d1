// The two long loops of coupled networks, compiled once for each instruction set: they are simple
// enough for the compiler to make vectors of them.

#define LANES 32

static double dot(const float *row, const double *spins, size_t count) {
  double lanes[LANES] = {0};
  size_t j = 0;
  for (; j + LANES <= count; j += LANES)
    for (size_t k = 0; k < LANES; k++) lanes[k] += (double)row[j + k] * spins[j + k];
  for (size_t k = 0; j + k < count; k++) lanes[k] += (double)row[j + k] * spins[j + k];
  for (size_t half = LANES / 2; half; half /= 2)
    for (size_t k = 0; k < half; k++) lanes[k] += lanes[k + half];
  return lanes[0];
}

/// sum_mu xi^mu v^mu for one neuron of a tiled set: see CKernels.h.
static double signed_sum(const uint16_t *row, size_t groups, const double *values) {
  double lanes[HK_SLOTS] = {0};
  for (size_t group = 0; group < groups; group++, values += HK_SLOTS) {
    uint32_t bits = row[group * HK_LANES];
    for (size_t b = 0; b < HK_SLOTS; b++) lanes[b] += (bits >> b) & 1 ? values[b] : -values[b];
  }
  for (size_t half = HK_SLOTS / 2; half; half /= 2)
    for (size_t b = 0; b < half; b++) lanes[b] += lanes[b + half];
  return lanes[0];
}

static void add(double factor, const float *row, size_t count, double *fields) {
  for (size_t j = 0; j < count; j++) fields[j] += factor * (double)row[j];
}
