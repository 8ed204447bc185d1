// A part of retrieval_vector.h: many queries at once. A lane is a query.

/// Scratch memory, cut up.
typedef struct {
  float *packed;   // for each group: packed[k * LANES + lane] = factor * query[k]
  float *scores;   // TILE * LANES
  float *sums;     // LANES values of the padded dimension
  float *weights;  // LANES: the sums of weights
  float *factors;  // a lane's factor, for all groups
  float *maxima;   // a lane's maximum, for all groups
} workspace;

static workspace cut(void *scratch, const hr_memories *m, size_t queries) {
  size_t lanes = (queries + LANES - 1) / LANES * LANES;
  workspace w;
  w.packed = scratch;
  w.scores = w.packed + lanes * hr_padded(m->keys.dimension);
  w.sums = w.scores + TILE * LANES;
  w.weights = w.sums + LANES * hr_padded(m->values.dimension);
  w.factors = w.weights + LANES;
  w.maxima = w.factors + lanes;
  return w;
}

static void pack(const workspace *w, const hr_memories *m, const hr_queries *q) {
  size_t d = m->keys.dimension;
  for (size_t first = 0; first < q->count; first += LANES) {
    float *packed = w->packed + first * d;
    // A few coordinates of all lanes at a time stay in cache.
    for (size_t start = 0; start < d; start += 16)
      for (size_t lane = 0; lane < LANES; lane++) {
        size_t i = first + lane, end = start + 16 < d ? start + 16 : d;
        float factor = i < q->count ? q->factors[i] : 0;
        const float *query = q->rows + (i < q->count ? i : 0) * q->stride;
        w->factors[i] = factor;
        for (size_t k = start; k < end; k++) packed[k * LANES + lane] = factor * query[k];
      }
  }
}

/// Adds x_j . query over coordinates [k, end) to the scores of `rows` rows (k = 0: sets them).
INLINE void group_scores(const float *x, size_t stride, size_t k, size_t end, const float *packed,
                         float *scores, const int rows) {
  vf sums[ROWS][GROUP];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++)
      sums[r][v] = k ? load(scores + r * LANES + v * WIDTH) : (vf)0;
  for (; k < end; k++) {
    vf query[GROUP];
    UNROLL for (int v = 0; v < GROUP; v++) query[v] = load(packed + k * LANES + v * WIDTH);
    UNROLL for (int r = 0; r < rows; r++) {
      vf memory = (vf)x[(size_t)r * stride + k];
      UNROLL for (int v = 0; v < GROUP; v++) sums[r][v] = fused(memory, query[v], sums[r][v]);
    }
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++) store(scores + r * LANES + v * WIDTH, sums[r][v]);
}

/// The scores of rows [from, from + rows) and the group's queries, at most TILE rows.
static void score_tile(const hr_memories *m, const hr_queries *q, const workspace *w, size_t first,
                       size_t from, size_t rows) {
  const hr_rows *keys = &m->keys;
  size_t d = keys->dimension;
  const float *packed = w->packed + first * d;
  for (size_t k = 0; k < d; k += 512) {
    size_t end = k + 512 < d ? k + 512 : d, r = 0;
    for (; r + ROWS <= rows; r += ROWS)
      group_scores(hr_row(keys, from + r), keys->stride, k, end, packed, w->scores + r * LANES,
                   ROWS);
    for (; r < rows; r++)
      group_scores(hr_row(keys, from + r), keys->stride, k, end, packed, w->scores + r * LANES, 1);
  }
  if (m->bias)
    for (size_t r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < GROUP; v++) {
        float *place = w->scores + r * LANES + v * WIDTH;
        vf factor = load(w->factors + first + v * WIDTH);
        store(place, fused(factor, (vf)m->bias[from + r], load(place)));
      }
  if (m->mask)
    for (size_t lane = 0; lane < LANES && first + lane < q->count; lane++) {
      const float *mask = m->mask + (first + lane) * m->mask_stride + from;
      for (size_t r = 0; r < rows; r++)
        w->scores[r * LANES + lane] += (float)HR_LOG2E * mask[r];
    }
}

