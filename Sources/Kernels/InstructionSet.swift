internal import CKernels

/// The vector instructions that the kernels use; the best of the machine unless overridden.
///
/// Every level computes the same integers, so this is a matter of speed and of testing alone.
package enum InstructionSet: String, CaseIterable, Sendable {
  case scalar, neon, avx2, avx512

  /// The levels that this machine can run, `scalar` always among them.
  package static var available: [InstructionSet] {
    allCases.filter { hk_level_available($0.level) }
  }

  /// The level that kernels run at.
  ///
  /// Setting it is for tests: it holds for the whole process.
  package static var current: InstructionSet {
    get { allCases.first { $0.level == hk_level_in_use() }! }
    set {
      let isAvailable = hk_use_level(newValue.level)
      precondition(isAvailable, "this machine has no \(newValue.rawValue)")
    }
  }

  private var level: hk_level {
    switch self {
    case .scalar: HK_SCALAR
    case .neon: HK_NEON
    case .avx2: HK_AVX2
    case .avx512: HK_AVX512
    }
  }
}
