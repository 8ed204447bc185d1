internal import Foundation
internal import Testing

@testable internal import HopfieldTheory

@Suite("Mean-field theory of Amit, Gutfreund and Sompolinsky") struct MeanFieldTests {
  let golden = GoldenTables(of: "ags_meanfield")

  @Test("Retrieval states equal the reference at every load and temperature") func retrieval() {
    let tolerance = golden.number("tolerance_T")
    for row in golden["m_of_alpha_T"] {
      let state = MeanField.solution(load: row["alpha"]!, temperature: row["T"]!)
      #expect(state.isRetrieval == (row["retrieval_exists"] == 1), "\(row)")
      #expect(state.load == row["alpha"]! && state.temperature == row["T"]!)
      guard state.isRetrieval else {
        #expect(MeanField.overlap(load: row["alpha"]!, temperature: row["T"]!) == 0)
        continue
      }
      #expect(abs(state.overlap - row["m"]!) < tolerance)
      #expect(abs(state.q - row["q"]!) < tolerance)
      #expect(abs(state.r - row["r"]!) < tolerance)
      #expect(abs(state.freeEnergy - row["f"]!) < tolerance)
      #expect(abs(state.replicaStability - row["at_eigenvalue"]!) < tolerance)
    }
  }

  @Test("Spin glasses equal the reference") func spinGlass() {
    for row in golden["m_of_alpha_T"] {
      let state = MeanField.spinGlass(load: row["alpha"]!, temperature: row["T"]!)
      #expect(!state.isRetrieval)
      #expect(abs(state.q - row["q_sg"]!) < golden.number("tolerance_T"))
      #expect(abs(state.r - row["r_sg"]!) < golden.number("tolerance_T"))
      #expect(abs(state.freeEnergy - row["f_sg"]!) < golden.number("tolerance_T"))
      #expect(state.replicaStability < 0)
    }
  }

  @Test("Without load m = tanh(m/T)") func noLoad() {
    for row in golden["alpha0_m_of_T"] {
      let state = MeanField.solution(load: 0, temperature: row["T"]!)
      #expect(abs(state.overlap - row["m"]!) < 1e-13)
      #expect(abs(state.overlap - tanh(state.overlap / row["T"]!)) < 1e-15)
    }
    #expect(MeanField.overlap(load: 0) == 1)
    #expect(MeanField.overlap(load: 0, temperature: 1) == 0)
  }

  // MARK: - Identities

  /// f as a function of its three variables, as the paper writes it.
  static func freeEnergy(m: Double, q: Double, r: Double, load: Double, temperature: Double)
    -> Double
  {
    let beta = 1 / temperature
    let gain = 1 - beta * (1 - q)
    let noise = (load * r).squareRoot()
    let field = Gaussian.average(step: -m / noise, width: temperature / noise) { _, u in
      abs(u) + log1p(exp(-2 * abs(u)))
    }
    return load / 2 + m * m / 2 + load / (2 * beta) * (log(gain) - beta * q / gain)
      + load * beta * r * (1 - q) / 2 - field / beta
  }

  /// From tiny to high temperatures, next to spinodals, spin glasses and the transition to them.
  static let points: [(load: Double, temperature: Double)] = [
    (1e-6, 0.5), (1e-3, 0.02), (0.01, 0.6), (0.05, 0.3), (0.1, 0.05), (0.13, 0.14),
    (0.1377, 0.05), (0.1381, 0.02), (2.6e-7, 0.999), (0.3, 0.1), (0.1, 1.3), (4, 2.5), (0.05, 0.9),
  ]

  @Test("f is stationary in m, q and r, and is the state's", arguments: points)
  func stationary(load: Double, temperature: Double) {
    for state in [
      MeanField.solution(load: load, temperature: temperature),
      MeanField.spinGlass(load: load, temperature: temperature),
    ] {
      let f = { (m: Double, q: Double, r: Double) in
        Self.freeEnergy(m: m, q: q, r: r, load: load, temperature: temperature)
      }
      let (m, q, r) = (state.overlap, state.q, state.r)
      #expect(abs(f(m, q, r) - state.freeEnergy) < 1e-13)
      let step = 1e-5
      #expect(abs(f(m + step, q, r) - f(m - step, q, r)) < 1e-9 * step + 1e-14)
      // f is singular in q where 1 − C = 0: the step is small against the way there.
      let dq = 1e-4 * (1 - state.susceptibility) * temperature
      #expect(abs(f(m, q + dq, r) - f(m, q - dq, r)) < 1e-7 * dq / temperature + 1e-14)
      let dr = 1e-5 * r
      #expect(abs(f(m, q, r + dr) - f(m, q, r - dr)) < 1e-7 * dr + 1e-14)
    }
  }

