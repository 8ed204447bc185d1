internal import Hopfield

/// The handwritten digits that are shipped with the program: 20 of each class.
enum SemeionDigits {
  static let width = 16

  /// All digits with their classes, 0 to 9 and 20 of each.
  static let all: [(label: Int, pattern: Pattern)] = {
    let bytes = PackageResources.semeion_bits
    let size = width * width
    return (0..<bytes.count * 8 / size).map { digit in
      let pattern = Pattern(size: size) { i in
        bytes[(digit * size + i) / 8] >> (7 - i % 8) & 1 == 1
      }
      return (digit / 20, pattern)
    }
  }()

  /// A dozen as they come: the first of each class, and the second of the classes 0 and 1.
  static let dozen = (0..<10).map { all[$0 * 20] } + [all[1], all[21]]

  /// `count` digits of different classes with small mutual overlaps: the pair of smallest |overlap|
  /// first, then, again and again, the digit whose largest |overlap| with the chosen ones is least.
  static func dissimilar(_ count: Int) -> [(label: Int, pattern: Pattern)] {
    func worst(_ candidate: Int, _ chosen: [Int]) -> Int {
      chosen.map { abs(all[$0].pattern.dot(all[candidate].pattern)) }.max() ?? 0
    }
    var chosen: [Int] = []
    var least = Int.max
    for a in all.indices {
      for b in a + 1..<all.count where all[a].label != all[b].label {
        let overlap = worst(b, [a])
        if overlap < least { (least, chosen) = (overlap, [a, b]) }
      }
    }
    while chosen.count < count {
      let others = all.indices.filter { d in !chosen.contains { all[$0].label == all[d].label } }
      chosen.append(others.min { worst($0, chosen) < worst($1, chosen) }!)
    }
    return chosen.prefix(count).map { all[$0] }
  }
}
