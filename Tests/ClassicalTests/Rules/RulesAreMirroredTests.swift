import Foundation
import HopfieldClassical
import Testing

/// A rule that lacks its file, its test, its place in the documentation or in the command line is not done.
@Suite struct RulesAreMirroredTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The file of a rule: its name in camel case; settings of a rule share its file.
  private static func file(of rule: LearningRule) -> String {
    switch rule.name {
    case "projection-diagonal": "Projection"
    case "diluted": "Dilution"
    default: rule.name.split(separator: "-").map(\.capitalized).joined()
    }
  }

  @Test(arguments: LearningRule.all.map(\.name))
  func isWhole(name: String) throws {
    let rule = try #require(LearningRule.named(name))
    let file = Self.file(of: rule)
    let source = try Self.text("Sources/Classical/Rules/\(file).swift")
    for word in ["- Source:", "- Complexity:", "ocal", "ncremental", "///     "] {
      #expect(source.contains(word), "\(file).swift does not say '\(word)'")
    }
    #expect(try Self.text("Tests/ClassicalTests/Rules/\(file)Tests.swift").contains("@Test"))
    let article = try Self.text("Sources/Hopfield/Hopfield.docc/WhichRule.md")
    #expect(article.contains("| `\(name)` |"), "no line in the table of WhichRule.md")
    let checks = try Self.text("Tests/CommandLineContract/checks/rules.bash")
    #expect(checks.contains("\n  \(name)"), "no line in the contract's checks of rules")
    #expect(rule.source.contains(#/ (19|20)\d\d$/#), "a source without a year")
  }
}
