internal import Foundation

/// The machine and the tools that the figures belong to.
struct Machine: Codable {
  let processor: String
  let processors: Int
  let memory: Double
  let system: String
  let swift: String
  let instructions: String
  let peers: [String]
  let date: String

  static func described(peers: [String]) -> Machine {
    let information = ProcessInfo.processInfo
    return Machine(
      processor: processor, processors: information.activeProcessorCount,
      memory: Double(information.physicalMemory),
      system: information.operatingSystemVersionString, swift: swiftVersion,
      instructions: instructions, peers: peers,
      date: Date.now.formatted(.iso8601.year().month().day()))
  }

  /// The largest resident set of this process so far, in bytes.
  static var peakMemory: Double? {
    field("VmHWM", in: "/proc/self/status").flatMap { $0.split(separator: " ").first }
      .flatMap { Double($0) }.map { $0 * 1024 }
  }

  // MARK: - Parts

  private static var processor: String {
    field("model name", in: "/proc/cpuinfo")
      ?? (try? Command.output(of: ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]))?
      .trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown processor"
  }

  private static var swiftVersion: String {
    let output = try? Command.output(of: ["/usr/bin/env", "swift", "--version"])
    return output?.split(separator: "\n").first.map(String.init) ?? "unknown Swift"
  }

  /// Those of the processor's vector instructions that matter here.
  private static var instructions: String {
    let flags = Set((field("flags", in: "/proc/cpuinfo") ?? "").split(separator: " "))
    let known: [Substring] = ["avx2", "avx512f", "avx512bw", "avx512_vnni", "avx512_vpopcntdq"]
    let present = known.filter(flags.contains)
    return present.isEmpty ? "unknown" : present.joined(separator: ", ")
  }

  /// The value of the first line `name : value` of a file.
  private static func field(_ name: String, in path: String) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      if parts[0].trimmingCharacters(in: .whitespaces) == name {
        return parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }
}
