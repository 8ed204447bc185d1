// Memory for patterns and tables.

#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "CKernels.h"

#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

static void *allocate(size_t bytes, void *(*raw_memory)(size_t)) {
  const size_t huge = (size_t)2 << 20;
  // A sweep reads every page of the patterns: with 4 KB pages the address translation, not the
  // memory, would set the pace.
  size_t alignment = bytes >= huge ? huge : 64;
  if (bytes > SIZE_MAX - 2 * alignment) return NULL;
  // The pointer that free wants stands before the aligned one.
  char *raw = raw_memory(bytes + alignment + sizeof(void *));
  if (!raw) return NULL;
  uintptr_t first = (uintptr_t)(raw + sizeof(void *));
  char *memory = raw + sizeof(void *) + (alignment - first % alignment) % alignment;
  ((void **)(void *)memory)[-1] = raw;
#if defined(__linux__)
  if (alignment == huge) madvise(memory, bytes / huge * huge, MADV_HUGEPAGE);
#endif
  return memory;
}

// calloc need not write zeros into pages that come fresh from the system: 12 GB of patterns would take
// seconds.
static void *zeroed(size_t bytes) { return calloc(1, bytes); }

void *hk_allocate(size_t bytes) { return allocate(bytes, zeroed); }

void *hk_allocate_unset(size_t bytes) { return allocate(bytes, malloc); }

void hk_deallocate(void *memory) {
  if (memory) free(((void **)memory)[-1]);
}
