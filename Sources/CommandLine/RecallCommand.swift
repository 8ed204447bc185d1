internal import ArgumentParser
internal import HopfieldFormats

/// `hopfield recall`: what a memory makes of damaged and partial cues.
struct RecallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall",
    abstract: "Recall stored patterns from damaged or partial cues.",
    discussion: """
      MEMORY and --cues: .npy, .npz (or file.npz:name), .csv, .png or a folder of PNGs; one pattern a \
      row, or P x H x W. Two-valued data is spins (the larger value is +1); in cues of -1, 0, +1 a \
      zero is an unknown site. Grey data needs --threshold.

      EXAMPLES
        hopfield recall digits.npy --cues digits.npy --noise 0.2 --output out.png
        hopfield recall faces/ --cues torn.png --threshold otsu --json
        hopfield recall m.npy --cues c.npy --known mask.npy --clamp
        hopfield recall m.npy --cues c.npy --dynamics glauber --temperature 0.4
      """)

  @Argument(help: "The patterns to store.")
  var memory: String

  @Option(help: "The cues to recall from.")
  var cues: String

  @Option(help: "Write the recalled states, one row a cue: .npy, .npz, .csv, .png or a folder.")
  var output: String?

  @Option(help: "Write the JSON report to this file.")
  var report: String?

  @OptionGroup(title: "Model") var options: RecallOptions

  @Option(parsing: .unconditional, help: "Flip this fraction of the known sites of each cue first.")
  var noise: Double?

  @Option(help: "Sites that are known: (N) or (C, N) of 0/1.")
  var known: String?

  @Flag(help: "Hold the known sites.")
  var clamp = false

  @Option(parsing: .unconditional, help: "Grey data becomes spins: +1 above this number, or otsu.")
  var threshold: Threshold?

  @Option(
    parsing: .unconditional,
    help: "MEMORY is rows of this many spins as packed bits (numpy.packbits), read in blocks.")
  var packed: Int?

  @OptionGroup(title: "Run") var common: RunOptions

  func validate() throws {
    if let noise, !(noise >= 0 && noise <= 1) {
      throw ValidationError("--noise \(noise) is not between 0 and 1")
    }
    if let packed, !(packed > 0 && packed < 1 << 30) {
      throw ValidationError("--packed \(packed) is not between 1 and 2^30 - 1")
    }
    if packed != nil, threshold != nil {
      throw ValidationError("--packed bits need no --threshold")
    }
    if clamp, known == nil { throw ValidationError("--clamp needs --known") }
  }

  func run() throws {
    let writer = try output.map { try StateWriter(path: $0) }
    if let report, report.isEmpty { throw CommandError.usage("--report has no file name") }
    let clock = ContinuousClock()
    let start = clock.now
    let request = try RecallRequest(
      memory: MemoryFile(reading: memory, packed: packed), cues: Dataset(reading: cues),
      known: known.map { try Dataset(reading: $0) }, command: self)
    let loaded = (clock.now - start).seconds
    var result = try request.answer()
    result.seconds.load += loaded
    try writer?.write(result.states, picture: request.picture)
    let json = result.json.text + "\n"
    if let report { try OutputFile.write(Array(json.utf8), to: report) }
    if common.json {
      Console.print(result.json.text)
    } else {
      for line in result.table { Console.print(line) }
    }
  }
}
