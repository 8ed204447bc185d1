/// Patterns as text and as pictures in a terminal.
extension Pattern: CustomStringConvertible {
  /// Spins from text: `#`, `+`, `1`, `X`, `x`, `@`, `*` and `█` are +1; `.`, `-`, `0`, `_`, `·` and
  /// a blank are -1; line ends are skipped.
  ///
  /// Nil for any other character or for no spin at all.
  ///
  ///     let letter = Pattern(text: """
  ///       ####.
  ///       #....
  ///       ####.
  ///       """)
  public init?(text: String) {
    var ups: [Bool] = []
    for character in text where !character.isNewline {
      switch character {
      case "#", "+", "1", "X", "x", "@", "*", "█": ups.append(true)
      case ".", "-", "0", "_", "·", " ": ups.append(false)
      default: return nil
      }
    }
    guard !ups.isEmpty else { return nil }
    self.init(size: ups.count) { ups[$0] }
  }

  /// The spins as `+` and `-`, site 0 first.
  public var description: String {
    String(spins.map { $0 > 0 ? "+" : "-" as Character })
  }

  /// The spins as lines of `#` and `.`, `width` to a line: what `init(text:)` reads.
  public func text(width: Int) -> String {
    lines(width: width, rows: 1) { $0[0] ? "#" : "." }.joined(separator: "\n")
  }

  /// A picture for a terminal, two rows of spins to a line of text: the lines, each as wide as the
  /// pattern.
  ///
  ///     for line in digit.picture(width: 16) { print(line) }
  public func picture(width: Int) -> [String] {
    lines(width: width, rows: 2) { up in
      switch (up[0], up.count > 1 && up[1]) {
      case (true, true): "█"
      case (true, false): "▀"
      case (false, true): "▄"
      case (false, false): " "
      }
    }
  }

  private func lines(width: Int, rows: Int, character: ([Bool]) -> Character) -> [String] {
    precondition(width > 0, "a width of \(width)")
    return stride(from: 0, to: size, by: width * rows).map { first in
      String(
        (first..<min(first + width, size)).map { i in
          character((0..<rows).map { i + $0 * width }.filter { $0 < size }.map { self[$0] > 0 })
        })
    }
  }
}
