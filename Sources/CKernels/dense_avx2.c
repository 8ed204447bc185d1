// Stub.
#include "dense_levels.h"
#if defined(__x86_64__)
static double sum(const uint16_t *row, const double *values, size_t groups) { return hd_scalar_kernels.sum(row, values, groups); }
static void values(const hk_patterns *p, const hd_table *x, const uint16_t *row, int spin, int32_t *o, hd_values *v) { hd_scalar_kernels.values(p, x, row, spin, o, v); }
static void rows(const hk_patterns *p, size_t block, uint16_t *r) { hd_scalar_kernels.rows(p, block, r); }
const hd_kernels hd_avx2_kernels = {.sum = sum, .values = values, .rows = rows};
const hd_kernels hd_avx512_kernels = {.sum = sum, .values = values, .rows = rows};
#endif
