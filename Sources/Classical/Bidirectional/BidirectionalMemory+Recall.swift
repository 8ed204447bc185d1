public import HopfieldEnergy
internal import HopfieldKernels
public import HopfieldPatterns

/// Recall from either layer, or from both.
extension BidirectionalMemory {
  /// What a pattern on the x layer calls up.
  ///
  ///     print(memory.recall(fromX: question).state.y)
  ///
  /// The y layer starts with all spins at +1, where a zero field leaves them.
  public func recall(fromX x: Pattern, maxSteps: Int = 1000) -> Recall<PatternPair> {
    let up = Pattern(repeating: 1, size: ySize)
    return recall(from: PatternPair(x: x, y: up), maxSteps: maxSteps)
  }

  /// What a pattern on the y layer calls up.
  ///
  /// The x layer starts with all spins at +1, and is updated first.
  public func recall(fromY y: Pattern, maxSteps: Int = 1000) -> Recall<PatternPair> {
    let up = Pattern(repeating: 1, size: xSize)
    let running = running(from: PatternPair(x: up, y: y), first: .x)
    var descent = Descent(of: self, from: running)
    return descent.finish(maxSteps: maxSteps)
  }

  /// A recall about to start from `state`: each step updates y from x, then x from y.
  public func start(from state: PatternPair) -> BidirectionalRecall {
    running(from: state, first: .y)
  }

  private func running(
    from state: PatternPair, first: BidirectionalRecall.Layer
  ) -> BidirectionalRecall {
    precondition(
      state.x.size == xSize && state.y.size == ySize,
      "a state of \(state.x.size) and \(state.y.size) spins for \(xSize) and \(ySize) neurons")
    return BidirectionalRecall(self, state: state, first: first)
  }

  public func descend(_ running: inout BidirectionalRecall) -> Step { running.step() }

  /// What the present state is among the stored pairs, by its overlap over both layers.
  public func identity(of running: BidirectionalRecall) -> Identity { identity(of: running.state) }

  /// What `state` is among the stored pairs, by its overlap over both layers.
  ///
  /// - Complexity: O(P (n + m)).
  public func identity(of state: PatternPair) -> Identity {
    let threads = Parallel.processors
    let overlaps = zip(
      xPatterns.tiles.overlaps(with: state.x.words.span, threads: threads),
      yPatterns.tiles.overlaps(with: state.y.words.span, threads: threads)
    ).map { $0 + $1 }
    let size = xSize + ySize
    return Identity(overlaps: overlaps, size: size, isStored: xPatterns.contains) { parts in
      let signs = parts.map { (pattern: $0.pattern, sign: Int($0.weight)) }
      return size - xPatterns.mixture(of: signs).distance(to: state.x)
        - yPatterns.mixture(of: signs).distance(to: state.y)
    }
  }
}
