import CPNG

/// Grey pictures: `.png`, one picture an array of `uint8` with the shape H x W.
///
///     let digit = try PNG.read("three.png")    // H x W
///     let digits = try PNG.readFolder("digits")  // P x H x W
///
/// Every colour type, bit depth and interlacing is read, and the samples are taken as they are:
/// gamma and colour profiles change nothing. Samples of 1, 2 and 4 bits are spread over 0...255, of
/// 16 bits the high byte is kept, a palette is looked up, colour becomes
/// round(0.299 R + 0.587 G + 0.114 B) of the 8-bit values, halves up, and alpha is ignored.
///
/// - Source: W3C, "Portable Network Graphics Specification"; the weights are ITU-R BT.601's luma.
public enum PNG {
  /// The picture in the file at `path`, H x W.
  ///
  /// Pictures of more than 2^28 pixels are refused, and so are those that declare more pixels
  /// than a file of this size can hold.
  public static func read(_ path: String) throws(FormatError) -> NumericArray {
    let bytes = try ByteReader(path: path).readAll(limit: 1 << 31)
    return try parse(bytes: bytes, file: path)
  }

  /// The picture in `bytes`, the contents of a file that messages call `file`.
  public static func parse(bytes: [UInt8], file: String) throws(FormatError) -> NumericArray {
    if bytes.isEmpty { throw FormatError(file: file, reason: "the file is empty") }
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    guard bytes.starts(with: signature.prefix(bytes.count)) else {
      throw FormatError(file: file, place: "byte 0", reason: "not a PNG file")
    }
    let (samples, width, height, channels) = try decoded(bytes, file: file)
    let grey = channels == 1 ? samples : luma(of: samples)
    return NumericArray(shape: [height, width], type: .uint8, bytes: grey)
  }

  /// Writes a picture, H x W of `uint8`, to a file, whole or not at all.
  public static func write(_ picture: NumericArray, to path: String) throws(FormatError) {
    try OutputFile.write(encode(picture), to: path)
  }

  /// The bytes of a file with a picture, H x W of `uint8`, neither axis empty.
  public static func encode(_ picture: NumericArray) -> [UInt8] {
    precondition(
      picture.shape.count == 2 && picture.type == .uint8 && picture.count > 0,
      "a picture is H x W of uint8, not \(picture.shape) of \(picture.type)")
    precondition(
      picture.shape.allSatisfy { $0 < 1 << 31 }, "no PNG has the size \(picture.shape)")
    return encoded(picture.bytes, width: picture.shape[1], height: picture.shape[0])
  }

  private static func luma(of rgb: [UInt8]) -> [UInt8] {
    filled(count: rgb.count / 3) { grey in
      let rgb = rgb.span
      for i in grey.indices {
        let weighted =
          299 * UInt32(rgb[3 * i]) + 587 * UInt32(rgb[3 * i + 1]) + 114 * UInt32(rgb[3 * i + 2])
        grey[i] = UInt8((weighted + 500) / 1000)
      }
    }
  }
}

// MARK: - libpng

private typealias Samples = (bytes: [UInt8], width: Int, height: Int, channels: Int)

/// The samples of a file, 8 bits each, in rows of `width * channels`.
private func decoded(_ bytes: [UInt8], file: String) throws(FormatError) -> Samples {
  var codec = unsafe hopfield_png()
  defer { unsafe hopfield_png_end(&codec) }
  let result: Result<Samples, FormatError> = unsafe bytes.withUnsafeBufferPointer { input in
    func failure(_ reason: String) -> Result<Samples, FormatError> {
      .failure(FormatError(file: file, reason: reason))
    }
    func damage() -> Result<Samples, FormatError> {
      .failure(
        FormatError(
          file: file, place: "byte \(unsafe codec.position)",
          reason: "damaged PNG: \(unsafe message(of: codec))"))
    }
    guard unsafe hopfield_png_begin(&codec, input.baseAddress, input.count) != 0 else {
      return damage()
    }
    let (width, height) = unsafe (Int(codec.width), Int(codec.height))
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    if overflow || pixels > 1 << 28 {
      return failure("\(width) x \(height) pixels, accepted are 2^28 in all")
    }
    // Deflate shrinks a byte to no less than 1/1032 of it.
    if unsafe pixels * Int(codec.fileBits) / 8 / 1032 > input.count {
      return failure("declares \(width) x \(height) pixels, more than its bytes can hold")
    }
    let channels = unsafe Int(codec.channels)
    var isWhole = false
    let samples = unsafe [UInt8](unsafeUninitializedCapacity: pixels * channels) { output, count in
      // Rows that a damaged interlaced file does not reach must not be left undefined.
      unsafe output.initialize(repeating: 0)
      isWhole = unsafe hopfield_png_decode(&codec, output.baseAddress) != 0
      count = pixels * channels
    }
    return isWhole ? .success((samples, width, height, channels)) : damage()
  }
  return try result.get()
}

private func encoded(_ samples: [UInt8], width: Int, height: Int) -> [UInt8] {
  var codec = unsafe hopfield_png()
  defer { unsafe hopfield_png_end(&codec) }
  let isWhole = unsafe samples.withUnsafeBufferPointer {
    unsafe hopfield_png_encode(&codec, $0.baseAddress, UInt32(width), UInt32(height)) != 0
  }
  // With the size checked, nothing but memory can run out.
  precondition(isWhole, "libpng cannot encode: \(unsafe message(of: codec))")
  return unsafe [UInt8](UnsafeBufferPointer(start: codec.output, count: codec.length))
}

/// What libpng said when it gave up.
private func message(of codec: hopfield_png) -> String {
  unsafe withUnsafeBytes(of: codec.message) {
    unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
  }
}
