internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Separability") struct SeparabilityTests {
  private struct File: Decodable {
    struct Cover: Decodable {
      struct Row: Decodable {
        let points: Int
        let dimensions: Int
        let count: String
        let fraction: Double

        enum CodingKeys: String, CodingKey {
          case points = "P"
          case dimensions = "N"
          case count, fraction
        }
      }
      let rows: [Row]
    }
    let cover: Cover
  }

  @Test("Cover's counts and shares, against the reference") func cover() {
    for row in Golden.load(File.self, from: "capacity").cover.rows {
      #expect(Separability.dichotomies(points: row.points, dimensions: row.dimensions) == row.count)
      let fraction = Separability.separableFraction(points: row.points, dimensions: row.dimensions)
      #expect(abs(fraction / row.fraction - 1) < 1e-13)
    }
  }

  @Test("All labellings up to P = N, half of them at P = 2N") func coverIdentities() {
    #expect(Separability.dichotomies(points: 70, dimensions: 70) == "1180591620717411303424")
    #expect(Separability.dichotomies(points: 70, dimensions: 200) == "1180591620717411303424")
    #expect(Separability.separableFraction(points: 70, dimensions: 70) == 1)
    #expect(Separability.dichotomies(points: 1, dimensions: 1) == "2")
    for n in [1, 7, 500, 50_000] {
      #expect(abs(Separability.separableFraction(points: 2 * n, dimensions: n) - 0.5) < 1e-13)
    }
    #expect(Separability.separableFraction(points: 3000, dimensions: 1000) < 1e-70)
    #expect(1 - Separability.separableFraction(points: 1500, dimensions: 1000) < 1e-30)
  }

  /// C(P + 1, N) = C(P, N) + C(P, N − 1), with which Cover counts.
  @Test("Cover's recursion") func recursion() throws {
    func count(_ points: Int, _ dimensions: Int) throws -> Int {
      try #require(Int(Separability.dichotomies(points: points, dimensions: dimensions)))
    }
    for points in 1...40 {
      for dimensions in 2...12 {
        let sum = try count(points, dimensions) + count(points, dimensions - 1)
        #expect(try count(points + 1, dimensions) == sum)
      }
    }
  }

  @Test("Gardner's capacity, against the reference") func gardner() {
    for row in Golden.rows("rows", of: "gardner", in: "capacity") {
      #expect(abs(Separability.capacity(margin: row["kappa"]!) - row["alpha_c"]!) < 1e-13)
    }
    for row in Golden.rows("rows", of: "gardner_biased", in: "capacity") {
      let found = Separability.capacity(margin: row["kappa"]!, bias: row["m"]!)
      #expect(abs(found.load - row["alpha_c"]!) < 1e-11)
      #expect(abs(found.meanCoupling - row["M"]!) < 1e-11)
      #expect(Separability.capacity(margin: row["kappa"]!, bias: -row["m"]!) == found)
    }
  }

  /// mpmath, 60 digits.
  @Test("Negative margins, where the closed form cancels") func negativeMargins() {
    let rows = [
      (-0.99, 12.983296874148737),
      (-1.01, 13.570498788309425),
      (-2, 173.34847870033293),
      (-5, 51697499.847051412),
      (-20, 7.3534120397347274e90),
    ]
    for (margin, load) in rows {
      #expect(abs(Separability.capacity(margin: margin) / load - 1) < 1e-13, "margin \(margin)")
    }
  }

  @Test("The margin undoes the capacity", arguments: [0, 0.3, -0.9, 0.9999]) func inverse(
    bias: Double
  ) {
    for load in [1e-6, 0.01, 0.5, 1, 2, 2000] {
      let margin = Separability.margin(load: load, bias: bias)
      let back = Separability.capacity(margin: margin, bias: bias).load
      // d ln α/dκ is up to 2/√(1 − m²).
      let steepness = 2 / (1 - bias * bias).squareRoot()
      #expect(abs(back / load - 1) < 1e-14 * (4 + steepness * max(1, abs(margin))))
    }
  }

  /// The limits that the minover rule (Krauth and Mézard 1987) tends to.
  @Test("Margins of two loads") func margins() {
    #expect(abs(Separability.margin(load: 0.5) - 1.0343) < 5e-5)
    #expect(abs(Separability.margin(load: 1) - 0.4707) < 5e-5)
    #expect(abs(Separability.margin(load: 2)) < 1e-14)
  }

  @Test("Limits: 1/κ² for large margins, slowly 1/((1 − m)|ln(1 − m)|) for strong bias")
  func asymptotics() {
    #expect(abs(Separability.capacity(margin: 1e4) * 1e8 - 1) < 2e-8)
    var last = 0.0
    for bias in [0.99, 0.999, 0.9999, 0.99999] {
      let ratio =
        Separability.strongBiasAsymptote(bias: bias)
        / Separability.capacity(margin: 0, bias: bias).load
      #expect(ratio > last && ratio < 1)
      last = ratio
    }
    // No bias is the limit of little of it.
    #expect(abs(Separability.capacity(margin: 0.5, bias: 1e-7).load - 0.9612050528015418) < 1e-12)
  }

  @Test("The two forms of the tail's moments agree where they meet") func tailMoments() {
    let (below, above) = ((-1.0).nextDown, -1.0)
    #expect(abs(GaussianTail.second(below) / GaussianTail.second(above) - 1) < 1e-14)
    #expect(abs(GaussianTail.logFirst(below) - GaussianTail.logFirst(above)) < 1e-14)
  }
}
