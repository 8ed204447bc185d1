// The retrieval kernels with AVX-512 (F, BW, VL, DQ) and FMA.

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), \
                             apply_to = function)

#define WIDTH 16
#define GROUP 4
#define ROWS 6
#define QUERIES 4
#define SPAN 4
#define TILE 48
#define FEW 24
#define BITS(mask) (uint32_t)_mm512_movepi32_mask((__m512i)(mask))
#include "retrieval_vector.h"

const hr_kernels hr_avx512_kernels = HR_KERNELS;

#pragma clang attribute pop
#endif
