internal import Hopfield
internal import HopfieldFormats

/// The pictures that `hopfield demo --output` writes.
extension Demo {
  /// Writes `digits.png` and `digits.svg`: one column a digit; cue, recall, original from the top.
  func write(to folder: String) throws {
    let width = SemeionDigits.width
    let rows = pictureRows.flatMap { $0.1 }
    let levels = rows.flatMap { $0.spins.map { $0 > 0 ? 255 : 0 as UInt8 } }
    let pictures = NumericArray(shape: [rows.count, width, width], levels)
    try PNG.writeGrid(pictures, columns: trials.count, to: "\(folder)/digits.png")
    try OutputFile.write(Array(svg.utf8), to: "\(folder)/digits.svg")
  }

  private var pictureRows: [(String, [Pattern])] {
    [
      ("cue", trials.map(\.cue)), ("recall", trials.map(\.recall.state)),
      ("original", trials.map(\.original)),
    ]
  }

  /// The digits as one SVG picture, with the energy that each recall started from and reached.
  var svg: String {
    let pixel = 6, side = SemeionDigits.width * pixel, gap = 18, left = 86, top = 12
    let width = left + trials.count * (side + gap), height = top + 3 * (side + gap) + 40
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)" font-family="Helvetica, Arial, sans-serif" font-size="13">
      <rect width="\(width)" height="\(height)" fill="#ffffff"/>

      """
    for (r, row) in pictureRows.enumerated() {
      let y = top + r * (side + gap)
      svg +=
        "<text x=\"\(left - 14)\" y=\"\(y + side / 2 + 5)\" text-anchor=\"end\">\(row.0)</text>\n"
      for (c, pattern) in row.1.enumerated() {
        let x = left + c * (side + gap)
        svg +=
          "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(side)\" height=\"\(side)\" fill=\"#f2f2ee\"/>\n"
        svg += "<path fill=\"#17324d\" d=\"\(path(of: pattern, x: x, y: y, pixel: pixel))\"/>\n"
      }
    }
    for (c, trial) in trials.enumerated() {
      let x = left + c * (side + gap) + side / 2, y = top + 3 * (side + gap) + 6
      let energies = [trial.recall.energyTrace[0], trial.recall.energy].map {
        $0.formatted(0).replacing("-", with: "\u{2212}")
      }
      let overlaps =
        "\(trial.original.overlap(with: trial.cue).formatted(2)) → \(trial.overlap.formatted(2))"
      svg +=
        "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"middle\">E \(energies[0]) → \(energies[1])</text>\n"
      svg += "<text x=\"\(x)\" y=\"\(y + 20)\" text-anchor=\"middle\">m \(overlaps)</text>\n"
    }
    return svg + "</svg>\n"
  }

  /// One rectangle a run of ink in a row.
  private func path(of pattern: Pattern, x: Int, y: Int, pixel: Int) -> String {
    let width = SemeionDigits.width
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        let first = column
        while column < width, pattern[row * width + column] > 0 { column += 1 }
        let run = (column - first) * pixel
        if run > 0 {
          path += "M\(x + first * pixel) \(y + row * pixel)h\(run)v\(pixel)h\(-run)z"
        } else {
          column += 1
        }
      }
    }
    return path
  }
}
