internal import HopfieldEnergy
internal import HopfieldKernels
internal import HopfieldModern
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reproduction {
  /// What is proved of modern networks, held against every sample; and attention.
  static let ramsauer2021 = Reproduction(
    name: "ramsauer-2021",
    source: "Ramsauer et al. 2021, International Conference on Learning Representations",
    summary: "bounds of modern networks, metastable states, attention"
  ) { laboratory in
    var findings: [Finding] = []
    let spheres = [(3.0, 20, 3.1546), (1.0, 75, 1.3718)]
    for (scale, dimension, published) in spheres {
      let theorem = RetrievalBounds.spherePatterns(
        beta: 1, scale: scale, dimension: dimension, failure: 0.001)
      let setting = "K = \(Int(scale)), d = \(dimension)"
      findings.append(
        Finding(
          "theorem 3: c for \(setting)", published: published, printed: 2e-4,
          ours: Estimate(theorem.growth, error: 0),
          note: "β = 1, p = 0.001; printed as a lower bound, so cut, not rounded"))
      findings.append(
        Finding(
          "theorem 3: patterns for \(setting)", published: nil,
          ours: Estimate(theorem.patterns, error: 0),
          why: "√p c^((d−1)/4): the paper prints c alone"))
      let count = Int(theorem.patterns)
      let samples = laboratory.pick(quick: 100, full: 5_000)
      let kept = laboratory.trials("\(count) patterns, \(setting)", samples) { _, random in
        Sphere.stored(count, dimension: dimension, radius: theorem.radius, random: &random) == count
      }.count { $0 }
      findings.append(
        Finding(
          "\(count) patterns, \(setting): share of samples that store all",
          ours: Double(kept) / Double(samples),
          holds: Double(kept) >= 0.999 * Double(samples) - 3
            * (0.001 * Double(samples)).squareRoot(),
          note: "the theorem promises 0.999"))
    }
    let many = laboratory.pick(quick: 200, full: 3_000)
    let radius = RetrievalBounds.spherePatterns(beta: 1, scale: 3, dimension: 20, failure: 0.001)
      .radius
    let stored = laboratory.trials("\(many) patterns", laboratory.pick(quick: 2, full: 10)) {
      _, random in
      Double(Sphere.stored(many, dimension: 20, radius: radius, random: &random)) / Double(many)
    }
    findings.append(
      Finding(
        "K = 3, d = 20: share stored of \(many) patterns", published: nil,
        ours: Estimate(of: stored), why: "the bounds are sufficient conditions, not capacities"))

    let checks = laboratory.trials("bounds", laboratory.pick(quick: 120, full: 10_000)) {
      _, random in
      BoundCheck(random: &random)
    }
    for (name, counts) in [
      ("theorem 4: one-step errors above the bound", checks.map(\.beyondStep)),
      ("theorem 5: retrieval errors above the bound", checks.map(\.beyondRetrieval)),
      ("energies outside 0...2M²", checks.map(\.energiesOutside)),
      ("steps that raised the energy", checks.map(\.raises)),
    ] {
      findings.append(
        Finding(
          name, published: 0, ours: Estimate(Double(counts.reduce(0, +)), error: 0),
          note: name.hasPrefix("theorem")
            ? "of \(checks.reduce(0) { $0 + $1.points.count }) memories that the theorem covers"
            : nil))
    }

    // Nine tenths of the weight: of 64 equal ones in 58, of one cluster in at most 8, of one in 1.
    for (name, beta, least, most) in [
      ("global average", 0.01, 58, 58), ("metastable", 8, 2, 8), ("single", 100, 1, 1),
    ] as [(String, Double, Int, Int)] {
      let counts = laboratory.trials("clusters, β = \(beta)", laboratory.pick(quick: 20, full: 400))
      {
        _, random in
        Sphere.holders(clusters: 8, members: 8, beta: beta, random: &random)
      }
      let inside = counts.count { (least...most).contains($0) }
      findings.append(
        Finding(
          "\(name), β = \(beta): memories with 90 % of the weight",
          ours: counts.map(Double.init).median, holds: inside == counts.count,
          note: "8 clusters of 8 unit vectors; the median, and all from \(least) to \(most)"))
    }

    let worst = laboratory.trials("attention", laboratory.pick(quick: 20, full: 200)) { _, random in
      Sphere.attentionError(random: &random)
    }.max()!
    findings.append(
      Finding(
        "attention and one step in double: largest difference", ours: worst, holds: worst <= 1e-6,
        note: "β = 1/√d, components of order 1; in single precision"))

    let points = checks.flatMap(\.points).prefix(2_000)
    let fine = (0...100).map { 40 * Double($0) / 100 }
    let figure = Plot(
      "How far a memory's fixed point lies", x: "β Δ", y: "error / bound's factor 2e(M − 1)R"
    )
    .subtitle("random memories on spheres, well separated")
    .yAxis(.logarithmic, in: 1e-20...1)
    .line(fine, fine.map { exp(-$0) }, label: "theorem 5")
    .points(points.map(\.x), points.map(\.y), label: "measured").svg
    return Report(findings, figure: figure)
  }
}

/// Random memories on spheres.
enum Sphere {
  /// A random vector of a length.
  static func point(_ dimension: Int, radius: Double, random: inout SeededGenerator) -> [Double] {
    let vector = normals(dimension, using: &random)
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { radius * $0 / length }
  }

