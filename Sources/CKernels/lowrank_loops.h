// A sweep over a network with low-rank couplings, a part of coupled_loops.h.

/// images += factors rows, one row after another at every place, and what goes with them; factors are 2
/// or -2.
static void move(const double *factors, const double *const *rows, size_t height, size_t count,
                 hl_state *s) {
  doubles size[2] = {{0}}, total[2] = {{0}};
  double *images = s->images;
  float *rounded = s->rounded;
  for (size_t j = 0; j < count; j += HK_SLOTS) {
    doubles image[2] = {*(const doubles *)(images + j), *(const doubles *)(images + j + 8)};
    for (size_t r = 0; r < height; r++)
      for (size_t k = 0; k < 2; k++) image[k] += factors[r] * *(const doubles *)(rows[r] + j + 8 * k);
    for (size_t k = 0; k < 2; k++) {
      floats near = __builtin_convertvector(image[k], floats);
      *(doubles *)(images + j + 8 * k) = image[k];
      *(floats *)(rounded + j + 8 * k) = near;
      size[k] += __builtin_elementwise_abs(image[k]);
      total[k] += __builtin_convertvector(near, doubles);
    }
  }
  size[0] += size[1];
  total[0] += total[1];
  s->magnitude = joined(&size[0]);
  s->total = joined(&total[0]);
}

/// The neurons of one block in a sweep.
typedef struct {
  double spins[HK_LANES];
  double rest[HK_LANES];    // what is taken from the signed sums: thresholds, and the neurons themselves
  double fields[HK_LANES];  // N h, in float or better
} hl_block;

static inline __attribute__((always_inline)) void prepare(const hl_couplings *c, const hc_rule *rule,
                                                          const hl_state *s, size_t first,
                                                          size_t width, hl_block *block) {
  float sums[HK_LANES];
  block_sums(c->patterns->tiles + first * c->patterns->stride, c->patterns->groups, s, sums);
  uint32_t bits = (uint32_t)(s->words[first / 64] >> (first % 64));
  // A heat bath leaves out what a neuron does to itself, or its law would not be exp(-E / T).
  double own = !c->keeps_diagonal || rule->noise ? 1 : 0, size = (double)c->patterns->neurons;
  for (size_t k = 0; k < width; k++) {
    block->spins[k] = (bits >> k) & 1 ? 1 : -1;
    block->rest[k] = own * c->diagonal[first + k] * block->spins[k];
  }
  if (rule->thresholds)
    for (size_t k = 0; k < width; k++) block->rest[k] += size * rule->thresholds[first + k];
  if (rule->noise)
    for (size_t k = 0; k < width; k++) block->rest[k] += size * rule->noise[first + k];
  for (size_t k = 0; k < width; k++) block->fields[k] = (double)sums[k] - block->rest[k];
}

/// Whether all neurons of a block are surely with their fields: most are, most of the time.
static inline __attribute__((always_inline)) bool all_agree(const hl_block *block, size_t width,
                                                            double sure) {
  int all = 1;
  for (size_t k = 0; k < width; k++) all &= block->spins[k] * block->fields[k] > sure;
  return all;
}

/// Visits all neurons in ascending order; returns the number of flips.
///
/// What a flip does to its own block is kept as couplings, and added to the fields there at once. The
/// images of the state get all flips of a block together, so that they are loaded and stored once.
static size_t low_rank_sweep(const hl_couplings *c, const hc_rule *rule, hl_state *s) {
  const hk_patterns *p = c->patterns;
  size_t slots = p->groups * HK_SLOTS, flips = 0;
  double doubt = hl_doubt(p->groups);
  bool stale = true;
  for (size_t first = 0; first < p->neurons; first += HK_LANES) {
    size_t width = p->neurons - first < HK_LANES ? p->neurons - first : HK_LANES;
    if (stale) tabulate(s->rounded, p->groups, s->tables);
    hl_block block;
    // The magnitude that floats have rounded by so far: the images', and that of each row added.
    double reach = s->magnitude, sure = doubt * reach;
    if (width == HK_LANES) {
      prepare(c, rule, s, first, HK_LANES, &block);
      stale = false;
      if (all_agree(&block, HK_LANES, sure)) continue;
    } else {
      prepare(c, rule, s, first, width, &block);
    }
    const double *rows[HK_LANES];
    double factors[HK_LANES];
    size_t count = 0, before = flips;
    for (size_t k = 0; k < width; k++) {
      double spin = block.spins[k], field = block.fields[k];
      if (field * spin > sure) continue;
      size_t i = first + k;
      if (rule->frozen && ((rule->frozen[i / 64] >> (i % 64)) & 1)) continue;
      if (!(field * spin < -sure)) {
        // Rounding might change the sign: doubles decide.
        move(factors, rows, count, slots, s);
        count = 0;
        field = signed_sum(p->tiles + first * p->stride + k, p->groups, s->images) - block.rest[k];
        if (field * spin >= -HL_SLACK * s->magnitude) continue;
      }
      s->words[i / 64] ^= 1ull << (i % 64);
      factors[count] = -2 * spin;
      rows[count++] = c->images + i * slots;
      const float *near = c->near + i * HK_LANES;
      for (size_t j = 0; j < HK_LANES; j++) block.fields[j] -= 2 * spin * (double)near[j];
      reach += 2 * c->row_size;
      sure = doubt * reach;
      flips++;
    }
    if (count) move(factors, rows, count, slots, s);
    stale = flips > before;
  }
  return flips;
}
