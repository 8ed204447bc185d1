#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Why a picture could not be written.
///
///     do {
///       try plot.write(to: "figures/capacity.svg")
///     } catch {
///       print(error)  // figures/capacity.svg: no such directory
///     }
public struct PlotError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path as the caller gave it.
  public let file: String
  /// What is wrong, without a full stop.
  public let reason: String

  /// File and reason in one line.
  public var description: String { "\(file): \(reason)" }

  /// Writes a text beside the file at `path` and puts it in that file's place.
  ///
  /// What is no regular file keeps its place and is written to: a symbolic link, a pipe,
  /// `/dev/stdout`.
  static func write(_ text: String, to path: String) throws(PlotError) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let kind = attributes?[.type] as? FileAttributeType
    if path.isEmpty || kind == .typeDirectory {
      throw PlotError(file: path, reason: path.isEmpty ? "no name" : "is a directory")
    }
    let isReplaced = kind == nil || kind == .typeRegular
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: isReplaced ? .atomic : [])
      if isReplaced, let mode = attributes?[.posixPermissions] {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      }
    } catch {
      throw PlotError(file: path, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile?, .fileReadNoSuchFile?: "no such directory"
    case .fileWriteNoPermission?, .fileReadNoPermission?: "no permission"
    case .fileWriteOutOfSpace?: "no space left on the device"
    case .fileWriteVolumeReadOnly?: "the file system is read-only"
    case .fileWriteInvalidFileName?, .fileReadInvalidFileName?: "not the name of a file"
    default: "cannot be written"
    }
  }
}
