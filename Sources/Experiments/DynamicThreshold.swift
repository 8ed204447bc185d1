internal import HopfieldPlots

/// Where descent is lost in finite networks, and what that says of N → ∞.
///
///     let threshold = DynamicThreshold(halves, at: [1_000, 2_000, 4_000])
///     print(threshold.findings("half are lost", published: 0.4144).map(\.ours))
///
/// Descent stops at the first metastable state, so that its threshold need not be the static one of replica
/// theory; and nobody has derived how finite sizes approach it. So limits by two exponents are shown
/// beside theory, without a verdict.
struct DynamicThreshold: Sendable {
  /// Of each size.
  let values: [Estimate]
  let sizes: [Int]
  private let fits: [(exponent: String, fit: Extrapolation)]

  /// - Parameters:
  ///   - values: with errors above 0.
  ///   - sizes: at least two that differ.
  init(_ values: [Estimate], at sizes: [Int]) {
    self.values = values
    self.sizes = sizes
    fits = [("1/2", 0.5), ("2/3", 2.0 / 3)].map {
      ($0.0, Extrapolation(of: values, at: sizes, exponent: $0.1))
    }
  }

  /// The limits by both exponents, beside the static value.
  func findings(_ quantity: String, published: Double) -> [Finding] {
    fits.map {
      Finding(
        "\(quantity), N → ∞ as N^−\($0.exponent)", published: published, ours: $0.fit.limit,
        why: "a dynamic threshold beside the static one, by an assumed exponent; "
          + $0.fit.quality)
    }
  }

  /// The values against N^−1/2, both fits, and the static value.
  func plot(_ title: String, y: String, theory: Double) -> Plot {
    let roots = sizes.map { 1 / Double($0).squareRoot() }
    let most = roots.max()! * 1.05
    let fine = (1...100).map { most * Double($0) / 100 }
    return fits.reduce(Plot(title, x: "N^{−1/2}", y: y)) { plot, found in
      plot.line(
        [0] + fine, [found.fit.limit.value] + fine.map { found.fit.value(at: 1 / ($0 * $0)) },
        label: "fit, N^{−\(found.exponent)}")
    }
    .points(roots, values.map(\.value), errors: values.map(\.error), label: "measured")
    .xAxis(in: 0...most)
    .rule(y: theory, label: "theory")
  }
}
