import Foundation
import HopfieldGraded
import Testing

@Suite struct DormandPrinceTests {
  /// A pendulum that turns once in 2 pi.
  private let turn: @Sendable ([Double]) -> [Double] = { [$0[1], -$0[0]] }

  @Test("A rotation comes back, to the tolerance asked for", arguments: [1e-6, 1e-9, 1e-12])
  func rotation(tolerance: Double) {
    var integrator = DormandPrince(from: [1, 0], tolerance: tolerance, rate: turn)
    while integrator.step(until: 2 * .pi, rate: turn) {}
    #expect(integrator.time == 2 * .pi)
    #expect(abs(integrator.state[0] - 1) < 20 * tolerance)
    #expect(abs(integrator.state[1]) < 20 * tolerance)
    #expect(integrator.rate == turn(integrator.state))
  }

  @Test("The continuous solution meets both ends of a step and follows the curve between")
  func continuousSolution() {
    var integrator = DormandPrince(from: [1, 0], tolerance: 1e-8, rate: turn)
    var steps = 0
    while integrator.time < 20 {
      let (start, before) = (integrator.time, integrator.state)
      integrator.step(until: 20, rate: turn)
      let end = integrator.time
      #expect(abs(integrator.state(at: start)[0] - before[0]) < 1e-14)
      #expect(abs(integrator.state(at: end)[0] - integrator.state[0]) < 1e-15)
      for share in [0.1, 0.35, 0.5, 0.8] {
        let t = start + share * (end - start)
        let x = integrator.state(at: t)
        #expect(abs(x[0] - cos(t)) < 1e-6 && abs(x[1] + sin(t)) < 1e-6)
      }
      steps += 1
    }
    #expect(steps < 400)
  }

  @Test("Halving the step divides the error by 32: order 5")
  func order() {
    func error(_ tolerance: Double) -> (steps: Int, error: Double) {
      var integrator = DormandPrince(from: [1, 0], tolerance: tolerance, rate: turn)
      var steps = 0
      while integrator.step(until: 10, rate: turn) { steps += 1 }
      return (steps, hypot(integrator.state[0] - cos(10), integrator.state[1] + sin(10)))
    }
    let (coarse, fine) = (error(1e-6), error(1e-11))
    let order =
      log(coarse.error / fine.error) / log(Double(fine.steps) / Double(coarse.steps))
    #expect(order > 4.5 && order < 6.5, "order \(order)")
  }

  @Test("A stiff decay costs steps, never the answer; nothing to do takes none")
  func stiff() {
    let decay: ([Double]) -> [Double] = { [-2000 * ($0[0] - 1)] }
    var integrator = DormandPrince(from: [0], tolerance: 1e-8, rate: decay)
    while integrator.step(until: 1, rate: decay) {}
    #expect(abs(integrator.state[0] - 1) < 1e-7)
    let moved = integrator.step(until: 1, rate: decay)
    #expect(!moved)
  }
}
