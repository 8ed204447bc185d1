// Loops at the machine's limits: reading memory, and arithmetic in registers.

#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CLimits.h"

#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#define HAS(feature) __builtin_cpu_supports(feature)
#define LEVEL(features) __attribute__((target(features)))
#elif defined(__ARM_FEATURE_DOTPROD)
#include <arm_neon.h>
#endif

static uint64_t *buffer;
static size_t buffer_words;
// Sources that the compiler cannot see through, always zero, and drains that keep the work alive.
static volatile float float_sink, float_result;
static volatile int32_t int_sink, int_result;

// MARK: - Memory

bool limits_allocate(size_t bytes) {
  const size_t huge = (size_t)2 << 20;
  bytes = (bytes + huge - 1) / huge * huge;
  void *memory = NULL;
  if (posix_memalign(&memory, huge, bytes) != 0) return false;
#if defined(__linux__)
  madvise(memory, bytes, MADV_HUGEPAGE);
#endif
  memset(memory, 1, bytes);
  buffer = memory;
  buffer_words = bytes / sizeof(uint64_t);
  return true;
}

void limits_free(void) {
  free(buffer);
  buffer = NULL;
  buffer_words = 0;
}

// A step of the loop reads four vectors of 64 bytes; the compiler splits them where registers are
// narrower.
typedef uint64_t vector __attribute__((vector_size(64), aligned(64)));

#define READ_LOOP                                                              \
  const vector *v = (const vector *)(buffer + from);                           \
  size_t count = (to - from) / 8;                                              \
  vector a = {0}, b = {0}, c = {0}, d = {0};                                   \
  for (size_t i = 0; i + 4 <= count; i += 4) {                                 \
    if (ahead) {                                                               \
      const char *next = (const char *)(v + i) + ahead;                        \
      __builtin_prefetch(next), __builtin_prefetch(next + 64);                 \
      __builtin_prefetch(next + 128), __builtin_prefetch(next + 192);          \
    }                                                                          \
    a ^= v[i], b ^= v[i + 1], c ^= v[i + 2], d ^= v[i + 3];                    \
  }                                                                            \
  a ^= b ^ c ^ d;                                                              \
  return a[0] ^ a[1] ^ a[2] ^ a[3] ^ a[4] ^ a[5] ^ a[6] ^ a[7];

#if defined(__x86_64__)
LEVEL("avx512f") static uint64_t read_avx512(size_t from, size_t to, size_t ahead) { READ_LOOP }
LEVEL("avx2") static uint64_t read_avx2(size_t from, size_t to, size_t ahead) { READ_LOOP }
#endif
static uint64_t read_plain(size_t from, size_t to, size_t ahead) { READ_LOOP }

uint64_t limits_read(size_t part, size_t parts, size_t ahead) {
  size_t from = buffer_words / 32 * part / parts * 32;
  size_t to = buffer_words / 32 * (part + 1) / parts * 32;
#if defined(__x86_64__)
  if (HAS("avx512f")) return read_avx512(from, to, ahead);
  if (HAS("avx2")) return read_avx2(from, to, ahead);
#endif
  return read_plain(from, to, ahead);
}

// MARK: - Arithmetic

// Sixteen chains hide the latency of two units of up to eight cycles. They start from different
// values, or a compiler might find that they are all the same.
enum { CHAINS = 16 };

#define CHAINED(type, zero, next)                                              \
  type chains[CHAINS];                                                         \
  for (int k = 0; k < CHAINS; k++) chains[k] = zero;                           \
  for (size_t round = 0; round < rounds; round++) {                            \
    _Pragma("clang loop unroll(full)") for (int k = 0; k < CHAINS; k++) {      \
      type x = chains[k];                                                      \
      chains[k] = next;                                                        \
    }                                                                          \
  }

#if defined(__x86_64__)
LEVEL("avx512f") static double float_avx512(size_t rounds) {
  __m512 m = _mm512_set1_ps(float_sink + 0.5f), c = _mm512_set1_ps(1);
  CHAINED(__m512, _mm512_set1_ps(k), _mm512_fmadd_ps(x, m, c))
  for (int k = 0; k < CHAINS; k++) float_result = _mm512_reduce_add_ps(chains[k]);
  return 2.0 * 16 * CHAINS * rounds;
}

LEVEL("avx2,fma") static double float_avx2(size_t rounds) {
  __m256 m = _mm256_set1_ps(float_sink + 0.5f), c = _mm256_set1_ps(1);
  CHAINED(__m256, _mm256_set1_ps(k), _mm256_fmadd_ps(x, m, c))
  for (int k = 0; k < CHAINS; k++) float_result = chains[k][0];
  return 2.0 * 8 * CHAINS * rounds;
}

LEVEL("avx512f,avx512bw,avx512vnni") static double int_avx512(size_t rounds) {
  __m512i u = _mm512_set1_epi8(1 + (char)int_sink), s = _mm512_set1_epi8(1);
  CHAINED(__m512i, _mm512_set1_epi32(k), _mm512_dpbusd_epi32(x, u, s))
  for (int k = 0; k < CHAINS; k++) int_result = _mm512_reduce_add_epi32(chains[k]);
  return 64.0 * CHAINS * rounds;
}

LEVEL("avx2") static double int_avx2(size_t rounds) {
  __m256i u = _mm256_set1_epi8(1 + (char)int_sink), s = _mm256_set1_epi8(1);
  // A product that is the same in every round would be taken out of the loop.
  CHAINED(__m256i, _mm256_set1_epi8(k), _mm256_add_epi16(x, _mm256_maddubs_epi16(u, _mm256_xor_si256(x, s))))
  for (int k = 0; k < CHAINS; k++) int_result = (int32_t)chains[k][0];
  return 32.0 * CHAINS * rounds;
}
#endif

typedef float floats __attribute__((vector_size(16)));
typedef int16_t shorts __attribute__((vector_size(16)));

static double float_plain(size_t rounds) {
  float start = float_sink + 0.5f;
  floats m = {start, start, start, start}, c = {1, 1, 1, 1};
  CHAINED(floats, c * (float)k, x * m + c)
  for (int k = 0; k < CHAINS; k++) float_result = chains[k][0];
  return 2.0 * 4 * CHAINS * rounds;
}

static double int_plain(size_t rounds) {
#if defined(__ARM_FEATURE_DOTPROD)
  int8x16_t u = vdupq_n_s8(1 + (int8_t)int_sink);
  CHAINED(int32x4_t, vdupq_n_s32(k), vdotq_s32(x, u, u))
  for (int k = 0; k < CHAINS; k++) int_result = vaddvq_s32(chains[k]);
  return 16.0 * CHAINS * rounds;
#else
  int16_t start = (int16_t)(int_sink + 1);
  shorts m = {start, start, start, start, start, start, start, start};
  CHAINED(shorts, m + (int16_t)k, x * m + m)
  for (int k = 0; k < CHAINS; k++) int_result = chains[k][0];
  return 8.0 * CHAINS * rounds;
#endif
}

double limits_float32(size_t rounds) {
#if defined(__x86_64__)
  if (HAS("avx512f")) return float_avx512(rounds);
  if (HAS("avx2") && HAS("fma")) return float_avx2(rounds);
#endif
  return float_plain(rounds);
}

double limits_int8(size_t rounds) {
#if defined(__x86_64__)
  if (HAS("avx512vnni") && HAS("avx512bw")) return int_avx512(rounds);
  if (HAS("avx2")) return int_avx2(rounds);
#endif
  return int_plain(rounds);
}
