extension Pattern {
  /// sum_i s_i t_i: agreements less disagreements, from -N to N.
  ///
  /// - Complexity: O(N / 64).
  public func dot(_ other: Pattern) -> Int { size - 2 * distance(to: other) }

  /// The overlap m = (1/N) sum_i s_i t_i, from -1 to 1 (Hopfield 1982; Amit, Gutfreund and
  /// Sompolinsky 1985).
  ///
  ///     print(pattern.overlap(with: recall.state))      // 1.0
  ///
  /// - Complexity: O(N / 64).
  public func overlap(with other: Pattern) -> Double { Double(dot(other)) / Double(size) }

  /// The Hamming distance: the number of sites at which the two differ.
  ///
  /// - Complexity: O(N / 64).
  public func distance(to other: Pattern) -> Int {
    precondition(size == other.size, "patterns of \(size) and of \(other.size) spins")
    return zip(words, other.words).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
  }

  /// The site-wise product s_i t_i: +1 where the two agree.
  ///
  /// Multiplying patterns and states by one pattern is the Mattis gauge transformation, which
  /// leaves Hebbian energies as they are.
  ///
  /// - Source: Mattis 1976.
  public func gauged(by other: Pattern) -> Pattern {
    precondition(size == other.size, "patterns of \(size) and of \(other.size) spins")
    return Pattern(words: zip(words, other.words).map { ~($0 ^ $1) }, size: size)
  }
}
