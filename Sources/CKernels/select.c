// Patterns on some of the neurons, as tiles or as rows.

#include "dense_levels.h"

void hk_select(const hk_patterns *p, const uint32_t *neurons, size_t count, size_t from, size_t to,
               uint16_t *tiles) {
  static const uint16_t nothing = 0;
  for (size_t block = from; block < to; block++) {
    const uint16_t *rows[HK_LANES];
    size_t apart[HK_LANES];
    for (size_t lane = 0; lane < HK_LANES; lane++) {
      size_t k = block * HK_LANES + lane;
      rows[lane] = k < count ? hk_block(p, neurons[k] / HK_LANES) + neurons[k] % HK_LANES : &nothing;
      apart[lane] = k < count ? HK_LANES : 0;
    }
    uint16_t *tile = tiles + block * p->groups * HK_LANES;
    for (size_t group = 0; group < p->groups; group++, tile += HK_LANES)
      for (size_t lane = 0; lane < HK_LANES; lane++) tile[lane] = rows[lane][group * apart[lane]];
  }
}

void hk_select_rows(const hk_patterns *p, const uint32_t *neurons, size_t count, uint16_t *rows) {
  for (size_t k = 0; k < count; k++, rows += hd_stride(p->groups)) {
    const uint16_t *tile = hk_block(p, neurons[k] / HK_LANES) + neurons[k] % HK_LANES;
    for (size_t group = 0; group < p->groups; group++) rows[group] = tile[group * HK_LANES];
  }
}
