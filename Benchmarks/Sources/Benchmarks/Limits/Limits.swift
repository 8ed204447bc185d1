internal import CLimits
internal import Dispatch

/// What this machine can do at its best, measured by the run itself.
///
/// Each figure is the best of several tries: a limit is what is possible, not what is usual.
struct Limits: Codable {
  /// Bytes read from memory in a second.
  let readBandwidth: Rate
  /// Multiply-adds of 8-bit integers in a second, in registers.
  let int8: Rate
  /// Floating-point operations of 32 bits in a second, in registers; a multiply-add is two.
  let float32: Rate

  /// A rate on one thread and on all.
  struct Rate: Codable {
    let one: Double
    let all: Double
  }

  /// Measures; about three seconds, or a fifth of one where `quick`.
  static func measured(threads: Int, quick: Bool) -> Limits {
    let bytes = quick ? 64 << 20 : 512 << 20
    let tries = quick ? 2 : 7
    guard limits_allocate(bytes) else { fatalError("no memory for the limits' buffer") }
    defer { limits_free() }

    func rate(_ work: Double, _ threads: Int, _ part: (Int) -> Void) -> Double {
      let seconds = (0..<tries).map { _ in
        withoutActuallyEscaping(part) { part in
          nonisolated(unsafe) let part = part
          return Stopwatch.seconds {
            DispatchQueue.concurrentPerform(iterations: threads) { unsafe part($0) }
          }
        }
      }
      return work / seconds.min()!
    }
    func both(_ measure: (Int) -> Double) -> Rate { Rate(one: measure(1), all: measure(threads)) }

    let rounds = quick ? 200_000 : 4_000_000
    return Limits(
      readBandwidth: both { threads in
        [0, 1024, 4096].map { ahead in
          rate(Double(bytes), threads) { _ = limits_read($0, threads, ahead) }
        }.max()!
      },
      int8: both { threads in
        rate(limits_int8(1) * Double(rounds * threads), threads) { _ in _ = limits_int8(rounds) }
      },
      float32: both { threads in
        rate(limits_float32(1) * Double(rounds * threads), threads) { _ in
          _ = limits_float32(rounds)
        }
      })
  }
}

/// The least time that a piece of work can take on this machine.
struct Limit: Codable {
  /// What limits it, in a few words.
  let name: String
  let seconds: Double

  /// Both limits, one after the other.
  static func + (a: Limit, b: Limit) -> Limit {
    Limit(name: "\(a.name) + \(b.name)", seconds: a.seconds + b.seconds)
  }
}

extension Limits {
  /// Reading `bytes` from memory, on all threads or on one.
  func reading(_ bytes: Double, on threads: KeyPath<Rate, Double> = \.all) -> Limit {
    Limit(name: "reading \(bytes.asBytes)", seconds: bytes / readBandwidth[keyPath: threads])
  }

  /// One 8-bit multiply-add for each of `count` spins of patterns.
  func spins(_ count: Double, on threads: KeyPath<Rate, Double> = \.all) -> Limit {
    Limit(name: "\(count.asCount) int8 multiply-adds", seconds: count / int8[keyPath: threads])
  }

  /// `count` floating-point operations of 32 bits.
  func flops(_ count: Double, on threads: KeyPath<Rate, Double> = \.all) -> Limit {
    Limit(name: "\(count.asCount) float32 operations", seconds: count / float32[keyPath: threads])
  }
}