  /// How many of some random memories have a fixed point that is theirs, at β = 1.
  static func stored(
    _ count: Int, dimension: Int, radius: Double, random: inout SeededGenerator
  ) -> Int {
    let memories = (0..<count).map { _ in point(dimension, radius: radius, random: &random) }
    let network = ModernHopfieldNetwork(storing: memories, beta: 1)
    let recalls = network.recalls(from: memories, threads: 1)
    return recalls.enumerated().count { index, recall in
      recall.identity.kind == .stored && recall.identity.match?.pattern == index
    }
  }

  /// How many memories hold 90 % of the weight of the fixed point that a memory of a cluster leads to.
  ///
  /// Members have cosine 0.9 with the centre of their cluster, all of length 1 in 64 dimensions.
  static func holders(
    clusters: Int, members: Int, beta: Double, random: inout SeededGenerator
  ) -> Int {
    let dimension = 64
    var memories: [[Double]] = []
    for _ in 0..<clusters {
      let centre = point(dimension, radius: 0.9, random: &random)
      for _ in 0..<members {
        let own = point(dimension, radius: 0.19.squareRoot(), random: &random)
        memories.append(zip(centre, own).map { $0 + $1 })
      }
    }
    let network = ModernHopfieldNetwork(storing: memories, beta: beta)
    let recall = network.recalls(from: [memories[0]], threads: 1)[0]
    return network.association(for: recall.state).holders()
  }

  /// The largest difference between `attention` and the sum written out in double.
  static func attentionError(random: inout SeededGenerator) -> Double {
    let (queries, keys, dimension, width) = (7, 50, 32, 16)
    func rows(_ count: Int, _ dimension: Int) -> [[Float]] {
      (0..<count).map { _ in normals(dimension, using: &random).map(Float.init) }
    }
    let (q, k, v) = (rows(queries, dimension), rows(keys, dimension), rows(keys, width))
    let output = attention(queries: q, keys: k, values: v, threads: 1)
    var worst = 0.0
    for (query, result) in zip(q, output) {
      let scores = k.map { key in
        zip(query, key).reduce(0) { $0 + Double($1.0) * Double($1.1) }
          / Double(dimension).squareRoot()
      }
      let largest = scores.max()!
      let weights = scores.map { exp($0 - largest) }
      let total = weights.reduce(0, +)
      for column in 0..<width {
        let exact = zip(weights, v).reduce(0) { $0 + $1.0 * Double($1.1[column]) } / total
        worst = max(worst, abs(exact - Double(result[column])))
      }
    }
    return worst
  }
}

/// One set of random memories held against theorems 4 and 5 and the bounds of the energy.
struct BoundCheck: Sendable {
  private(set) var beyondStep = 0
  private(set) var beyondRetrieval = 0
  private(set) var energiesOutside = 0
  private(set) var raises = 0
  /// β Δ, and the distance of the fixed point over 2e(M − 1)R, of each memory that theorem 5 covers.
  private(set) var points: [(x: Double, y: Double)] = []

  init(random: inout SeededGenerator) {
    let dimension = 8 + random.index(below: 40)
    let count = 2 + random.index(below: 40)
    let beta = 0.25 * exp(3 * random.unit())
    let longest = (4 + 36 * random.unit()) / beta
    let memories = (0..<count).map { _ in
      Sphere.point(
        dimension, radius: longest.squareRoot() * (0.8 + 0.2 * random.unit()), random: &random)
    }
    let network = ModernHopfieldNetwork(storing: memories, beta: beta)
    let largest = network.largestNorm
    // Sums of some tens of numbers up to R.
    let rounding = 1e-13 * largest
    for index in 0..<count {
      let memory = memories[index]
      let recall = network.recalls(from: [memory], tolerance: 1e-15, threads: 1)[0]
      check(recall.energyTrace, largest: largest)
      // Anywhere in the ball, and at its rim.
      let reach = 1 / (2 * beta * largest)
      let away = Sphere.point(dimension, radius: reach * random.unit(), random: &random)
      let state = zip(memory, away).map { $0 + $1 }
      let far = max(distance(state, memory), distance(recall.state, memory))
      let error = distance(network.retrieve([state], threads: 1)[0], memory)
      if error > network.oneStepErrorBound(for: index, distance: far) + rounding { beyondStep += 1 }
      guard network.promisesRetrieval(of: index) else { continue }
      let bound = network.retrievalErrorBound(for: index)
      let gap = distance(recall.state, memory)
      if gap > bound + rounding || (far <= reach && error > bound + rounding) {
        beyondRetrieval += 1
      }
      let factor = 2 * exp(1) * Double(count - 1) * largest
      points.append((beta * network.separation(of: index), gap / factor))
    }
    // Descents from anywhere within the largest norm.
    let start = Sphere.point(dimension, radius: largest * random.unit(), random: &random)
    check(network.recalls(from: [start], threads: 1)[0].energyTrace, largest: largest)
  }

  private mutating func check(_ energies: [Double], largest: Double) {
    let rounding = 1e-13 * largest * largest
    energiesOutside += energies.count { $0 < -rounding || $0 > 2 * largest * largest + rounding }
    raises += zip(energies, energies.dropFirst()).count { $1 > $0 + rounding }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
