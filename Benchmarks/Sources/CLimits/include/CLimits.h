// What the machine can do at its best, by loops that do nothing else.
//
// No pointer crosses this border: the one buffer that is read lives on the C side.

#ifndef CLIMITS_H
#define CLIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Makes the buffer that `limits_read` reads, every byte touched; false where there is no memory.
bool limits_allocate(size_t bytes);

/// Frees it.
void limits_free(void);

/// Reads part `part` of `parts` of the buffer once, prefetching `ahead` bytes ahead (0: not at all).
/// The value returned is there so that nothing is optimised away.
uint64_t limits_read(size_t part, size_t parts, size_t ahead);

/// `rounds` rounds of float32 fused multiply-adds in registers; how many operations that were, a
/// multiply-add counting as two.
double limits_float32(size_t rounds);

/// `rounds` rounds of dot products of 8-bit integers, the widest that the machine has, in
/// registers; how many multiply-adds that were, each counting as one.
double limits_int8(size_t rounds);

#endif