/// The largest score of each lane in the tile, from `start` on.
INLINE void tile_maxima(const float *scores, size_t rows, vf maxima[GROUP]) {
  for (size_t r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++)
      maxima[v] = larger(load(scores + r * LANES + v * WIDTH), maxima[v]);
}

static void shrink(float *sums, size_t d, float factor, const hr_partials *out, size_t query,
                   size_t stride) {
  for (size_t k = 0; k < d; k++) sums[k] *= factor;
  double *vector = out->vectors + query * stride;
  for (size_t k = 0; k < d; k++) vector[k] *= (double)factor;
  out->sum[query] *= (double)factor;
}

/// Raises the lanes' maxima to whole numbers that the tile's scores do not pass, and shrinks what
/// was summed under the old ones: by powers of two, which round nothing.
static void raise_maxima(const hr_memories *m, const hr_queries *q, const workspace *w,
                         size_t first, size_t rows, const hr_partials *out) {
  float before[LANES];
  float *now = w->maxima + first;
  memcpy(before, now, sizeof before);
  vf maxima[GROUP];
  UNROLL for (int v = 0; v < GROUP; v++) maxima[v] = load(now + v * WIDTH);
  tile_maxima(w->scores, rows, maxima);
  UNROLL for (int v = 0; v < GROUP; v++)
    store(now + v * WIDTH, __builtin_elementwise_ceil(maxima[v]));
  if (memcmp(before, now, sizeof before) == 0) return;
  size_t d = hr_padded(m->values.dimension);
  for (size_t lane = 0; lane < LANES && first + lane < q->count; lane++) {
    if (now[lane] == before[lane]) continue;
    float difference = before[lane] - now[lane];
    float factor = difference < -126 ? 0 : __builtin_exp2f(difference);
    w->weights[lane] *= factor;
    shrink(w->sums + lane * d, d, factor, out, first + lane, m->values.stride);
  }
}

/// Turns the tile's scores into weights and adds them up, lane by lane. Returns the number of
/// weights that are not negligible.
static size_t weigh_tile(const hr_memories *m, const hr_queries *q, const workspace *w,
                         size_t first, size_t from, size_t rows) {
  size_t count = 0;
  vf maxima[GROUP], sums[GROUP];
  UNROLL for (int v = 0; v < GROUP; v++) {
    maxima[v] = load(w->maxima + first + v * WIDTH);
    sums[v] = load(w->weights + v * WIDTH);
  }
  for (size_t r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++) {
      float *place = w->scores + r * LANES + v * WIDTH;
      vf weight = exp2_of(load(place) - maxima[v]);
      store(place, weight);
      uint32_t bits = m->precise < 1 ? BITS(weight > (vf)m->precise) : 0;
      if (bits) {
        for (; bits; bits &= bits - 1) {
          size_t lane = (size_t)__builtin_ctz(bits), query = first + (size_t)v * WIDTH + lane;
          place[lane] = precise_weight(m, q, query, from + r, w->maxima[query]);
        }
        weight = load(place);
      }
      sums[v] += weight;
      count += (size_t)__builtin_popcount(BITS(weight > (vf)m->negligible));
    }
  UNROLL for (int v = 0; v < GROUP; v++) store(w->weights + v * WIDTH, sums[v]);
  return count;
}

/// sums[query][k...] += sum over rows of weight * value, for QUERIES queries and `span` vectors.
INLINE void group_sums(const float *values, size_t stride, size_t rows, const float *weights,
                       float *sums, size_t d, const int span) {
  vf total[QUERIES][SPAN];
  UNROLL for (int i = 0; i < QUERIES; i++)
    UNROLL for (int v = 0; v < span; v++) total[i][v] = load(sums + (size_t)i * d + v * WIDTH);
  for (size_t r = 0; r < rows; r++) {
    vf value[SPAN];
    UNROLL for (int v = 0; v < span; v++) value[v] = load(values + r * stride + v * WIDTH);
    UNROLL for (int i = 0; i < QUERIES; i++) {
      vf weight = (vf)weights[r * LANES + i];
      UNROLL for (int v = 0; v < span; v++) total[i][v] = fused(weight, value[v], total[i][v]);
    }
  }
  UNROLL for (int i = 0; i < QUERIES; i++)
    UNROLL for (int v = 0; v < span; v++) store(sums + (size_t)i * d + v * WIDTH, total[i][v]);
}

