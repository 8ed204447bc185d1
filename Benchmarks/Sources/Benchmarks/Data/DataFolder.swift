internal import Foundation
internal import Hopfield
internal import HopfieldFormats

/// The temporary folder through which all contestants get the same data.
final class DataFolder {
  private let url: URL

  init() throws {
    let name = "hopfield-bench-\(UUID().uuidString)"
    url = FileManager.default.temporaryDirectory.appending(path: name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// A folder in it, made if necessary; its path.
  func folder(_ name: String) throws -> String {
    let folder = url.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }
}

extension NumericArray {
  /// One row of int8 spins for each pattern.
  init(spins patterns: [Pattern]) {
    self.init(shape: [patterns.count, patterns[0].size], patterns.flatMap(\.spins))
  }

  /// The spins of one pattern.
  init(spins pattern: Pattern) { self.init(shape: [pattern.size], pattern.spins) }
}
