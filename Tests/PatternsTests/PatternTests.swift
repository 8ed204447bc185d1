import HopfieldPatterns
import TestSupport
import Testing

@Suite struct PatternTests {
  static let sizes = [1, 31, 63, 64, 65, 100, 128, 1000]

  @Test("Spins come back as given, from -1/+1, 0/1, words and a rule", arguments: sizes)
  func spins(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let ups = (0..<size).map { _ in generator.next() % 2 == 0 }
    let pattern = Pattern(size: size) { ups[$0] }
    #expect(pattern.size == size)
    #expect(pattern.spins == ups.map { $0 ? 1 : -1 })
    #expect((0..<size).allSatisfy { pattern[$0] == (ups[$0] ? 1 : -1) })
    #expect(pattern.upCount == ups.count { $0 })
    #expect(Pattern(ups.map { $0 ? 1 : -1 }) == pattern)
    #expect(Pattern(ups.map { $0 ? 1.0 : 0 }) == pattern)
    #expect(Pattern(words: pattern.words, size: size) == pattern)
    #expect(Pattern(pattern.spins).hashValue == pattern.hashValue)
  }

  @Test("Bits beyond the last spin are never set", arguments: sizes)
  func padding(size: Int) {
    let up = Pattern(repeating: 1, size: size)
    let words = [UInt64](repeating: .max, count: (size + 63) / 64)
    #expect(Pattern(words: words, size: size) == up)
    #expect(-Pattern(repeating: -1, size: size) == up)
    #expect(up.upCount == size)
    #expect((-up).words.allSatisfy { $0 == 0 })
    #expect(up.gauged(by: -up).words.allSatisfy { $0 == 0 })
  }

  @Test("Spins are set one by one; positive numbers are up, zero is down")
  func setting() {
    var pattern = Pattern([3, 0, -2, 0.5])
    #expect(pattern.spins == [1, -1, -1, 1])
    pattern[1] = 1
    pattern[3] = -1
    #expect(pattern.spins == [1, 1, -1, -1])
    #expect(-(-pattern) == pattern)
  }

  @Test("Random patterns take 64 spins a draw, lowest bit first")
  func random() {
    var drawn = SeededGenerator(seed: 3)
    var raw = drawn
    let pattern = Pattern.random(size: 100, using: &drawn)
    let words = [raw.next(), raw.next()]
    #expect((0..<100).allSatisfy { pattern[$0] == (words[$0 / 64] >> ($0 % 64) & 1 == 1 ? 1 : -1) })
    #expect(drawn == raw)
  }

  @Test("A size that differs, or a spin that is none, names both numbers and stops")
  func misuse() async {
    let overlap = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Pattern([1, -1]).dot(Pattern([1, 1, 1]))
    }
    let message = String(decoding: overlap?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("patterns of 2 and of 3 spins"))
  }

  @Test("Files write states with site 0 first, small ones as an integer")
  func conventions() {
    #expect(Pattern(hex: "9c", size: 6).spins == [1, -1, -1, 1, 1, 1])
    #expect(Pattern(hex: "9c", size: 6).hex == "9c")
    #expect(Pattern(index: 5, size: 4).spins == [1, -1, 1, -1])
    #expect(Pattern(index: 5, size: 4).index == 5)
  }
}

@Suite struct OverlapTests {
  @Test("Dot product, overlap and distance are sums over sites", arguments: PatternTests.sizes)
  func sums(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let a = Pattern.random(size: size, using: &generator)
    let b = Pattern.random(size: size, using: &generator)
    let dot = zip(a.spins, b.spins).reduce(0) { $0 + Int($1.0) * Int($1.1) }
    #expect(a.dot(b) == dot)
    #expect(a.overlap(with: b) == Double(dot) / Double(size))
    #expect(a.distance(to: b) == zip(a.spins, b.spins).count { $0 != $1 })
    #expect(a.dot(a) == size && a.dot(-a) == -size)
    #expect(a.overlap(with: a) == 1 && a.overlap(with: -a) == -1)
  }

  @Test("The gauge multiplies site by site, twice is none, and overlaps do not see it")
  func gauge() {
    var generator = SeededGenerator(seed: 5)
    let (a, b, signs) = (
      Pattern.random(size: 100, using: &generator), Pattern.random(size: 100, using: &generator),
      Pattern.random(size: 100, using: &generator)
    )
    #expect(a.gauged(by: signs).spins == zip(a.spins, signs.spins).map { $0 * $1 })
    #expect(a.gauged(by: signs).gauged(by: signs) == a)
    #expect(a.gauged(by: signs).dot(b.gauged(by: signs)) == a.dot(b))
  }
}
