// A part of retrieval_vector.h: few queries, one by one. Lanes lie along the memory.

/// The dot products of `rows` rows from x on, at most 4, with one query.
INLINE void few_dots(const float *x, size_t stride, size_t d, const float *query, float *out,
                     const int rows) {
  vf sums[4];
  UNROLL for (int r = 0; r < rows; r++) sums[r] = (vf)0;
  for (size_t k = 0; k < d; k += WIDTH) {
    vf element = load(query + k);
    UNROLL for (int r = 0; r < rows; r++) {
      // The pass waits for memory: ask for the rows after the next ones early.
      const float *place = x + (size_t)r * stride + k;
      __builtin_prefetch((const char *)place + AHEAD);
      sums[r] = fused(load(place), element, sums[r]);
    }
  }
  UNROLL for (int r = 0; r < rows; r++) out[r] = sum_of(sums[r]);
}

/// The scores of one query and rows [from, from + rows), at most TILE; minus infinity behind them,
/// up to a whole vector.
static void few_scores(const hr_memories *m, const hr_queries *q, size_t i, size_t from,
                       size_t rows, float *scores) {
  const hr_rows *keys = &m->keys;
  size_t d = hr_padded(keys->dimension), r = 0;
  const float *query = q->rows + i * q->stride;
  for (; r + 4 <= rows; r += 4)
    few_dots(hr_row(keys, from + r), keys->stride, d, query, scores + r, 4);
  for (; r < rows; r++) few_dots(hr_row(keys, from + r), keys->stride, d, query, scores + r, 1);
  for (; r % WIDTH; r++) scores[r] = -__builtin_inff();
  if (m->bias)
    for (r = 0; r < rows; r++) scores[r] += m->bias[from + r];
  if (q->factors[i] != 0)
    for (r = 0; r < rows; r += WIDTH) store(scores + r, load(scores + r) * q->factors[i]);
  else
    for (r = 0; r < rows; r++) scores[r] = 0;
  if (m->mask) {
    const float *mask = m->mask + i * m->mask_stride + from;
    for (r = 0; r < rows; r++) scores[r] += (float)HR_LOG2E * mask[r];
  }
}

INLINE float largest(const float *scores, size_t rows) {
  vf maxima = (vf)HR_NOTHING;
  for (size_t r = 0; r < rows; r += WIDTH) maxima = larger(load(scores + r), maxima);
  float result = HR_NOTHING;
  UNROLL for (int i = 0; i < WIDTH; i++) result = maxima[i] > result ? maxima[i] : result;
  return result;
}

/// sums[k...] += sum over rows of weight * value, `span` vectors of it.
INLINE void few_sums(const float *values, size_t stride, size_t rows, const float *weights,
                     float *sums, const int span) {
  vf total[8];
  UNROLL for (int v = 0; v < span; v++) total[v] = load(sums + v * WIDTH);
  for (size_t r = 0; r < rows; r++) {
    if (weights[r] == 0) continue;
    UNROLL for (int v = 0; v < span; v++)
      total[v] = fused((vf)weights[r], load(values + r * stride + v * WIDTH), total[v]);
  }
  UNROLL for (int v = 0; v < span; v++) store(sums + v * WIDTH, total[v]);
}

/// The rows of a tile whose keys and values fit the first cache, more or less.
static size_t few_rows(const hr_memories *m) {
  size_t rows = 6144 / hr_padded(m->keys.dimension) / WIDTH * WIDTH;
  return rows < WIDTH ? WIDTH : rows > TILE ? TILE / WIDTH * WIDTH : rows;
}

static void few_tile(const hr_memories *m, const hr_queries *q, size_t i, size_t from, size_t rows,
                     float *scores, float *sums, float *maximum, float *total,
                     const hr_partials *out) {
  const hr_rows *values = &m->values;
  size_t d = hr_padded(values->dimension), k = 0;
  few_scores(m, q, i, from, rows, scores);
  float most = __builtin_ceilf(largest(scores, rows));
  if (most > *maximum) {
    float difference = *maximum - most;
    float factor = difference < -126 ? 0 : __builtin_exp2f(difference);
    *total *= factor;
    shrink(sums, d, factor, out, i, values->stride);
    *maximum = most;
  }
  vf weights = (vf)0;
  for (size_t r = 0; r < rows; r += WIDTH) {
    vf weight = exp2_of(load(scores + r) - (vf)*maximum);
    store(scores + r, weight);
    uint32_t bits = m->precise < 1 ? BITS(weight > (vf)m->precise) : 0;
    if (bits) {
      for (; bits; bits &= bits - 1) {
        size_t row = r + (size_t)__builtin_ctz(bits);
        scores[row] = precise_weight(m, q, i, from + row, *maximum);
      }
      weight = load(scores + r);
    }
    weights += weight;
  }
  *total += sum_of(weights);
  const float *value = hr_row(values, from);
  for (; k + 8 * WIDTH <= d; k += 8 * WIDTH)
    few_sums(value + k, values->stride, rows, scores, sums + k, 8);
  for (; k < d; k += WIDTH) few_sums(value + k, values->stride, rows, scores, sums + k, 1);
}

static void retrieve_few(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                         const hr_partials *out, void *scratch) {
  size_t d = hr_padded(m->values.dimension), tile_rows = few_rows(m);
  float *scores = scratch, *sums = scores + 128, maximum[FEW], total[FEW];
  for (size_t i = 0; i < q->count; i++) maximum[i] = HR_NOTHING;
  for (size_t block = from; block < to; block += BLOCK) {
    size_t end = block + BLOCK < to ? block + BLOCK : to;
    memset(sums, 0, q->count * d * sizeof(float));
    memset(total, 0, sizeof total);
    for (size_t tile = block; tile < end; tile += tile_rows) {
      size_t rows = tile + tile_rows < end ? tile_rows : end - tile;
      for (size_t i = 0; i < q->count; i++)
        few_tile(m, q, i, tile, rows, scores, sums + i * d, maximum + i, total + i, out);
    }
    for (size_t i = 0; i < q->count; i++) {
      double *vector = out->vectors + i * m->values.stride;
      for (size_t k = 0; k < d; k++) vector[k] += (double)sums[i * d + k];
      out->sum[i] += (double)total[i];
    }
  }
  for (size_t i = 0; i < q->count; i++) out->maximum[i] = (double)maximum[i];
}
