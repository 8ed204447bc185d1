import Foundation
import HopfieldFormats

extension DamagedFile {
  static let all = npy + npz + csv + png + others

  private static func header(_ words: String, _ text: String, _ damage: String = "header")
    -> DamagedFile
  {
    DamagedFile("\(damage) \(text.prefix(60))", "a.npy", npyFile(text, data: 24), words)
  }

  private static func shape(_ shape: String, _ words: String) -> DamagedFile {
    header(words, "{'descr': '<i4', 'fortran_order': False, 'shape': \(shape), }", "shape")
  }

  private static func type(_ descriptor: String, _ words: String) -> DamagedFile {
    header(words, "{'descr': \(descriptor), 'fortran_order': False, 'shape': (2, 3), }", "type")
  }

  private static let good = "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }"

  private static let npy: [DamagedFile] =
    [
      DamagedFile("empty", "a.npy", [], "empty"),
      DamagedFile("text", "a.npy", Array("1,2\n".utf8), "not a .npy file"),
      DamagedFile("wrong magic", "a.npy", [0x93] + "NUMPX".utf8 + [1, 0, 0, 0], "not a .npy file"),
      DamagedFile("version 0", "a.npy", changed(npyFile(good, data: 24), 6, to: 0), "version 0.0"),
      DamagedFile("version 4", "a.npy", changed(npyFile(good, data: 24), 6, to: 4), "version 4.0"),
      DamagedFile(
        "version 1.1", "a.npy", changed(npyFile(good, data: 24), 7, to: 1), "version 1.1"),
      DamagedFile(
        "version 2 of 4 GB", "a.npy", [0x93] + "NUMPY".utf8 + [2, 0, 255, 255, 255, 255], "header"),
      DamagedFile("no header", "a.npy", npyFile(""), "ends early"),
      DamagedFile(
        "header longer than the file", "a.npy", changed(npyFile(good), 9, to: 255), "ends early"),
      DamagedFile(
        "one byte too few", "a.npy", npyFile(good, data: 23),
        "needs 24 bytes of data, the file has 23"),
      DamagedFile("one byte too many", "a.npy", npyFile(good, data: 25), "1 bytes follow"),
      DamagedFile("no data", "a.npy", npyFile(good), "the file has 0"),
      shape("(9223372036854775807,)", "larger than any file"),
      shape("(4294967296, 4294967296)", "larger than any file"),
      shape("(0, 9223372036854775807, 9223372036854775807)", "larger than any file"),
      shape("(2305843009213693952,)", "larger than any file"),
      shape("(1152921504606846977,)", "larger than any file"),
      shape("(99999999999999999999,)", "no integer of 64 bits"),
      shape("(288230376151711743,)", "larger than any file"),
      shape("(1000000000,)", "needs 4000000000 bytes"),
      shape("(-2, -3)", "from 0 up"),
      shape("(6)", "a tuple"),
      shape("6", "a tuple"),
      shape("[2, 3]", "a tuple"),
      shape("(2.0, 3)", "lacks a comma"),
      shape("(2, True)", "from 0 up"),
      shape("(2, '3')", "from 0 up"),
      shape("(2, 3", "unexpected"),
      shape("(,)", "unexpected"),
      shape("(2,, 3)", "unexpected"),
      shape("(2 3)", "lacks a comma"),
      shape("(1+1, 3)", "lacks a comma"),
      shape("(--2, 3)", "no integer"),
      shape("(\(Array(repeating: "1", count: 65).joined(separator: ",")),)", "65 axes"),
      shape(String(repeating: "(", count: 500), "nested too deeply"),
      type("'<c8'", "complex numbers"),
      type("'|O'", "Python objects"),
      type("'|S4'", "text"),
      type("'<U4'", "text"),
      type("'|V4'", "records"),
      type("'<M8[ns]'", "dates"),
      type("[('a', '<i4')]", "records"),
      type("'<i3'", "not a type of numbers"),
      type("'<f32'", "not a type of numbers"),
      type("'i'", "not a type of numbers"),
      type("''", "not a type of numbers"),
      type("'<'", "not a type of numbers"),
      type("'!i4'", "not a type of numbers"),
      type("4", "records"),
      type("'<i4\\n'", "escapes"),
      header("nothing", "", "").renamed("an empty header", npyFile("\n", data: 24), "ends early"),
      header("not a dictionary", "(2, 3)"),
      header("lacks 'descr'", "{}"),
      header("lacks 'shape'", "{'descr': '<i4', 'fortran_order': False}"),
      header("lacks 'fortran_order'", "{'descr': '<i4', 'shape': (2, 3)}"),
      header("lacks 'fortran_order'", "{'descr': '<i4', 'fortran_order': 0, 'shape': (2, 3)}"),
      header(
        "unknown key 'extra'",
        "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), 'extra': 1}"),
      header(
        "'shape' twice", "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), 'shape': (6,)}"),
      header("after the header", good + "}"),
      header("after the header", good + "\0"),
      header("no end", "{'descr': '<i4"),
      header("key", "{1: 2}"),
      header("colon", "{'descr' '<i4'}"),
      header("comma", "{'descr': '<i4' 'shape': (2, 3)}"),
      header("unexpected", "{'descr': None, 'fortran_order': false}"),
      header("unexpected", "__import__('os')"),
    ]
    + [
      DamagedFile(
        "binary128 under the name of longdouble", "a.npy",
        npyFile("{'descr': '<f16', 'fortran_order': False, 'shape': (2,)}")
          + [UInt8](repeating: 0, count: 14) + [0xFF, 0x3F] + [UInt8](repeating: 0, count: 14)
          + [0, 0x40], "x86"),
      DamagedFile(
        "an unnormal longdouble", "a.npy",
        npyFile("{'descr': '<f16', 'fortran_order': False, 'shape': (1,)}")
          + [1, 0, 0, 0, 0, 0, 0, 0x40, 0xFF, 0x3F, 0, 0, 0, 0, 0, 0], "x86"),
    ]

