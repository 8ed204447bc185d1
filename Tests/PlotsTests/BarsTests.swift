import Testing

@testable import HopfieldPlots

@Suite struct BarsTests {
  private func bars(_ plot: Plot) -> (edges: [ClosedRange<Double>], heights: [Double]) {
    guard case .bars(let edges, let heights) = plot.series[0].mark else { return ([], []) }
    return (edges, heights)
  }

  @Test("A histogram counts every finite value once, an edge in the upper bin") func counts() {
    let sample = [0, 0.5, 1, 1, 1.5, 2, 3, .nan, .infinity]
    let (edges, heights) = bars(Plot().histogram(sample, bins: 3))
    #expect(edges == [0...1, 1...2, 2...3])
    #expect(heights == [2, 3, 2])
  }

  @Test("Bins chosen by themselves are round, cover all, and a density has area 1") func density() {
    // Quantiles of the logistic distribution: log(p / (1 - p)).
    let sample = (0..<999).map { i in
      let p = (Double(i) + 0.5) / 999
      return 4 * (p - 0.5) / (0.02 + p * (1 - p))
    }
    let (edges, heights) = bars(Plot().histogram(sample, asDensity: true))
    let area = zip(edges, heights).reduce(0) { $0 + ($1.0.upperBound - $1.0.lowerBound) * $1.1 }
    #expect(abs(area - 1) < 1e-12)
    #expect(edges.count > 10 && edges.count < 400)
    for value in sample { #expect(edges.contains { $0.contains(value) }) }
    let width = edges[0].upperBound - edges[0].lowerBound
    #expect([1, 2, 5].contains { abs(RoundNumber(width).mantissa) == $0 })
  }

  @Test("Bars stand on zero, four fifths of the least distance wide") func bars() throws {
    let plot = Plot().bars([0, 1, 3], [1, 2, -1])
    #expect(bars(plot).edges.map(\.lowerBound) == [-0.4, 0.6, 2.6])
    let picture = try #require(Picture(plot.svg))
    let boxes = picture.elements("rect").filter { $0.parents.last == "g" }.prefix(3)
    #expect(boxes.count == 3)
    let bottoms = boxes.map { $0.number("y") + $0.number("height") }
    #expect(abs(bottoms[0] - bottoms[1]) < 0.02 && abs(boxes[2].number("y") - bottoms[0]) < 0.02)
    #expect(abs(boxes[1].number("height") - 2 * boxes[0].number("height")) < 0.03)
  }

  @Test("Names too long to stand side by side are slanted, and stay in the picture")
  func names() throws {
    let names = ["Hebb", "Storkey", "pseudo-inverse", "perceptron", "largest margin"]
    let plot = Plot(y: "load").bars([0, 1, 2, 3, 4], [1, 2, 3, 4, 5])
    let wide = try #require(
      Picture(plot.xAxis(ticks: .names(names)).size(width: 800, height: 300).svg))
    let narrow = try #require(
      Picture(plot.xAxis(ticks: .names(names)).size(width: 300, height: 300).svg))
    func slanted(_ picture: Picture) -> Int {
      picture.elements("text").count { $0.attributes["transform"]?.contains("-35") ?? false }
    }
    #expect(slanted(wide) == 0 && slanted(narrow) == 5)
    #expect(Set(names).isSubset(of: narrow.texts) && Set(names).isSubset(of: wide.texts))
  }
}
