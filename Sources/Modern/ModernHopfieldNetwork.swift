internal import HopfieldKernels

/// The modern Hopfield network: real memories, and an update that is transformer attention.
///
///     let network = ModernHopfieldNetwork(storing: embeddings, beta: 8, separation: .entmax(alpha: 1.5))
///     let recall = network.recall(from: query)             // to the fixed point, with its energies
///     let retrieved = network.retrieve(queries)            // one step, many queries
///
/// With memories x_i (rows of X), a state ξ and p the separation (softmax for one),
///
///     E(ξ) = −lse(β, X ξ) + ½ ξ·ξ + ln(M)/β + ½ max |x|²,     lse(β, z) = (1/β) ln Σ exp(β z_i)
///     ξ ← Xᵀ p(β X ξ)
///
/// Each step lowers E. A large β ends at a memory, a middling one at a metastable mixture of some, β → 0
/// at the mean of all. Other separations and similarities have energies of the same form: their
/// tables are at ``Separation`` and ``Similarity``. Memories of `Float` stay so (half the memory traffic);
/// everything but `retrieve` computes in double, and of `Double` memories everything does.
///
/// Edge cases: NaN and infinity in memories and queries are a caller's mistake (a precondition). No
/// finite input gives NaN: zero vectors, β = 0 (the plain mean), β = 10⁶, one memory and duplicates
/// (which share their weight) are all defined. Without memories, `retrieve` gives zeros and `recall`
/// leaves its cue.
///
/// - Complexity: O(M d) a query and step. Storing O(M d), and O(min(M, 4096) M d) for an automatic β.
/// - Source: Ramsauer et al. 2021, "Hopfield Networks is All You Need", eq. 1 to 3.
public struct ModernHopfieldNetwork: Sendable {
  /// The number of coordinates, d.
  public let dimension: Int
  /// The number of coordinates of what `retrieve` gives: that of the values, or d.
  public var valueDimension: Int { values?.dimension ?? dimension }
  public let separation: Separation
  public let similarity: Similarity
  /// The coordinates that similarities look at, or nil for all: see `knowing(_:)`.
  public let known: [Bool]?

  /// Memories as they were given, in rows; the slot of a memory is its index for the caller.
  var memories: VectorRows
  /// The memories over their length, for the cosine.
  var directions: VectorRows?
  /// What `retrieve` sums instead of memories.
  var values: VectorRows?
  var slots: SlotTable
  /// x_i · x_i over the known coordinates, in double.
  var squaredNorms: [Double]
  /// The largest length of a memory as similarities see it, squared.
  var largestSquaredNorm = 0.0
  /// The largest |component| of any memory: the unit of tolerances where it is below 1.
  var scale: Double
  /// The largest |component| of any value; 0 without values.
  var valueScale: Double
  /// The separations that an automatic β is chosen from; nil where β was given.
  var rivals: RivalTable?

  /// Stores memories of single precision.
  ///
  ///     let network = ModernHopfieldNetwork(storing: embeddings, beta: 8)
  ///     let dictionary = ModernHopfieldNetwork(storing: keys, values: values, beta: 20)
  ///
  /// - Parameters:
  ///   - memories: all of one length.
  ///   - values: what `retrieve` sums, one a memory, of any length (hetero-association).
  ///   - beta: β ≥ 0, or nil for one chosen from the separations: see ``beta``.
  ///   - separation: how scores become weights.
  ///   - similarity: how vectors are compared.
  public init(
    storing memories: [[Float]], values: [[Float]]? = nil, beta: Double? = nil,
    separation: Separation = .softmax, similarity: Similarity = .dot
  ) {
    self.init(
      rows(memories), values: values.map { rows($0) }, beta: beta, separation: separation,
      similarity: similarity, known: nil)
  }

  /// Stores memories of double precision: every step computes in double.
  public init(
    storing memories: [[Double]], values: [[Double]]? = nil, beta: Double? = nil,
    separation: Separation = .softmax, similarity: Similarity = .dot
  ) {
    self.init(
      rows(memories), values: values.map { rows($0) }, beta: beta, separation: separation,
      similarity: similarity, known: nil)
  }

