import HopfieldPatterns
import Testing

@Suite struct TextTests {
  @Test("Text of every width reads back as the same pattern")
  func roundTrip() {
    var generator = SeededGenerator(seed: 9)
    for size in [1, 7, 64, 65, 100] {
      let pattern = Pattern.random(size: size, using: &generator)
      #expect(Pattern(text: pattern.description) == pattern)
      for width in [1, 3, 10, 64, 1000] {
        #expect(Pattern(text: pattern.text(width: width)) == pattern)
      }
    }
  }

  @Test("All the marks are read, line ends skipped, anything else refused")
  func marks() {
    #expect(Pattern(text: "#+1Xx@*█") == Pattern(repeating: 1, size: 8))
    #expect(Pattern(text: ".-0_· ") == Pattern(repeating: -1, size: 6))
    #expect(Pattern(text: "#.\r\n.#\n") == Pattern([1, -1, -1, 1]))
    #expect(Pattern(text: "#?#") == nil)
    #expect(Pattern(text: "") == nil)
    #expect(Pattern(text: "\n\n") == nil)
  }

  @Test("Site 0 stands first, rows are lines")
  func layout() {
    let pattern = Pattern([1, -1, -1, 1, 1])
    #expect(pattern.description == "+--++")
    #expect(pattern.text(width: 2) == "#.\n.#\n#")
  }

  @Test("A picture has two rows of spins to a line, each as wide as the pattern")
  func picture() {
    let pattern = Pattern([1, 1, -1, -1, 1, -1, 1, -1, 1, 1, -1, -1])
    #expect(pattern.picture(width: 4) == ["█▀▄ ", "▀▀  "])
    #expect(Pattern([1, -1, 1]).picture(width: 2) == ["█ "])
    for (size, width, rows) in [(256, 16, 8), (105, 7, 8), (5, 10, 1)] {
      let lines = Pattern(repeating: 1, size: size).picture(width: width)
      #expect(lines.count == rows)
      #expect(lines.allSatisfy { $0.count == min(width, size) })
    }
  }
}
