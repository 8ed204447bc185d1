internal import HopfieldClassical
internal import HopfieldEnergy
internal import HopfieldPatterns
internal import HopfieldPlots
internal import HopfieldTheory

/// The phases of Hebb's network, simulated: the overlap that is kept at each load and temperature, as a map
/// with the lines of Amit, Gutfreund and Sompolinsky on it.
///
///     let experiment = PhaseDiagramExperiment(
///       size: 1_000, loads: loads, temperatures: temperatures, trials: 4, seed: 7)
///
/// Heat-bath sweeps from a stored pattern; the overlap is averaged over the second half of them. Finite
/// networks lose their memory late: expect the edge above the retrieval line by about 1/√N.
///
/// - Source: Amit, Gutfreund and Sompolinsky 1987, figure 1.
public struct PhaseDiagramExperiment: Experiment {
  /// What was found at one load and temperature.
  public struct Row: Codable, Sendable, Equatable {
    public var neurons: Int
    public var load: Double
    public var temperature: Double
    public var patterns: Int
    public var sweeps: Int
    public var trials: Int
    public var seed: UInt64
    /// The mean overlap in the second half of the sweeps, its error, and the theory's value.
    public var overlap: Double
    public var standardError: Double
    public var predicted: Double
  }

  public static let name = "phase-diagram"
  public let size: Int
  public let loads: [Double]
  public let temperatures: [Double]
  public let sweeps: Int
  public let trials: Int
  public let seed: UInt64

  /// - Parameters:
  ///   - size: N.
  ///   - loads: P / N, ascending; P is rounded.
  ///   - temperatures: T, ascending, 0 included or not.
  ///   - sweeps: of the heat bath; the first half is left out of the average.
  ///   - trials: networks for each point.
  ///   - seed: of all random numbers.
  public init(
    size: Int, loads: [Double], temperatures: [Double], sweeps: Int = 100, trials: Int,
    seed: UInt64
  ) {
    precondition(size > 0, "\(size) neurons: at least 1 is needed")
    precondition(loads.allSatisfy { $0 > 0 && $0.isFinite }, "a load that is not above 0")
    precondition(
      temperatures.allSatisfy { $0 >= 0 && $0.isFinite }, "a temperature that is below 0")
    precondition(sweeps > 1, "\(sweeps) sweeps: at least 2 are needed")
    self.size = size
    self.loads = loads
    self.temperatures = temperatures
    self.sweeps = sweeps
    self.trials = trials
    self.seed = seed
  }

  public var conditions: Int { loads.count * temperatures.count }

  private func point(_ index: Int) -> (load: Double, temperature: Double) {
    (loads[index % loads.count], temperatures[index / loads.count])
  }

  public func rows(
    of index: Int, threads: Int?, progress: @escaping @Sendable (Int) -> Void
  ) -> [Row] {
    let (load, temperature) = point(index)
    let count = patternCount(load: load, size: size)
    let trials = Trials(count: trials, seed: seed, threads: threads, progress: progress)
    let overlaps = trials.run { _, random -> Double in
      let patterns = PatternSet.random(count: count, size: size, using: &random)
      let network = HopfieldNetwork(storing: patterns)
      let dynamics: Dynamics =
        temperature == 0 ? .asynchronous() : .glauber(temperature: temperature)
      var running = network.start(from: Cue(patterns[0]), by: dynamics, threads: 1)
      var sum = 0.0
      for sweep in 0..<sweeps {
        // What has come to rest stays there.
        let isAtRest = running.step(using: &random).outcome != nil
        let overlap = patterns[0].overlap(with: running.state)
        if isAtRest { return overlap }
        if sweep >= sweeps / 2 { sum += overlap }
      }
      return sum / Double(sweeps - sweeps / 2)
    }
    let overlap = Estimate(of: overlaps)
    let row = Row(
      neurons: size, load: load, temperature: temperature, patterns: count, sweeps: sweeps,
      trials: overlaps.count, seed: seed, overlap: overlap.value, standardError: overlap.error,
      predicted: MeanField.overlap(load: load, temperature: temperature))
    return [row]
  }

  public func isRow(_ row: Row, of index: Int) -> Bool {
    let (load, temperature) = point(index)
    return row.neurons == size && row.load == load && row.temperature == temperature
      && row.sweeps == sweeps && row.trials == trials && row.seed == seed
  }

  public func figure(of rows: [Row]) -> String {
    let plot = Plot("Phases of the Hopfield network", x: "load α = *P* / *N*", y: "temperature *T*")
      .subtitle("*N* = \(size): mean overlap after \(sweeps) sweeps from a stored pattern")
    guard loads.count > 1, temperatures.count > 1, rows.count == conditions else { return plot.svg }
    let values = temperatures.indices.map { t in
      loads.indices.map { rows[t * loads.count + $0].overlap }
    }
    let map = Heatmap(values, x: loads, y: temperatures, label: "overlap *m*")
      .colours(.viridis, in: 0...1)
    let fine = (0...100).map { temperatures.last! * Double($0) / 100 }.filter { $0 < 1 }
    return plot.heatmap(map)
      .line(
        fine.map { MeanField.retrievalLimit(temperature: $0) }, fine, label: "retrieval ends",
        style: .white
      )
      .line(
        fine.map { MeanField.thermodynamicLimit(temperature: $0) }, fine,
        label: "lowest free energy",
        style: .white.dashed(.dashed)
      )
      .line(
        loads, loads.map { MeanField.glassTemperature(load: $0) }, label: "spin glass",
        style: .black
      )
      .xAxis(in: loads.first!...loads.last!).yAxis(in: temperatures.first!...temperatures.last!)
      .size(width: 620, height: 380).legend(.outside).svg
  }
}
