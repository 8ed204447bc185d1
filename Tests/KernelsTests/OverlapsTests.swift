import HopfieldKernels
import HopfieldPatterns
import Testing

@Suite struct OverlapsTests {
  @Test("Overlaps are sums over sites, at every odd size, empty slots at zero")
  func counted() {
    for (neurons, patterns) in TiledPatterns.allSizes {
      var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 1)
      let state = twin.randomState()
      #expect(
        twin.tiles.overlaps(with: state.words.span, threads: 1) == twin.overlaps(with: state),
        "N = \(neurons), P = \(patterns)")
    }
  }

  @Test("A pattern's overlap with itself is N, with its reverse -N, whatever N is")
  func extremes() {
    for neurons in [1, 2, 63, 64, 65, 127, 128, 129, 9000] {
      let up = Pattern(repeating: 1, size: neurons)
      var tiles = PatternTiles(neurons: neurons, capacity: 2)
      tiles.set(slot: 0, to: up.words.span)
      tiles.set(slot: 1, to: (-up).words.span)
      let overlaps = tiles.overlaps(with: up.words.span, threads: 1)
      #expect(overlaps[0] == Int32(neurons))
      #expect(overlaps[1] == -Int32(neurons))
      #expect(overlaps[2...].allSatisfy { $0 == 0 })
    }
  }

  @Test("Following a state's moves gives the overlaps of the new state")
  func moved() {
    for (neurons, patterns) in TiledPatterns.allSizes {
      var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: patterns % 2 == 0)
      let before = twin.randomState()
      let after = twin.randomState()
      var overlaps = twin.overlaps(with: before)
      twin.tiles.move(&overlaps, from: before.words.span, to: after.words.span, threads: 2)
      #expect(overlaps == twin.overlaps(with: after), "N = \(neurons), P = \(patterns)")
    }
  }

  @Test("A flip changes each overlap by two, and empty slots by nothing")
  func flipped() {
    for (neurons, patterns) in TiledPatterns.allSizes {
      var twin = TiledPatterns(neurons: neurons, patterns: patterns, holes: true)
      var state = twin.randomState()
      var overlaps = twin.overlaps(with: state)
      for neuron in Set([0, neurons / 2, neurons - 1]) {
        state[neuron] = -state[neuron]
        twin.tiles.flip(&overlaps, neuron: neuron, to: state[neuron])
      }
      #expect(overlaps == twin.overlaps(with: state), "N = \(neurons), P = \(patterns)")
    }
  }
}