  /// Stores memories that stand one after another in `memories`, without an array each.
  public init(
    storing memories: [Float], dimension: Int, beta: Double? = nil,
    separation: Separation = .softmax, similarity: Similarity = .dot
  ) {
    self.init(
      VectorRows(memories, dimension: dimension), values: nil, beta: beta, separation: separation,
      similarity: similarity, known: nil)
  }

  init(
    _ memories: VectorRows, values: VectorRows?, slots: SlotTable? = nil, beta: Double?,
    separation: Separation, similarity: Similarity, known: [Bool]?
  ) {
    precondition(
      values.map { $0.count == memories.count } ?? true,
      "\(values?.count ?? 0) values for \(memories.count) memories")
    if let beta { precondition(beta >= 0 && beta.isFinite, "a beta of \(beta), not 0 or more") }
    if let known {
      precondition(
        known.count == memories.dimension, "\(known.count) known or not, of \(memories.dimension)")
    }
    dimension = memories.dimension
    self.memories = memories
    self.values = values
    self.separation = separation
    self.similarity = similarity
    self.known = known
    self.beta = beta ?? 0
    self.slots = slots ?? SlotTable(count: memories.count)
    scale = memories.largestMagnitude
    precondition(scale.isFinite, "a component of a memory is NaN or infinite")
    precondition(scale < 1e140, "a component of \(scale): squares would overflow above 1e140")
    valueScale = values?.largestMagnitude ?? 0
    precondition(valueScale.isFinite, "a component of a value is NaN or infinite")
    squaredNorms = memories.squaredNorms(known: known)
    largestSquaredNorm = similarity == .cosine ? 1 : squaredNorms.max() ?? 0
    directions = similarity == .cosine ? memories.normalized(squaredNorms) : nil
    guard beta == nil else { return }
    rivals = RivalTable(of: memoriesAsCompared, measuring)
    self.beta = automaticBeta
  }

  /// The number of memories, M.
  public var count: Int { memories.count }

  /// The inverse temperature β: as given, or chosen so that theory promises retrieval.
  ///
  /// The automatic β looks at the separations Δᵢ = z(xᵢ, xᵢ) − max_{j≠i} z(xᵢ, xⱼ) of at most 4096 memories
  /// (evenly spaced, where there are more), over the known coordinates alone if the network is
  /// `knowing(_:)` some. Let Δ be the smallest of the positive ones that is at least a hundredth
  /// of their median: memories that are closer than that, duplicates for one, count as the same. Then
  ///
  ///     softmax:   the smallest β with βΔ ≥ 2/M + ln(2 (M − 1) M β R²)   and   βΔ ≥ ln(2e (M − 1)/10⁻⁹)
  ///     sparse:    β = 2 m / Δ if that is smaller, m the separation's `margin`
  ///
  /// with R = max |x|. The first is the condition under which Ramsauer et al. prove a fixed point
  /// beside each memory, the second puts it within 10⁻⁹ R by their theorem 5; 2 m / Δ is twice
  /// what a sparse map needs to return a memory exactly. β Δ does not depend on units: the rule
  /// works for raw grey values and for unit vectors. With fewer than two memories, or none that is
  /// separated, β = 1/R².
  ///
  /// - Complexity: O(1); the table behind it is kept up to date as memories come and go, O(M d) each.
  public private(set) var beta: Double

  /// Whether β is chosen from the separations.
  public var isBetaAutomatic: Bool { rivals != nil }

  /// The memory stored at `index`.
  public subscript(index: Int) -> [Double] { memories[row(of: index)] }

  /// The indices in use, ascending: 0 ..< `count` until a memory is removed.
  public var indices: [Int] { slots.inUse }

