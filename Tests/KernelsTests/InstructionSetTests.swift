import HopfieldKernels
import Testing

/// The level in use is the whole process's: every level but the default runs in a process of its own.
@Suite struct InstructionSetTests {
  @Test("Kernels equal brute force with scalar code") func scalar() async {
    await #expect(processExitsWith: .success) { checkEveryKernel(at: .scalar) }
  }

  @Test("Kernels equal brute force with NEON", .enabled(if: has(.neon))) func neon() async {
    await #expect(processExitsWith: .success) { checkEveryKernel(at: .neon) }
  }

  @Test("Kernels equal brute force with AVX2", .enabled(if: has(.avx2))) func avx2() async {
    await #expect(processExitsWith: .success) { checkEveryKernel(at: .avx2) }
  }

  @Test("Kernels equal brute force with AVX-512", .enabled(if: has(.avx512))) func avx512() async {
    await #expect(processExitsWith: .success) { checkEveryKernel(at: .avx512) }
  }

  @Test("The best level of the machine is the one in use, and scalar is always there")
  func best() {
    #expect(InstructionSet.available.contains(.scalar))
    #expect(InstructionSet.current == InstructionSet.available.last)
  }

  private static func has(_ level: InstructionSet) -> Bool {
    InstructionSet.available.contains(level)
  }
}

/// What the other suites claim of the default level, at `level`.
private func checkEveryKernel(at level: InstructionSet) {
  InstructionSet.current = level
  #expect(InstructionSet.current == level)
  let tiles = PatternTilesTests()
  tiles.roundTrip()
  tiles.signs()
  tiles.growth()
  tiles.appending()
  tiles.holes()
  tiles.empty()
  let overlaps = OverlapsTests()
  overlaps.counted()
  overlaps.extremes()
  overlaps.moved()
  overlaps.flipped()
  let fields = LocalFieldsTests()
  fields.fields()
  fields.gram()
  fields.largeOverlaps()
  fields.alike()
  let dynamics = SpinDynamicsTests()
  dynamics.step()
  dynamics.sweep()
  dynamics.visit()
  dynamics.ties()
  dynamics.largeOverlaps()
  CoupledFieldsTests().directed()
  let lowRank = LowRankCouplingsTests()
  lowRank.gram()
  lowRank.fields()
  lowRank.visit()
  lowRank.flips()
  ThreadsTests().threads()
  MatrixRowsTests().weightedGram()
  for size in StateBatchTests.sizes { StateBatchTests().steps(neurons: size) }
}
