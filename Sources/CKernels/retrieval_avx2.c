// The retrieval kernels with AVX2 and FMA.

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define WIDTH 8
#define GROUP 2
#define ROWS 6
#define QUERIES 4
#define SPAN 2
#define TILE 96
#define FEW 8
#define BITS(mask) (uint32_t)_mm256_movemask_ps((__m256)(mask))
#include "retrieval_vector.h"

const hr_kernels hr_avx2_kernels = HR_KERNELS;

#pragma clang attribute pop
#endif
