internal import Hopfield
internal import HopfieldFormats

/// Writes recalled states, one row a cue, in the format that a path names.
struct StateWriter {
  private let path: String
  private let format: ArrayFormat

  init(path: String) throws {
    guard let format = ArrayFormat(outputPath: path), format != .store else {
      throw CommandError.usage(
        "\(path): an output is .npy, .npz, .csv, .png or a folder for PNGs")
    }
    self.path = path
    self.format = format
  }

  /// Writes the states; pictures are `picture` large, else square, else one row.
  func write(_ states: RecallResult.States, picture: (height: Int, width: Int)?) throws {
    let rows = states.array
    switch format {
    case .npy: try NPY.write(rows, to: path)
    case .npz: try NPZ.write(["states": rows], to: path)
    case .csv: try CSV.write(rows, to: path)
    case .png: try PNG.writeGrid(pictures(of: states, picture), to: path)
    case .pngFolder: try PNG.writeFolder(pictures(of: states, picture), to: path)
    case .store: break
    }
  }

  private func pictures(
    of states: RecallResult.States, _ picture: (height: Int, width: Int)?
  ) -> NumericArray {
    let grey = states.greyLevels
    let size = grey.first?.count ?? 0
    let side = Int(Double(size).squareRoot())
    let shape = picture ?? (side * side == size ? (side, side) : (1, size))
    return NumericArray(shape: [grey.count, shape.height, shape.width], grey.flatMap { $0 })
  }
}

extension RecallResult.States {
  /// C x N: int8 of -1 and +1, or float32.
  fileprivate var array: NumericArray {
    switch self {
    case .spins(let states):
      NumericArray(shape: [states.count, states.first?.size ?? 0], states.flatMap(\.spins))
    case .vectors(let states):
      NumericArray(shape: [states.count, states.first?.count ?? 0], states.flatMap { $0 })
    }
  }

  /// Levels from 0 to 255 for pictures: +1 is 255; real values are rounded, as they are where they
  /// reach beyond 1, else times 255, and from -1 on where some are negative.
  fileprivate var greyLevels: [[UInt8]] {
    switch self {
    case .spins(let states): return states.map { $0.spins.map { $0 > 0 ? 255 : 0 } }
    case .vectors(let states):
      let largest = states.lazy.flatMap { $0 }.max() ?? 0
      let least = states.lazy.flatMap { $0 }.min() ?? 0
      let (scale, offset): (Float, Float) =
        largest > 1 ? (1, 0) : least < 0 ? (127.5, 127.5) : (255, 0)
      return states.map { $0.map { UInt8(min(255, max(0, ($0 * scale + offset).rounded()))) } }
    }
  }
}