  /// Stores one more memory and returns its index.
  ///
  /// That is the lowest index that a removed memory has left free, else the next. Nothing is rebuilt.
  ///
  /// - Complexity: O(d), amortised; O(M d) with an automatic β.
  @discardableResult
  public mutating func add(_ memory: [Double], value: [Double]? = nil) -> Int {
    precondition(
      (value == nil) == (values == nil),
      values == nil ? "a value for a network without values" : "no value for a network of values")
    check(memory)
    let row = memories.count
    memories.set(row, to: memory)
    if let value {
      valueScale = value.reduce(valueScale) { max($0, $1.magnitude) }
      precondition(value.allSatisfy(\.isFinite), "a component of a value is NaN or infinite")
      values!.set(row, to: value)
    }
    // What was stored may have been rounded to single precision.
    let stored = memories[row]
    squaredNorms.append(squaredNorm(stored))
    if similarity != .cosine { largestSquaredNorm = max(largestSquaredNorm, squaredNorms[row]) }
    scale = stored.reduce(scale) { max($0, $1.magnitude) }
    let direction = direction(of: stored) ?? stored
    directions?.set(row, to: direction)
    updateRivals { $0.append(row, $1, $2) }
    return slots.add()
  }

  /// Stores one more memory of single precision.
  @discardableResult
  public mutating func add(_ memory: some Sequence<Float>, value: [Float]? = nil) -> Int {
    add(memory.map(Double.init), value: value?.map(Double.init))
  }

  /// Removes the memory at `index`; the others keep their indices.
  ///
  /// - Complexity: O(d), O(M) for the longest one; with an automatic β, O(M d) for each memory whose nearest it was.
  public mutating func remove(at index: Int) {
    let row = row(of: index)
    memories.remove(row)
    directions?.remove(row)
    values?.remove(row)
    let squaredNorm = squaredNorms[row]
    squaredNorms.swapRemove(row)
    if squaredNorm == largestSquaredNorm, similarity != .cosine {
      largestSquaredNorm = squaredNorms.max() ?? 0
    }
    slots.remove(index)
    updateRivals { $0.remove(row, $1, $2) }
  }

  private mutating func updateRivals(
    _ update: (inout RivalTable, VectorRows, Measuring) -> Void
  ) {
    guard var table = rivals else { return }
    rivals = nil
    update(&table, memoriesAsCompared, measuring)
    rivals = table
    beta = automaticBeta
  }

  /// The network that compares cues with memories on the coordinates marked true, by minus half
  /// their squared distance: for partial cues.
  ///
  ///     let upper = images.knowing { $0 < 392 }               // rows 0 to 13 of 28 x 28 pixels
  ///     let image = upper.recall(from: cue).state             // all 784 pixels
  ///
  /// The same memories (and shared storage), values and separation. Similarities look at the known
  /// coordinates at every step; the answer fills the others. An automatic β is chosen anew, from the
  /// separations on the known coordinates. Distances, not products, because a product
  /// prefers memories that are bright where the cue is known.
  ///
  /// - Complexity: O(M d); O(M² d) for an automatic β.
  public func knowing(_ known: [Bool]) -> ModernHopfieldNetwork {
    ModernHopfieldNetwork(
      memories, values: values, slots: slots, beta: isBetaAutomatic ? nil : beta,
      separation: separation,
      similarity: .negativeSquaredDistance, known: known)
  }

  /// The network that compares on the coordinates for which `isKnown` is true.
  public func knowing(_ isKnown: (Int) -> Bool) -> ModernHopfieldNetwork {
    knowing((0..<dimension).map(isKnown))
  }

  func row(of index: Int) -> Int {
    guard let row = slots.row(of: index) else { preconditionFailure("no memory at index \(index)") }
    return row
  }

  func check(_ vector: [Double]) {
    precondition(
      vector.count == dimension, "a vector of \(vector.count) coordinates, not \(dimension)")
    precondition(
      vector.allSatisfy { $0.magnitude < 1e140 },
      "a component is NaN, infinite or above 1e140")
  }
}

/// Vectors of one length, one after another.
private func rows(_ vectors: [[Float]]) -> VectorRows {
  VectorRows(joined(vectors), dimension: vectors.first?.count ?? 1)
}

private func rows(_ vectors: [[Double]]) -> VectorRows {
  VectorRows(joined(vectors), dimension: vectors.first?.count ?? 1)
}

func joined<Element>(_ vectors: [[Element]]) -> [Element] {
  let dimension = vectors.first?.count ?? 0
  for vector in vectors {
    precondition(
      vector.count == dimension, "vectors of \(dimension) and of \(vector.count) coordinates")
  }
  return Array(vectors.joined())
}
