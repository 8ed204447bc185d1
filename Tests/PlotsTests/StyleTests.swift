import Testing

@testable import HopfieldPlots

@Suite struct StyleTests {
  @Test("Sixteen lines and ten kinds of points differ without colour") func withoutColour() {
    let styles = (0..<16).map(Plot.Style.series)
    #expect(Set(styles.map { "\($0.dash) \($0.width)" }).count == 16)
    #expect(Set(styles.prefix(10).map(\.marker)).count == 10)
  }

  @Test("Dashes differ in their lengths, and markers in their outline") func kinds() {
    #expect(Set(Plot.Dash.allCases.map(\.lengths)).count == Plot.Dash.allCases.count)
    let outlines = Plot.Marker.allCases.map {
      "\($0.path(at: Position(0, 0), radius: 3)) \($0.isOpen)"
    }
    #expect(Set(outlines).count == Plot.Marker.allCases.count)
    #expect(Plot.Dash.solid.lengths.isEmpty)
  }

  @Test("Neighbours in the order of series differ in colour, dash, marker") func neighbours() {
    for i in 0..<40 {
      let (a, b) = (Plot.Style.series(i), Plot.Style.series(i + 1))
      #expect(a.colour != b.colour && a.dash != b.dash && a.marker != b.marker)
    }
  }

  @Test("Markers have about the area of the circle") func areas() {
    func area(_ marker: Plot.Marker) -> Double {
      let numbers = marker.path(at: Position(50, 50), radius: 10).numbers.compactMap { Double($0) }
      switch marker {
      case .square: return numbers[2] * numbers[3]
      case .diamond: return 2 * (numbers[2] - 50) * (50 - numbers[1])
      case .triangle: return (numbers[2] - 50) * (numbers[3] - numbers[1])
      default: return .nan
      }
    }
    for marker in [Plot.Marker.square, .diamond, .triangle] {
      #expect(abs(area(marker) / (100 * .pi) - 1) < 0.25)
    }
  }

  @Test("A changed style changes in one thing") func changes() {
    let style = Plot.Style.series(1).dashed(.solid).marked(.plus).coloured(.black).wide(3).arrow()
    #expect(style.dash == .solid && style.marker == .plus && style.colour == .black)
    #expect(style.width == 3 && style.hasArrow)
    #expect(Plot.Style.series(1).dashed(.solid).marker == Plot.Style.series(1).marker)
  }
}
