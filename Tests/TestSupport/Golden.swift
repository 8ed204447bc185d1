internal import Foundation
package import HopfieldPatterns

/// The reference numbers of `Tests/TestSupport/Golden`, and the conventions they are written in
/// (see the README there).
package enum Golden {
  /// Decodes a file of the folder.
  ///
  ///     struct File: Decodable { let instances: [Instance] }
  ///     let file = Golden.load(File.self, from: "dam")
  package static func load<Value: Decodable>(
    _ type: Value.Type = Value.self, from name: String
  ) -> Value {
    do {
      return try JSONDecoder().decode(type, from: data(of: name))
    } catch {
      fatalError("\(name).json: \(error)")
    }
  }

  /// The numbers of a block of a file, by name.
  ///
  ///     let alpha = Golden.numbers(of: "critical_T0", in: "ags_meanfield")["alpha_c"]!
  package static func numbers(of block: String, in name: String) -> [String: Double] {
    doubles(self.block(block, in: name))
  }

  /// The rows of a table in a block of a file, each with its numbers by name.
  ///
  ///     for row in Golden.rows("grid", of: "one_step_error", in: "capacity") { row["alpha"]! }
  package static func rows(
    _ table: String, of block: String, in name: String
  ) -> [[String: Double]] {
    guard let rows = self.block(block, in: name)[table] as? [[String: Any]] else {
      fatalError("\(name).json: no table \(table) in \(block)")
    }
    return rows.map(doubles)
  }

  private static func data(of name: String) throws -> Data {
    try Data(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/\(name).json"))
  }

  private static func block(_ block: String, in name: String) -> [String: Any] {
    let file = try? JSONSerialization.jsonObject(with: data(of: name)) as? [String: Any]
    guard let found = file?[block] as? [String: Any] else {
      fatalError("\(name).json: no block \(block)")
    }
    return found
  }

  private static func doubles(_ values: [String: Any]) -> [String: Double] {
    values.compactMapValues { ($0 as? NSNumber)?.doubleValue }
  }

  /// `patterns(seed, p, N)`: the top bit of one draw a spin, pattern after pattern.
  package static func patterns(seed: UInt64, count: Int, size: Int) -> [Pattern] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      Pattern((0..<size).map { _ in generator.next() >> 63 == 1 ? 1 : -1 })
    }
  }

  /// `distinct(seed, N, k)`: the sites that damage a cue.
  package static func distinct(seed: UInt64, size: Int, count: Int) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    var sites = Array(0..<size)
    for j in 0..<count {
      sites.swapAt(j, j + Int(generator.next() % UInt64(size - j)))
    }
    return Array(sites[..<count])
  }

  /// Real numbers in [-1, 1): `sym` of the README.
  package static func symmetric(_ generator: inout SeededGenerator) -> Double {
    2 * (Double(generator.next() >> 11) * 0x1p-53) - 1
  }
}

// MARK: - States in files

extension Pattern {
  /// The state of a small network whose bit i is spin i.
  package init(index: Int, size: Int) {
    self.init(size: size) { index >> $0 & 1 == 1 }
  }

  /// The integer whose bit i is spin i.
  package var index: Int {
    (0..<size).reduce(0) { $0 | (self[$1] > 0 ? 1 << $1 : 0) }
  }

  /// The state written in hexadecimal, site 0 first.
  package init(hex: String, size: Int) {
    let digits = hex.map { $0.hexDigitValue! }
    precondition(digits.count == (size + 3) / 4, "\(digits.count) digits for \(size) spins")
    self.init(size: size) { digits[$0 / 4] >> (3 - $0 % 4) & 1 == 1 }
  }

  /// The spins in hexadecimal, site 0 first, padded with zeros.
  package var hex: String {
    stride(from: 0, to: size, by: 4).map { first in
      let digit = (0..<4).reduce(0) { digit, k in
        2 * digit + (first + k < size && self[first + k] > 0 ? 1 : 0)
      }
      return String(digit, radix: 16)
    }.joined()
  }
}
