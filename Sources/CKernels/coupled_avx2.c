#if defined(__x86_64__)

#include "coupled_levels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "coupled_loops.h"

#pragma clang attribute pop

const hc_loops hc_avx2_loops = HC_LOOPS;

#else
typedef int hc_no_avx2;
#endif