static void sum_tile(const hr_memories *m, const workspace *w, size_t from, size_t rows,
                     size_t lanes) {
  const hr_rows *values = &m->values;
  size_t d = hr_padded(values->dimension), k = 0;
  for (; k + SPAN * WIDTH <= d; k += SPAN * WIDTH)
    for (size_t i = 0; i < lanes; i += QUERIES)
      group_sums(hr_row(values, from) + k, values->stride, rows, w->scores + i,
                 w->sums + i * d + k, d, SPAN);
  for (; k < d; k += WIDTH)
    for (size_t i = 0; i < lanes; i += QUERIES)
      group_sums(hr_row(values, from) + k, values->stride, rows, w->scores + i,
                 w->sums + i * d + k, d, 1);
}

/// The same where few weights are not negligible, one by one. The others stay in the sums of
/// weights: what is left out of the vectors is less than `negligible` a memory.
static void sum_few(const hr_memories *m, const workspace *w, size_t from, size_t rows) {
  size_t d = hr_padded(m->values.dimension);
  for (size_t r = 0; r < rows; r++)
    for (size_t v = 0; v < GROUP; v++) {
      const float *weights = w->scores + r * LANES + v * WIDTH;
      uint32_t bits = BITS(load(weights) > (vf)m->negligible);
      for (; bits; bits &= bits - 1) {
        size_t lane = (size_t)__builtin_ctz(bits);
        const float *value = hr_row(&m->values, from + r);
        float *sums = w->sums + (v * WIDTH + lane) * d;
        for (size_t k = 0; k < d; k += WIDTH)
          store(sums + k, fused((vf)weights[lane], load(value + k), load(sums + k)));
      }
    }
}

static void flush_sums(const hr_memories *m, const hr_queries *q, const workspace *w, size_t first,
                       const hr_partials *out) {
  size_t d = hr_padded(m->values.dimension);
  for (size_t lane = 0; lane < LANES && first + lane < q->count; lane++) {
    float *sums = w->sums + lane * d;
    double *vector = out->vectors + (first + lane) * m->values.stride;
    for (size_t k = 0; k < d; k += WIDTH / 2)
      store_doubles(vector + k, load_doubles(vector + k) + widen(sums + k));
    out->sum[first + lane] += (double)w->weights[lane];
  }
}

static void retrieve_many(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                          const hr_partials *out, void *scratch) {
  workspace w = cut(scratch, m, q->count);
  pack(&w, m, q);
  size_t lanes = (q->count + LANES - 1) / LANES * LANES;
  // Lanes without a query get no weight.
  for (size_t i = 0; i < lanes; i++) w.maxima[i] = i < q->count ? HR_NOTHING : -HR_NOTHING;
  for (size_t block = from; block < to; block += BLOCK) {
    size_t end = block + BLOCK < to ? block + BLOCK : to;
    for (size_t first = 0; first < q->count; first += LANES) {
      memset(w.sums, 0, LANES * hr_padded(m->values.dimension) * sizeof(float));
      memset(w.weights, 0, LANES * sizeof(float));
      size_t left = q->count - first;
      size_t used = left < LANES ? (left + QUERIES - 1) / QUERIES * QUERIES : LANES;
      for (size_t tile = block; tile < end; tile += TILE) {
        size_t rows = tile + TILE < end ? TILE : end - tile;
        score_tile(m, q, &w, first, tile, rows);
        raise_maxima(m, q, &w, first, rows, out);
        size_t heavy = weigh_tile(m, q, &w, first, tile, rows);
        if (heavy * 5 < rows * used) sum_few(m, &w, tile, rows);
        else sum_tile(m, &w, tile, rows, used);
      }
      flush_sums(m, q, &w, first, out);
    }
  }
  for (size_t i = 0; i < q->count; i++) out->maximum[i] = (double)w.maxima[i];
}