  private static let npz: [DamagedFile] = {
    let states = NumericArray(shape: [2, 2], [Int8]([1, -1, -1, 1]))
    let good = NPZ.encode(["a": states, "b": states])
    let deflated = try! contents(fixture("deflated.npz"))
    let directory = find([0x50, 0x4B, 1, 2], in: good)!
    let second = find([0x50, 0x4B, 1, 2], in: good, from: directory + 4)!
    let data = find([0x93] + "NUMPY".utf8, in: good)!
    let deflatedDirectory = find([0x50, 0x4B, 1, 2], in: deflated)!
    let npyEnd = npyFile("{'descr': '|i1', 'fortran_order': False, 'shape': (5,)}", data: 4)
    return [
      DamagedFile("empty", "a.npz", [], "empty"),
      DamagedFile("text", "a.npz", Array("not an archive".utf8), "not a zip archive"),
      DamagedFile("a .npy file", "a.npz", NPY.encode(states), "not a zip archive"),
      DamagedFile(
        "no members", "a.npz", [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18), "no array"),
      DamagedFile(
        "a wrong checksum", "a.npz", changed(good, directory + 16, to: good[directory + 16] ^ 1),
        "CRC"),
      DamagedFile("changed data", "a.npz", changed(good, data + 130, to: 99), "CRC"),
      DamagedFile(
        "an encrypted member", "a.npz", changed(changed(good, directory + 8, to: 1), 6, to: 1),
        "ncrypted"),
      DamagedFile(
        "compressed by bzip2", "a.npz", changed(good, directory + 10, to: 12), "method 12"),
      DamagedFile(
        "a size of 4 GB", "a.npz", changed(good, directory + 24, to: [255, 255, 255, 254]),
        "declares"),
      DamagedFile(
        "two members of one name", "a.npz",
        changed(
          changed(good, second + 46, to: UInt8(ascii: "a")), find(Array("b.npy".utf8), in: good)!,
          to: UInt8(ascii: "a")),
        "two members"),
      DamagedFile(
        "a bomb", "a.npz",
        changed(deflated, deflatedDirectory + 24, to: [255, 255, 255, 127]), "declares"),
      DamagedFile(
        "a size smaller than the data", "a.npz",
        changed(deflated, deflatedDirectory + 24, to: [10, 0, 0, 0]), "entry states.npy"),
      DamagedFile(
        "a member that is text", "a.npz", zip("x.npy", Array("hello".utf8)), "not a .npy"),
      DamagedFile("a member that is too short", "a.npz", zip("x.npy", npyEnd), "needs 5 bytes"),
      DamagedFile("no member ends in .npy", "a.npz", zip("x.txt", npyEnd), "no array"),
    ]
  }()

  private static let csv: [DamagedFile] = [
    DamagedFile("ragged", "a.csv", Array("1,2\n3\n".utf8), "line 2"),
    DamagedFile("binary", "a.csv", [0, 1, 2, 10, 3, 4], "line 2"),
    DamagedFile("UTF-16", "a.csv", [0xFF, 0xFE, 0x31, 0], "UTF-16"),
    DamagedFile(
      "a .npy file", "a.csv", NPY.encode(NumericArray(shape: [2], [Int8]([10, 10]))), "no row"),
    DamagedFile("broken UTF-8", "a.csv", [0x31, 0x0A, 0xC3, 0x28, 0x0A], "line 2"),
  ]

