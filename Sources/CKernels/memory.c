// Memory for patterns and tables.

#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CKernels.h"

#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

void *hk_allocate(size_t bytes) {
  const size_t huge = (size_t)2 << 20;
  // A sweep reads every page of the patterns: with 4 KB pages the address translation, not the
  // memory, would set the pace.
  size_t alignment = bytes >= huge ? huge : 64;
  if (bytes > SIZE_MAX - 2 * alignment) return NULL;
  // calloc need not write zeros into pages that come fresh from the system: 12 GB of patterns would
  // take seconds. The pointer that free wants stands before the aligned one.
  char *raw = calloc(1, bytes + alignment + sizeof(void *));
  if (!raw) return NULL;
  uintptr_t first = (uintptr_t)(raw + sizeof(void *));
  char *memory = raw + sizeof(void *) + (alignment - first % alignment) % alignment;
  ((void **)(void *)memory)[-1] = raw;
#if defined(__linux__)
  if (alignment == huge) madvise(memory, bytes / huge * huge, MADV_HUGEPAGE);
#endif
  return memory;
}

void hk_deallocate(void *memory) {
  if (memory) free(((void **)memory)[-1]);
}
