internal import Hopfield
internal import HopfieldFormats

/// Retrieval from modern Hopfield networks. The limit of many queries is arithmetic, two products
/// of M x d x B multiply-adds; that of one query is reading every memory once. A plan that can
/// prove that most memories carry no weight need not do all of that, and may pass 100 %.
extension Workload {
  /// 256 queries at once, softmax.
  static let attention = Workload(id: "softmax") { bench in
    let data = manyQueries(bench)
    let path = try data.write(to: bench.folder, as: "softmax")
    return try [8, 32, 128].map { beta in
      try contest(
        bench, data, id: "softmax-\(beta)", beta: beta, separation: .softmax, tolerance: 1e-5,
        others: try bench.peer(
          "torch SDPA", "attention.py", ["sdpa", "\(beta)", path], wanted: 1.25)
          + bench.peer("torch softmax(QX')X", "attention.py", ["softmax", "\(beta)", path]))
    }
  }

  /// One query.
  static let oneQuery = Workload(id: "query") { bench in
    let (count, dimension) = (bench.size(262_144, quick: 4096), 128)
    let data = VectorData(memories: count, dimension: dimension, queries: 1)
    let path = try data.write(to: bench.folder, as: "query")
    return try [8, 32, 128].map { beta in
      var others = try bench.peer(
        "torch softmax(QX')X", "attention.py", ["softmax", "\(beta)", path], wanted: 2)
      others += try bench.peer("torch SDPA", "attention.py", ["sdpa", "\(beta)", path])
      if beta == 128 { others += try bench.peer("faiss, nearest only", "nearest.py", [path]) }
      return try contest(
        bench, data, id: "query-\(beta)", beta: beta, separation: .softmax, tolerance: 1e-5,
        others: others)
    }
  }

  /// 256 queries at once, sparse separations.
  static let sparse = Workload(id: "sparse") { bench in
    let data = manyQueries(bench)
    let path = try data.write(to: bench.folder, as: "sparse")
    let separations: [(String, Separation)] = [
      ("sparsemax", .sparsemax), ("entmax15", .entmax(alpha: 1.5)),
    ]
    return try separations.flatMap { name, separation in
      try [2, 8, 32, 128].map { beta in
        try contest(
          bench, data, id: "sparse-\(name)-\(beta)", beta: beta, separation: separation,
          tolerance: 1e-5,
          others: try bench.peer(
            "entmax on torch", "separations.py", [name, "\(beta)", path], wanted: 5))
      }
    }
  }

  private static func manyQueries(_ bench: Bench) -> VectorData {
    VectorData(
      memories: bench.size(65_536, quick: 2048), dimension: 128,
      queries: bench.size(256, quick: 32))
  }

  private static func contest(
    _ bench: Bench, _ data: VectorData, id: String, beta: Int, separation: Separation,
    tolerance: Double, others: [Contest.Opponent]
  ) throws -> Contest {
    let network = ModernHopfieldNetwork(
      storing: data.memories, dimension: data.dimension, beta: Double(beta),
      separation: separation)
    let queries = data.queries
    let (count, dimension) = (data.queries.count / data.dimension, data.dimension)
    let products = 2 * Double(data.memories.count) * Double(count)
    let asked = count == 1 ? "one query" : "\(count) queries"
    return Contest(
      id: id, title: "\(asked), \(separation), beta = \(beta)",
      sizes: "M = \(network.count), d = \(dimension)",
      limit: count == 1
        ? bench.limits.reading(4 * Double(data.memories.count))
        : bench.limits.flops(2 * products),
      agreement: .within(tolerance),
      ours: InProcess {
        let results = network.retrieve(flat: queries)
        return { NumericArray(shape: [count, dimension], results) }
      },
      others: others)
  }
}
