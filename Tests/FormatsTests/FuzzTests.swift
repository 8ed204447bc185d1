import Foundation
import HopfieldFormats
import Testing

/// Feeds each reader with mutations of good files: it may accept or refuse, it may not crash, take
/// memory by a size that the file only claims, or refuse in more than one line.
///
/// Every run makes the same few thousand. `FORMATS_FUZZ_SECONDS=120 swift test --filter FuzzTests`
/// goes on for that long with each reader, `FORMATS_FUZZ_SEED` from another beginning; together
/// with `--sanitize=address` it also sees what a crash does not show.
@Suite(.serialized) struct FuzzTests {
  @Test("Mutations of good files do no harm", arguments: ["npy", "npz", "csv", "png"])
  func mutations(kind: String) throws {
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["FORMATS_FUZZ_SECONDS"].flatMap(Double.init)
    let seed = environment["FORMATS_FUZZ_SEED"].flatMap(UInt64.init) ?? 1982
    let seeds = try names(in: fixture("")).filter { $0.hasSuffix("." + kind) }
      .map { try contents(fixture($0)) }.filter { $0.count < 8192 }
    try #require(!seeds.isEmpty)
    var mutator = Mutator(seeds: seeds, words: Mutator.words[kind]!, seed: seed)
    let end = seconds.map { Date.now.addingTimeInterval($0) }
    var rounds = 0
    var accepted = 0
    while end.map({ Date.now < $0 }) ?? (rounds < 1500) {
      let bytes = mutator.next()
      do throws(FormatError) {
        let array = try parse(bytes, as: "fuzz." + kind)
        accepted += 1
        #expect(array.shape.reduce(1, *) == array.count)
        _ = array.firstNonFinite()
        _ = array.distinctValues(limit: 3)
        _ = array.signs(above: 0.5)
        mutator.keep(bytes)
      } catch {
        if error.category != .badData || error.description.contains(where: \.isNewline) {
          Issue.record("\(error)")
        }
      }
      rounds += 1
    }
    #expect(accepted > rounds / 1000, "\(accepted) of \(rounds) were accepted")
    if seconds != nil { print("\(kind): \(rounds) files, \(accepted) of them accepted") }
  }
}

/// Makes damaged files of good ones: a few changes of bits, bytes, runs and numbers at a time.
struct Mutator {
  private var seeds: [[UInt8]]
  private let originals: Int
  private let words: [[UInt8]]
  private var generator: TestGenerator

  init(seeds: [[UInt8]], words: [String], seed: UInt64) {
    self.seeds = seeds
    originals = seeds.count
    self.words = words.map { Array($0.utf8) }
    generator = TestGenerator(seed: seed)
  }

  /// Words that mean something in the format, to be put where others were.
  static let words: [String: [String]] = [
    "npy": [
      "'descr'", "'fortran_order'", "'shape'", "True", "False", "(", ")", ",", "{", "}", "[", "]",
      "'", "L",
      "'<f16'", "'>f8'", "'|b1'", "'<f2'", "9223372036854775807", "4611686018427387904",
      "4294967296", "0", "-1",
    ],
    "npz": [
      "PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}", "PK\u{6}\u{6}", "PK\u{6}\u{7}", ".npy",
      "\u{1}\0",
    ],
    "csv": [
      ",", ";", "\t", "\n", "\r\n", " ", "\"", "#", "nan", "-inf", "1e999", "1e-999", "e", ".", "-",
      "+", "0x1p3",
      "9007199254740993", "00000000000000000000000000", "\u{FEFF}", "\0",
    ],
    "png": [
      "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "iCCP", "sRGB", "zTXt", "iTXt", "bKGD",
      "sBIT", "acTL",
    ],
  ]

  /// Adds a file to those that later ones are made of.
  mutating func keep(_ bytes: [UInt8]) {
    if bytes.count > 8192 { return }
    if seeds.count < originals + 256 {
      seeds.append(bytes)
    } else {
      seeds[originals + generator.below(256)] = bytes
    }
  }

  mutating func next() -> [UInt8] {
    var bytes = seeds[generator.below(generator.below(4) == 0 ? seeds.count : originals)]
    for _ in 0...generator.below(4) where !bytes.isEmpty { change(&bytes) }
    return generator.below(2) == 0 ? withChecksums(bytes) : bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    // Headers are where sizes stand, so half of the changes go to the first hundred bytes.
    let reach = generator.below(2) == 0 ? min(bytes.count, 100) : bytes.count
    let place = generator.below(reach)
    switch generator.below(9) {
    case 0: bytes[place] ^= 1 << UInt8(generator.below(8))
    case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.below(16)))
    case 3:
      let other = seeds[generator.below(originals)]
      let start = generator.below(other.count)
      bytes.insert(
        contentsOf: other[start..<min(other.count, start + 1 + generator.below(64))], at: place)
    case 4: bytes.removeSubrange(place...)
    case 5:
      let extremes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF]
      for index in place..<min(bytes.count, place + [1, 2, 4, 8][generator.below(4)]) {
        bytes[index] = extremes[generator.below(5)]
      }
    case 6:
      let word = words[generator.below(words.count)]
      bytes.replaceSubrange(
        place..<min(bytes.count, place + generator.below(2) * word.count), with: word)
    case 7:  // a number in digits becomes another
      if let digit = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) {
        bytes.replaceSubrange(
          digit...digit, with: String(generator.next() >> UInt64(generator.below(64))).utf8)
      }
    default:
      let start = generator.below(bytes.count)
      let run = bytes[start..<min(bytes.count, start + 1 + generator.below(32))]
      bytes.replaceSubrange(place..<min(bytes.count, place + run.count), with: run)
    }
  }

  /// The same file with right checksums in its PNG chunks, so that damage gets behind them.
  private func withChecksums(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return bytes }
    var bytes = bytes
    var start = 8
    while start + 12 <= bytes.count {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = start + 8 + length
      if end + 4 > bytes.count { break }
      bytes.replaceSubrange(end..<end + 4, with: bigEndian(crc32(bytes[start + 4..<end])))
      start = end + 4
    }
    return bytes
  }
}