  private static let png: [DamagedFile] = {
    let good = try! contents(fixture("grey8-plain.png"))
    let rgb = try! contents(fixture("color2-8.png"))
    let palette = try! contents(fixture("palette4.png"))
    let idat = find(Array("IDAT".utf8), in: good)!
    func sized(_ width: UInt32, _ height: UInt32) -> [UInt8] {
      let bytes = changed(good, 16, to: bigEndian(width) + bigEndian(height))
      return changed(bytes, 29, to: bigEndian(crc32(bytes[12..<29])))
    }
    func field(_ offset: Int, _ value: UInt8) -> [UInt8] {
      let bytes = changed(good, offset, to: value)
      return changed(bytes, 29, to: bigEndian(crc32(bytes[12..<29])))
    }
    return [
      DamagedFile("empty", "a.png", [], "empty"),
      DamagedFile("a JPEG", "a.png", [0xFF, 0xD8, 0xFF, 0xE0], "not a PNG"),
      DamagedFile("no size", "a.png", sized(0, 9), "damaged PNG"),
      DamagedFile("2^62 pixels", "a.png", sized(0x7FFF_FFFF, 0x7FFF_FFFF), "2^28"),
      DamagedFile("more than 2^31 wide", "a.png", sized(0x8000_0000, 1), "damaged PNG"),
      DamagedFile(
        "2^27 pixels in 200 bytes", "a.png", sized(1 << 14, 1 << 13), "more than its bytes"),
      DamagedFile("more rows than there are", "a.png", sized(13, 10), "damaged PNG"),
      DamagedFile("17 bits", "a.png", field(24, 17), "damaged PNG"),
      DamagedFile("an unknown colour type", "a.png", field(25, 7), "damaged PNG"),
      DamagedFile("an unknown compression", "a.png", field(26, 1), "damaged PNG"),
      DamagedFile("an unknown interlacing", "a.png", field(28, 2), "damaged PNG"),
      DamagedFile(
        "a wrong checksum of the header", "a.png", changed(good, 29, to: good[29] ^ 1),
        "damaged PNG"),
      DamagedFile(
        "changed data", "a.png", changed(good, idat + 20, to: good[idat + 20] ^ 1), "damaged PNG"),
      DamagedFile("no data", "a.png", changed(good, idat, to: Array("IDAX".utf8)), "damaged PNG"),
      DamagedFile(
        "no palette", "a.png",
        changed(palette, find(Array("PLTE".utf8), in: palette)!, to: Array("PLTX".utf8)),
        "damaged PNG"),
      DamagedFile(
        "colour cut in the data", "a.png", Array(rgb.prefix(rgb.count - 20)), "damaged PNG"),
    ]
  }()

  private static let others: [DamagedFile] = [
    DamagedFile("a memory of another room", "a.hopfield", [1], "not built in")
  ]

  private func renamed(_ damage: String, _ bytes: [UInt8], _ words: String) -> DamagedFile {
    DamagedFile(damage, name, bytes, words)
  }
}

// MARK: - Bytes

private func changed(_ bytes: [UInt8], _ offset: Int, to value: UInt8) -> [UInt8] {
  changed(bytes, offset, to: [value])
}

private func changed(_ bytes: [UInt8], _ offset: Int, to values: [UInt8]) -> [UInt8] {
  var bytes = bytes
  bytes.replaceSubrange(offset..<offset + values.count, with: values)
  return bytes
}

private func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int = 0) -> Int? {
  (start..<bytes.count - pattern.count + 1).first { bytes[$0...].starts(with: pattern) }
}

func bigEndian(_ value: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

private func littleEndian(_ value: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
  var sum = UInt32.max
  for byte in bytes {
    sum ^= UInt32(byte)
    for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
  }
  return ~sum
}

/// An archive with one stored member.
private func zip(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
  let nameBytes = Array(name.utf8)
  var common: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]  // version, flags, stored, 1980
  common += bigEndian(crc32(bytes)).reversed()
  common += littleEndian(bytes.count, 4) + littleEndian(bytes.count, 4)
  common += littleEndian(nameBytes.count, 2) + [0, 0]
  var archive: [UInt8] = [0x50, 0x4B, 3, 4] + common
  archive += nameBytes + bytes
  let start = archive.count
  archive += [0x50, 0x4B, 1, 2, 20, 0] + common
  archive += [UInt8](repeating: 0, count: 14) + nameBytes
  let size = archive.count - start
  archive += [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0]
  return archive + littleEndian(size, 4) + littleEndian(start, 4) + [0, 0]
}
