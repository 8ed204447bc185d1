internal import ArgumentParser
internal import Hopfield
internal import HopfieldFormats

/// `hopfield demo`: handwritten digits, damaged and recalled.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Watch damaged handwritten digits fall back into the stored ones.",
    discussion: """
      The digits are shipped with the program (Semeion, 16 x 16 pixels, two-valued).

      EXAMPLES
        hopfield demo
        hopfield demo --seed 3 --output figures
      """)

  @Option(help: "Also write the pictures, PNG and SVG, to this folder.")
  var output: String?

  @OptionGroup(title: "Run") var common: RunOptions

  func run() throws {
    let demo = Demo(seed: common.seed, threads: common.threads)
    if let output {
      try OutputFolder.make(output)
      try demo.write(to: output)
    }
    if common.json {
      Console.print(demo.json.text)
    } else {
      for line in demo.story { Console.print(line) }
      if let output { Console.print("\nWritten to \(output): digits.png, digits.svg") }
    }
  }
}
