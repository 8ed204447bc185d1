// Products of spins with matrices, a part of coupled_loops.h.
//
// The method of the four Russians (Arlazarov, Dinic, Kronrod and Faradzhev 1970): four patterns have
// 16 possible sums of rows, made once and then looked up by the four bits of every neuron. Tables of
// a few groups and sums of a few hundred neurons, for a few columns, stay in the first caches.
#define COLUMNS 16
#define GROUPS 2
#define NEURONS 512

typedef double hc_tables[GROUPS * 4][16][COLUMNS];

/// The tables of one group: the sums of four rows of `values` each.
static void tabulate_rows(const double *values, size_t columns, size_t width,
                          double (*tables)[16][COLUMNS]) {
  for (size_t t = 0; t < 4; t++, values += 4 * columns) {
    double padded[4][COLUMNS] = {{0}};
    const double *rows[4];
    for (size_t b = 0; b < 4; b++) {
      rows[b] = width == COLUMNS ? values + b * columns : padded[b];
      for (size_t k = 0; width < COLUMNS && k < width; k++) padded[b][k] = values[b * columns + k];
    }
    for (size_t k = 0; k < COLUMNS; k += 8) {
      doubles four[4], entries[16];
      for (size_t b = 0; b < 4; b++) four[b] = *(const doubles *)(rows[b] + k);
      entries[0] = -(four[0] + four[1] + four[2] + four[3]);
      for (size_t b = 0; b < 4; b++)
        for (size_t low = 0; low < 1u << b; low++)
          entries[low + (1u << b)] = entries[low] + 2 * four[b];
      for (size_t e = 0; e < 16; e++) *(doubles *)(tables[t][e] + k) = entries[e];
    }
  }
}

/// Adds to the sums of one neuron what the tables of `groups` groups say.
static inline __attribute__((always_inline)) void look_up(const uint16_t *bits, size_t groups,
                                                          hc_tables tables, double *sums) {
  doubles sum[COLUMNS / 8];
  for (size_t k = 0; k < COLUMNS / 8; k++) sum[k] = ((const doubles *)sums)[k];
  for (size_t group = 0; group < groups; group++) {
    uint32_t all = bits[group * HK_LANES];
    for (size_t t = 0; t < 4; t++) {
      const doubles *entry = (const doubles *)tables[4 * group + t][all >> (4 * t) & 15];
      for (size_t k = 0; k < COLUMNS / 8; k++) sum[k] += entry[k];
    }
  }
  for (size_t k = 0; k < COLUMNS / 8; k++) ((doubles *)sums)[k] = sum[k];
}

static void products(const hk_patterns *p, const double *values, size_t columns, size_t from,
                     size_t to, double *rows) {
  hc_tables tables __attribute__((aligned(64)));
  double sums[NEURONS][COLUMNS] __attribute__((aligned(64)));
  for (size_t first = 0; first < p->neurons; first += NEURONS) {
    size_t neurons = p->neurons - first < NEURONS ? p->neurons - first : NEURONS;
    const uint16_t *tiles = p->tiles + first * p->stride;
    for (size_t column = from; column < to; column += COLUMNS) {
      size_t width = to - column < COLUMNS ? to - column : COLUMNS;
      for (size_t i = 0; i < neurons; i++)
        for (size_t k = 0; k < COLUMNS; k++) sums[i][k] = 0;
      for (size_t group = 0; group < p->groups; group += GROUPS) {
        size_t count = p->groups - group < GROUPS ? p->groups - group : GROUPS;
        for (size_t g = 0; g < count; g++)
          tabulate_rows(values + HK_SLOTS * (group + g) * columns + column, columns, width,
                        tables + 4 * g);
        for (size_t i = 0; i < neurons; i++) {
          const uint16_t *bits =
              tiles + (i / HK_LANES * p->stride + group) * HK_LANES + i % HK_LANES;
          if (count == GROUPS)
            look_up(bits, GROUPS, tables, sums[i]);
          else
            look_up(bits, count, tables, sums[i]);
        }
      }
      for (size_t i = 0; i < neurons; i++) {
        double *row = rows + (first + i) * columns + column;
        // Of known length: a call for every few bytes would cost as much as the sums.
        if (width == COLUMNS)
          for (size_t k = 0; k < COLUMNS; k++) row[k] = sums[i][k];
        else
          for (size_t k = 0; k < width; k++) row[k] = sums[i][k];
      }
    }
  }
}

#undef COLUMNS
#undef GROUPS
#undef NEURONS