  @Test("Entropy is −∂f/∂T, energy f + TS", arguments: points)
  func entropy(load: Double, temperature: Double) {
    let step = 1e-5 * temperature
    let state = MeanField.spinGlass(load: load, temperature: temperature)
    let slope =
      MeanField.spinGlass(load: load, temperature: temperature + step).freeEnergy
      - MeanField.spinGlass(load: load, temperature: temperature - step).freeEnergy
    #expect(abs(state.entropy + slope / (2 * step)) < 1e-8 + 1e-15 / step)
    #expect(state.energy == state.freeEnergy + temperature * state.entropy)
    guard let state = MeanField.retrieval(load: load, temperature: temperature),
      let above = MeanField.retrieval(load: load, temperature: temperature + step),
      let below = MeanField.retrieval(load: load, temperature: temperature - step)
    else { return }
    #expect(
      abs(state.entropy + (above.freeEnergy - below.freeEnergy) / (2 * step))
        < 1e-8 + 1e-15 / step)
  }

  @Test("The plain iteration of the three equations ends in the same state")
  func plainIteration() {
    for (load, temperature) in [(0.05, 0.4), (0.1, 0.2), (0.01, 0.7)] {
      var (m, q) = (1.0, 1.0)
      for _ in 0..<500 {
        let noise = (load * q).squareRoot() / (1 - (1 - q) / temperature)
        let average = { (power: Double) in
          Gaussian.average { z in pow(tanh((m + noise * z) / temperature), power) }
        }
        (m, q) = (average(1), average(2))
      }
      let state = MeanField.solution(load: load, temperature: temperature)
      #expect(abs(state.overlap - m) < 1e-11)
      #expect(abs(state.q - q) < 1e-11)
    }
  }

  @Test("At tiny temperatures states join those of T = 0") func cold() {
    for load in [0.001, 0.02, 0.06, 0.1, 0.13, 0.1379] {
      for (cold, frozen) in [
        (
          MeanField.solution(load: load, temperature: 1e-7),
          MeanField.solution(load: load, temperature: 0)
        ),
        (
          MeanField.spinGlass(load: load, temperature: 1e-7),
          MeanField.spinGlass(load: load, temperature: 0)
        ),
      ] {
        // ∂m/∂T is about 1 at 0.1379, next to the critical load.
        #expect(abs(cold.overlap - frozen.overlap) < 2e-7)
        #expect(abs(cold.freeEnergy - frozen.freeEnergy) < 1e-8)
        #expect(abs(cold.entropy - frozen.entropy) < 1e-5)
        #expect(abs(cold.susceptibility - frozen.susceptibility) < 1e-6)
        #expect(abs(cold.r / frozen.r - 1) < 1e-5)
      }
    }
    #expect(MeanField.solution(load: 0.1, temperature: 1e-12).overlap > 0.99799)
    #expect(MeanField.spinGlass(load: 1e6, temperature: 1e-3).q > 0.999)
  }

  @Test("Next to T_g the spin glass becomes the paramagnet, above nothing is frozen")
  func paramagnet() {
    for load in [0.001, 0.1, 1, 10] {
      let transition = MeanField.glassTemperature(load: load)
      #expect(transition == 1 + load.squareRoot())
      let below = MeanField.spinGlass(load: load, temperature: transition * (1 - 1e-6))
      let above = MeanField.solution(load: load, temperature: transition * (1 + 1e-6))
      #expect(below.q > 0 && below.q < 1e-4)
      #expect(above.q == 0 && above.r == 0 && above.overlap == 0)
      #expect(abs(below.freeEnergy - above.freeEnergy) < 1e-5 * transition)
      #expect(abs(below.entropy - above.entropy) < 1e-4)
      #expect(above.replicaStability > 0 && above.replicaStability < 1e-5)
    }
    #expect(MeanField.solution(load: 0, temperature: 2).freeEnergy == -2 * log(2))
    #expect(MeanField.solution(load: 0, temperature: 1).freeEnergy == -log(2))
    // f = α/2 + (α T/2) ln(1 − 1/T) − T ln 2: energy 0 to first order in 1/T.
    let hot = MeanField.solution(load: 0.5, temperature: 100)
    #expect(abs(hot.freeEnergy - (0.25 + 25 * log(0.99) - 100 * log(2))) < 1e-12)
    #expect(abs(hot.energy + 0.25 / 99) < 1e-12)
  }

  @Test("At the ends of the doubles nothing is lost") func extremes() {
    for temperature in [0, 1e-300, 1e-13, 1e-11, 1 - 1e-9, 1.0.nextDown, 1, 1.0.nextUp, 1e300] {
      for load in [0, 1e-300, 1e-20, 0.1379, 1e300] {
        for state in [
          MeanField.solution(load: load, temperature: temperature),
          MeanField.spinGlass(load: load, temperature: temperature),
        ] {
          #expect(state.freeEnergy.isFinite && state.entropy.isFinite && state.q.isFinite)
          #expect(!state.r.isNaN && !state.replicaStability.isNaN)
        }
      }
      #expect(MeanField.retrievalLimit(temperature: temperature).isFinite)
      #expect(MeanField.thermodynamicLimit(temperature: temperature).isFinite)
    }
  }
}
