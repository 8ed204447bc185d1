#if defined(__x86_64__)

#include "coupled_levels.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)

#include "coupled_loops.h"

#pragma clang attribute pop

const hc_loops hc_avx512_loops = HC_LOOPS;

#else
typedef int hc_no_avx512;
#endif
