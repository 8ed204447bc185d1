internal import HopfieldTheory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The transition's place in the limit of large N, from what finite sizes show.
///
///     let fit = TransitionFit(to: rows, exponent: 0.5)
///     print(fit!.limit.value, fit!.limit.error, fit!.chiSquare, fit!.degreesOfFreedom)
///
/// A joint least-squares fit of P_ret = Φ(√N (a + b N^−w − α) / σ) to all rows, a being the limit. The
/// exponent w of the shift is given or fitted: which one is assumed moves the limit by more
/// than the statistical error, so both have to be told. Errors are widened where the rows scatter more
/// than theirs say.
///
/// A row's error belongs to the share that was measured, and a share of 1 by luck would seem surer than it
/// is: so the fit is made twice, and the second time errors are those of the first one's shares.
public struct TransitionFit: Sendable {
  /// The load at which retrieval ends for N → ∞.
  public let limit: Estimate
  /// The shift b of finite sizes.
  public let shift: Estimate
  /// w; without error where it was given.
  public let exponent: Estimate
  public let isExponentFitted: Bool
  /// The width σ of the transition, times √N.
  public let width: Estimate
  public let chiSquare: Double
  public let degreesOfFreedom: Int
  /// The smallest size that was used.
  public let smallest: Int

  /// Fits rows of one dynamics and temperature.
  ///
  /// - Parameters:
  ///   - rows: of at least two sizes, three where the exponent is to be fitted.
  ///   - exponent: w, or nil to fit it.
  /// - Returns: nil where the rows do not determine the limit.
  public init?(to rows: [TransitionExperiment.Row], exponent: Double? = 0.5) {
    let sizes = Set(rows.map(\.neurons))
    guard sizes.count >= (exponent == nil ? 3 : 2) else { return nil }
    var best: LeastSquares?
    // The problem is smooth; several beginnings for w guard against side valleys.
    for start in exponent.map({ [$0] }) ?? [0.4, 0.5, 0.7, 1] {
      let values = [0.14, 0.8, 0.55] + (exponent == nil ? [start] : [])
      guard let first = Self.fit(rows, from: values, exponent: exponent, weighing: values),
        let second = Self.fit(rows, from: first.values, exponent: exponent, weighing: first.values)
      else { continue }
      if second.chiSquare < best?.chiSquare ?? .infinity { best = second }
    }
    guard let best else { return nil }
    limit = best.estimate(0)
    shift = best.estimate(1)
    width = best.estimate(2)
    self.exponent = exponent.map { Estimate($0, error: 0) } ?? best.estimate(3)
    isExponentFitted = exponent == nil
    chiSquare = best.chiSquare
    degreesOfFreedom = best.degreesOfFreedom
    smallest = sizes.min()!
  }

  /// The fit without the sizes that are too small for it: the smallest one is left out for as long as χ² is
  /// above its mean by more than two of its standard deviations, down to `sizes` sizes.
  public static func withoutSmallSizes(
    _ rows: [TransitionExperiment.Row], exponent: Double? = 0.5, keeping sizes: Int = 3
  ) -> TransitionFit? {
    var rows = rows
    var fit = TransitionFit(to: rows, exponent: exponent)
    while let current = fit, Set(rows.map(\.neurons)).count > sizes {
      let freedom = Double(current.degreesOfFreedom)
      if current.chiSquare <= freedom + 2 * (2 * freedom).squareRoot() { break }
      rows.removeAll { $0.neurons == current.smallest }
      fit = TransitionFit(to: rows, exponent: exponent) ?? fit
    }
    return fit
  }

  /// The predicted share for a size and a load.
  public func retrieved(neurons: Int, load: Double) -> Double {
    Self.share(
      [limit.value, shift.value, width.value], exponent.value, neurons: neurons, load: load)
  }

  private static func share(
    _ values: [Double], _ exponent: Double, neurons: Int, load: Double
  ) -> Double {
    let size = Double(neurons)
    let place = values[0] + values[1] * pow(size, -exponent)
    return Gaussian.distribution((place - load) * size.squareRoot() / values[2])
  }

  private static func fit(
    _ rows: [TransitionExperiment.Row], from start: [Double], exponent: Double?,
    weighing: [Double]
  ) -> LeastSquares? {
    func shares(_ values: [Double]) -> [Double] {
      rows.map {
        share(values, exponent ?? values[3], neurons: $0.neurons, load: $0.load)
      }
    }
    let errors = zip(rows, shares(weighing)).map { $0.error(ofShare: $1) }
    return LeastSquares(from: start) { values in
      guard values[2] > 0 else { return [.infinity] }
      return zip(zip(rows, shares(values)), errors).map { ($0.0.retrieved - $0.1) / $1 }
    }
  }
}

extension TransitionFit {
  /// Where the curves of two sizes cross.
  ///
  /// Each curve Φ((c − α)/s) is fitted by itself. If the shift is b/√N, all curves cross at the limit, and no
  /// exponent need be assumed; otherwise their crossings move towards it.
  ///
  /// - Returns: nil where the rows of a size do not determine its curve.
  public static func crossing(
    of smaller: [TransitionExperiment.Row], and larger: [TransitionExperiment.Row]
  ) -> Estimate? {
    guard let a = curve(of: smaller), let b = curve(of: larger) else { return nil }
    // Where their difference, a straight line within Φ, is 0.
    return a.minus(b).zero
  }

  /// The load at which half of the starts of one size are retrieved.
  public static func half(of rows: [TransitionExperiment.Row]) -> Estimate? {
    curve(of: rows)?.zero
  }

  /// u and v of Φ(u + v α).
  private static func curve(of rows: [TransitionExperiment.Row]) -> LeastSquares? {
    guard let size = rows.first?.neurons else { return nil }
    precondition(rows.allSatisfy { $0.neurons == size }, "rows of several sizes in one curve")
    let slope = -Double(size).squareRoot() / 0.55
    let middle = rows.reduce(0) { $0 + $1.load } / Double(rows.count)
    func shares(_ values: [Double]) -> [Double] {
      rows.map { Gaussian.distribution(values[0] + values[1] * $0.load) }
    }
    func fit(from start: [Double]) -> LeastSquares? {
      let errors = zip(rows, shares(start)).map { $0.error(ofShare: $1) }
      return LeastSquares(from: start) { values in
        zip(zip(rows, shares(values)), errors).map { ($0.0.retrieved - $0.1) / $1 }
      }
    }
    return fit(from: [-slope * middle, slope]).flatMap { fit(from: $0.values) }
  }
}

extension TransitionExperiment.Row {
  /// The error that this row would have if `share` were the true one: binomial, widened as the measured
  /// one is.
  func error(ofShare share: Double) -> Double {
    let count = Double(samples * starts)
    // As Agresti and Coull: nothing is certain.
    let likely = (share * count + 2) / (count + 4)
    return (likely * (1 - likely) / (count + 4)).squareRoot() * widening
  }
}
