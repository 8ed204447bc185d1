extension Plot {
  /// Where the legend stands.
  public enum LegendPosition: Hashable, Sendable, CaseIterable {
    /// In the corner, or failing that at the side, where it covers least; beside the frame if it
    /// covers something everywhere.
    case automatic
    case topLeft, topRight, bottomLeft, bottomRight
    /// Beside the frame, at its right.
    case outside
    case hidden
  }

  /// Sets the x axis: how it is spread, what it shows, and where its labelled ticks are.
  ///
  /// Without a range it shows all data.
  public func xAxis(
    _ scale: Scale = .linear, in range: ClosedRange<Double>? = nil, ticks: Ticks = .automatic
  ) -> Plot {
    changed { $0.xAxis = Self.axis($0.xAxis.label, scale, range, ticks) }
  }

  /// Sets the y axis, as `xAxis` does the other.
  public func yAxis(
    _ scale: Scale = .linear, in range: ClosedRange<Double>? = nil, ticks: Ticks = .automatic
  ) -> Plot {
    changed { $0.yAxis = Self.axis($0.yAxis.label, scale, range, ticks) }
  }

  /// Sets a second, smaller line under the title: the parameters.
  public func subtitle(_ subtitle: String) -> Plot { changed { $0.subtitle = subtitle } }

  /// Sets where the legend stands.
  public func legend(_ position: LegendPosition) -> Plot {
    changed { $0.legendPosition = position }
  }

  /// Sets the size of the whole picture, 480 by 360 if not set; text is 12 high.
  public func size(width: Double, height: Double) -> Plot {
    precondition(
      width >= 160 && height >= 120 && width <= 10_000 && height <= 10_000,
      "a picture of \(width) by \(height), not 160 by 120 to 10000 by 10000")
    return changed {
      $0.width = width
      $0.height = height
    }
  }

  private static func axis(
    _ label: String, _ scale: Scale, _ range: ClosedRange<Double>?, _ ticks: Ticks
  ) -> Axis {
    if let range {
      let (low, high) = (range.lowerBound, range.upperBound)
      precondition(
        low.magnitude < 1e290 && high.magnitude < 1e290, "an axis from \(low) to \(high)")
      precondition(
        high - low > 1e-9 * max(low.magnitude, high.magnitude) && high - low > 1e-290,
        "an axis from \(low) to \(high): too short")
      precondition(
        scale == .linear || low > 0, "a logarithmic axis from \(low) to \(high): not positive")
    }
    return Axis(label: label, scale: scale, range: range, ticks: ticks)
  }
}
