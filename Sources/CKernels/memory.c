// Memory for patterns and tables.

#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CKernels.h"

#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

void *hk_allocate(size_t bytes) {
  const size_t huge = (size_t)2 << 20;
  // A sweep reads every page of the patterns: with 4 KB pages the address translation, not the
  // memory, would set the pace.
  size_t alignment = bytes >= 2 * huge ? huge : 64;
  if (bytes > SIZE_MAX - alignment) return NULL;
  void *memory = NULL;
  size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  if (posix_memalign(&memory, alignment, rounded ? rounded : alignment) != 0) return NULL;
#if defined(__linux__)
  if (alignment == huge) madvise(memory, rounded, MADV_HUGEPAGE);
#endif
  memset(memory, 0, rounded);
  return memory;
}

void hk_deallocate(void *memory) { free(memory); }
