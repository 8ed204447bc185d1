internal import Hopfield
internal import HopfieldFormats

/// How the numbers of files become spins.
///
/// Two-valued data of any two values is spins, the larger value of the memory being +1; constant
/// data is +1 for 1 and 255 and -1 for 0 and -1; grey data needs a threshold.
struct SpinEncoding {
  private enum Rule {
    /// The memory's values, ascending: one or two.
    case twoValued([Double])
    case threshold(Double)
  }

  private let rule: Rule
  private let memory: MemoryFile

  /// The encoding of `memory`, with a threshold if one was asked for.
  init(of memory: MemoryFile, threshold: Threshold?) throws {
    self.memory = memory
    guard case .array(let memory) = memory else {
      rule = .twoValued([0, 1])
      return
    }
    switch threshold {
    case .value(let value): rule = .threshold(value)
    case .otsu: rule = .threshold(try Self.otsu(memory))
    case nil:
      guard let values = memory.values.distinctValues(limit: 2) else {
        throw CommandError.data(
          memory.file,
          "grey data (more than two values): give --threshold, or --model modern")
      }
      if values.count == 1 { _ = try Self.split(ofConstant: values[0], in: memory.file) }
      rule = .twoValued(values)
    }
  }

  /// The patterns of the memory, a block of rows at a time.
  func patterns() throws -> PatternSet {
    switch memory {
    case .packed(let packed): return try packed.patterns()
    case .array(let dataset):
      let split = try memorySplit(in: dataset.file)
      let values = dataset.values.reshaped(to: [dataset.count, dataset.size])
      var patterns = PatternSet(size: dataset.size, capacity: dataset.count)
      // Blocks of about a quarter of a million spins, which stay in the cache, in whole groups of 16
      // patterns.
      let rows = max(16, (1 << 18) / dataset.size / 16 * 16)
      for first in stride(from: 0, to: dataset.count, by: rows) {
        let block = values.rows(first..<min(first + rows, dataset.count))
        patterns.append(rows: block.signs(above: split))
      }
      return patterns
    }
  }

  /// The cues, with what `unknown` adds to the sites that their zeros leave open.
  func cues(from dataset: Dataset, known: [Pattern]?, clamped: Bool) throws -> [Cue] {
    if case .packed(let packed) = memory, packed.isFormOf(dataset) {
      return packed.patterns(of: dataset).enumerated().map { c, pattern in
        cue(pattern, known: known.map { $0[$0.count == 1 ? 0 : c] }, clamped: clamped)
      }
    }
    try dataset.requireSize(memory.size, of: memory.file)
    let size = dataset.size
    let zeros = try zerosAreUnknown(in: dataset)
    let spins = dataset.values.signs(above: zeros ? 0 : try split(for: dataset))
    let present = zeros ? dataset.values.magnitudes() : nil
    return (0..<dataset.count).map { c in
      let row = c * size..<(c + 1) * size
      let pattern = Pattern(spins[row])
      let given = known.map { $0[$0.count == 1 ? 0 : c] }
      guard let present else { return cue(pattern, known: given, clamped: clamped) }
      let mask = Pattern(size: size) { present[c * size + $0] > 0 && (given?[$0] ?? 1) > 0 }
      return Cue(pattern, known: mask, clampingKnown: clamped)
    }
  }

  // MARK: - Parts

  private func cue(_ pattern: Pattern, known: Pattern?, clamped: Bool) -> Cue {
    known.map { Cue(pattern, known: $0, clampingKnown: clamped) } ?? Cue(pattern)
  }

  /// The number above which a value of the memory is +1: its values are known already.
  private func memorySplit(in file: String) throws -> Double {
    switch rule {
    case .threshold(let value): value
    case .twoValued(let own):
      own.count == 2 ? own[0] : try Self.split(ofConstant: own[0], in: file)
    }
  }

  /// The number above which a value of the cues `dataset` is +1.
  private func split(for dataset: Dataset) throws -> Double {
    switch rule {
    case .threshold(let value): return value
    case .twoValued(let own):
      let values = dataset.values.distinctValues(limit: 2)
      if let values, values.allSatisfy(own.contains) {
        return try memorySplit(in: dataset.file)
      }
      switch values?.count {
      case 2: return values![0]
      case 1: return try Self.split(ofConstant: values![0], in: dataset.file)
      default:
        throw CommandError.data(
          dataset.file, "more than two values for a memory of spins: give --threshold")
      }
    }
  }

  /// Whether the values are -1, 0 and +1, of which 0 says unknown.
  private func zerosAreUnknown(in dataset: Dataset) throws -> Bool {
    guard case .twoValued = rule else { return false }
    return dataset.values.distinctValues(limit: 3) == [-1, 0, 1]
  }

  private static func split(ofConstant value: Double, in file: String) throws -> Double {
    switch value {
    case 1, 255: return value - 1
    case -1, 0: return value
    default:
      throw CommandError.data(
        file, "every number is \(value): neither 1 or 255 (up) nor 0 or -1 (down)")
    }
  }

  /// The threshold that separates dark from light best: it maximises the variance between the two
  /// classes (Otsu 1979).
  ///
  /// Levels are the values themselves, up to 65536 of them, else 256 bins.
  static func otsu(_ dataset: Dataset) throws -> Double {
    let values = dataset.values.doubles().sorted()
    var levels: [(value: Double, count: Int)] = []
    for value in values {
      if levels.last?.value == value {
        levels[levels.count - 1].count += 1
      } else {
        levels.append((value, 1))
      }
    }
    guard levels.count > 1 else {
      throw CommandError.data(dataset.file, "every number is \(values[0]): Otsu needs two")
    }
    if levels.count > 65536 {
      let low = values[0], width = (values[values.count - 1] - values[0]) / 256
      var counts = [Int](repeating: 0, count: 256)
      for value in values { counts[min(255, Int((value - low) / width))] += 1 }
      levels = counts.enumerated().map { (low + (Double($0) + 0.5) * width, $1) }
    }
    let total = Double(values.count)
    let mean = levels.reduce(0) { $0 + $1.value * Double($1.count) } / total
    var below = 0.0
    var sumBelow = 0.0
    var best = (threshold: levels[0].value, variance: -1.0)
    for level in levels.dropLast() {
      below += Double(level.count)
      sumBelow += level.value * Double(level.count)
      guard below > 0, below < total else { continue }
      // The variance between the classes, times total^2.
      let difference = mean * below - sumBelow
      let variance = difference * difference / (below * (total - below))
      if variance > best.variance { best = (level.value, variance) }
    }
    return best.threshold
  }
}

extension NumericArray {
  /// 1 where a number is not zero, 0 elsewhere.
  fileprivate func magnitudes() -> [Int8] {
    zip(signs(above: 0), signs(above: -0.5)).map { $0 > 0 || $1 < 0 ? 1 : 0 }
  }
}
