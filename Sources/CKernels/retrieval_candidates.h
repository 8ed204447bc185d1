// A part of retrieval_vector.h: lists of the memories within a margin of the best.

static void append(const hr_lists *lists, size_t query, size_t row, float score) {
  size_t place = query * lists->capacity + lists->counts[query]++;
  lists->indices[place] = (uint32_t)row;
  lists->scores[place] = score;
}

static bool has_room(const hr_lists *lists, size_t queries, size_t rows) {
  for (size_t i = 0; i < queries; i++)
    if (lists->counts[i] + rows > lists->capacity) return false;
  return true;
}

static void list_group(const workspace *w, size_t first, size_t from, size_t rows,
                       const hr_lists *lists) {
  vf maxima[GROUP], least[GROUP];
  UNROLL for (int v = 0; v < GROUP; v++) maxima[v] = load(w->maxima + first + v * WIDTH);
  tile_maxima(w->scores, rows, maxima);
  UNROLL for (int v = 0; v < GROUP; v++) {
    store(w->maxima + first + v * WIDTH, maxima[v]);
    least[v] = maxima[v] - (vf)lists->margin;
  }
  for (size_t r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < GROUP; v++) {
      const float *place = w->scores + r * LANES + v * WIDTH;
      for (uint32_t bits = BITS(load(place) >= least[v]); bits; bits &= bits - 1) {
        size_t lane = (size_t)__builtin_ctz(bits);
        append(lists, first + (size_t)v * WIDTH + lane, from + r, place[lane]);
      }
    }
}

static size_t candidates_many(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                              const hr_lists *lists, void *scratch) {
  workspace w = cut(scratch, m, q->count);
  pack(&w, m, q);
  size_t lanes = (q->count + LANES - 1) / LANES * LANES, tile = from;
  for (size_t i = 0; i < lanes; i++) w.maxima[i] = i < q->count ? lists->maximum[i] : -HR_NOTHING;
  for (; tile < to; tile += TILE) {
    size_t rows = tile + TILE < to ? TILE : to - tile;
    if (!has_room(lists, q->count, rows)) break;
    for (size_t first = 0; first < q->count; first += LANES) {
      score_tile(m, q, &w, first, tile, rows);
      list_group(&w, first, tile, rows, lists);
    }
  }
  for (size_t i = 0; i < q->count; i++) lists->maximum[i] = w.maxima[i];
  return tile < to ? tile : to;
}

static size_t candidates_few(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                             const hr_lists *lists, void *scratch) {
  size_t tile_rows = few_rows(m), tile = from;
  float *scores = scratch;
  for (; tile < to; tile += tile_rows) {
    size_t rows = tile + tile_rows < to ? tile_rows : to - tile;
    if (!has_room(lists, q->count, rows)) break;
    for (size_t i = 0; i < q->count; i++) {
      few_scores(m, q, i, tile, rows, scores);
      float most = largest(scores, rows);
      if (most > lists->maximum[i]) lists->maximum[i] = most;
      float least = lists->maximum[i] - lists->margin;
      for (size_t r = 0; r < rows; r += WIDTH)
        for (uint32_t bits = BITS(load(scores + r) >= (vf)least); bits; bits &= bits - 1) {
          size_t row = r + (size_t)__builtin_ctz(bits);
          if (row < rows) append(lists, i, tile + row, scores[row]);
        }
    }
  }
  return tile < to ? tile : to;
}

static size_t candidates(const hr_memories *m, const hr_queries *q, size_t from, size_t to,
                         const hr_lists *lists, void *scratch) {
  return q->count <= FEW ? candidates_few(m, q, from, to, lists, scratch)
                         : candidates_many(m, q, from, to, lists, scratch);
}
