// The AVX-512 level (F, BW, VL, DQ; the count of bits takes BITALG where there is).

#include "avx512.h"

#if defined(__x86_64__)

const hk_kernels hk_avx512_kernels = {
    .pack_spins = hk512_pack_spins,
    .pack_words = hk512_pack_words,
    .unpack_words = hk512_unpack_words,
    .count_differing = hk512_count_differing,
    .count_differing_batch = hk512_count_differing_batch,
    .flip_overlaps = hk512_flip_overlaps,
    .move_overlaps = hk512_move_overlaps,
    .squares = hk512_squares,
    .prepare = hk512_prepare,
    .fields = hk512_fields,
    .field = hk512_field,
    .gram = hk512_gram,
    .step = hk512_step,
    .step_batch = hk512_step_batch,
    .sweep = hk512_sweep,
};

#endif
