import HopfieldPatterns
import Testing

@Suite struct CueTests {
  private let pattern = Pattern([1, -1, 1, -1, 1, 1])

  @Test("A plain cue knows all its sites and holds none")
  func plain() {
    let cue = Cue(pattern)
    #expect(cue.size == 6)
    #expect(cue.known == nil)
    #expect(cue.knownSites == [0, 1, 2, 3, 4, 5])
    #expect(!cue.isClamped)
    #expect(cue.frozenWords == nil)
  }

  @Test("Known sites by rule and by mask are the same cue")
  func masks() {
    let byRule = Cue(pattern, known: { $0 < 3 })
    let byMask = Cue(pattern, known: Pattern([1, 1, 1, 0, 0, 0]))
    #expect(byRule == byMask)
    #expect(byRule.knownSites == [0, 1, 2])
    #expect(byRule.frozenWords == nil)
    #expect(Cue(pattern, known: { _ in false }).knownSites.isEmpty)
  }

  @Test("Clamping holds the known sites and no other")
  func clamped() {
    let cue = Cue(pattern, known: { $0 % 2 == 0 }, clampingKnown: true)
    #expect(cue.isClamped)
    #expect(cue.frozenWords == [0b010101])
    #expect(cue != Cue(pattern, known: { $0 % 2 == 0 }))
    let all = Cue(Pattern(repeating: -1, size: 70), known: { _ in true }, clampingKnown: true)
    #expect(all.frozenWords == [.max, 0b111111])
  }
}
