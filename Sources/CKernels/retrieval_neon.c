// The retrieval kernels with NEON.

#if defined(__aarch64__)
#include <arm_neon.h>

#define WIDTH 4
#define GROUP 4
#define ROWS 6
#define QUERIES 4
#define SPAN 4
#define TILE 96
#define FEW 8
#define BITS(mask) bits_of(mask)
static inline unsigned bits_of(int32x4_t mask) {
  const uint32x4_t places = {1, 2, 4, 8};
  return vaddvq_u32(vandq_u32((uint32x4_t)mask, places));
}
#include "retrieval_vector.h"

const hr_kernels hr_neon_kernels = HR_KERNELS;
#endif
