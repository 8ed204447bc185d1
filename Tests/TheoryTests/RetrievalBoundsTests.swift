internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Proved bounds of modern networks") struct RetrievalBoundsTests {
  private struct Spheres: Decodable {
    struct Instance: Decodable {
      struct Row: Decodable {
        let beta: Double
        let separation: Double
        let sufficientSeparation: Double
        let error: Double
        let bound: Double

        enum CodingKeys: String, CodingKey {
          case beta
          case separation = "Delta_i"
          case sufficientSeparation = "well_separated_min"
          case error = "error_one_step"
          case bound = "thm5_bound"
        }
      }

      let count: Int
      let radius: Double
      let rows: [Row]

      enum CodingKeys: String, CodingKey {
        case count = "M"
        case radius, rows
      }
    }

    let instances: [Instance]
  }

  private struct Modern: Decodable {
    struct Instance: Decodable {
      struct Jacobian: Decodable {
        let beta: Double
        let error: Double
        let simpleBound: Double
        let generalBound: Double

        enum CodingKeys: String, CodingKey {
          case beta
          case error = "one_step_error"
          case simpleBound = "exact_error_bound_simple"
          case generalBound = "lemma_bound_2_Mm1_exp_minus_betaDelta_R"
        }
      }

      let count: Int
      let memories: [[Double]]
      let largestNorm: Double
      let separation: [Double]
      let jacobian: [Jacobian]

      enum CodingKeys: String, CodingKey {
        case count = "M"
        case memories = "X"
        case largestNorm = "max_norm"
        case separation, jacobian
      }
    }

    let instances: [Instance]
  }

  @Test("Theorem 5 and separations on spheres, against the reference") func spheres() {
    for instance in Golden.load(Spheres.self, from: "modern_bounds").instances {
      for row in instance.rows {
        let bound = RetrievalBounds.retrievalError(
          separation: row.separation, memories: instance.count, beta: row.beta,
          largestNorm: instance.radius)
        #expect(abs(bound / row.bound - 1) < 1e-12)
        #expect(row.error <= bound)
        // Theorem 4 from 1/(2βR) away is theorem 5.
        let oneStep = RetrievalBounds.oneStepError(
          separation: row.separation, distance: 0.5 / (row.beta * instance.radius),
          memories: instance.count, beta: row.beta, largestNorm: instance.radius)
        #expect(abs(bound / oneStep - 1) < 1e-13)
        let separation = RetrievalBounds.sufficientSeparation(
          memories: instance.count, beta: row.beta, largestNorm: instance.radius)
        #expect(abs(separation / row.sufficientSeparation - 1) < 1e-14)
      }
    }
  }

  @Test("Errors of one step from a memory, against the reference") func oneStep() {
    for instance in Golden.load(Modern.self, from: "modern").instances {
      for row in instance.jacobian {
        let scores = instance.memories.map { memory in
          row.beta * zip(memory, instance.memories[0]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let weight = 1 / scores.reduce(0) { $0 + exp($1 - scores[0]) }
        let simple = RetrievalBounds.oneStepError(
          weight: weight, largestNorm: instance.largestNorm)
        #expect(abs(simple - row.simpleBound) < 1e-14)
        let general = RetrievalBounds.oneStepError(
          separation: instance.separation[0], distance: 0, memories: instance.count, beta: row.beta,
          largestNorm: instance.largestNorm)
        #expect(abs(general / row.generalBound - 1) < 1e-12)
        #expect(row.error <= simple && simple <= general)
      }
    }
  }

  @Test("One memory alone is exact; with no β, no separation is enough") func alone() {
    #expect(
      RetrievalBounds.oneStepError(
        separation: .infinity, distance: 1, memories: 1, beta: 1, largestNorm: 1) == 0)
    #expect(
      RetrievalBounds.retrievalError(separation: .infinity, memories: 1, beta: 1, largestNorm: 1)
        == 0)
    #expect(RetrievalBounds.sufficientSeparation(memories: 1, beta: 0, largestNorm: 1) == 0)
    #expect(RetrievalBounds.sufficientSeparation(memories: 9, beta: 0, largestNorm: 1) == .infinity)
  }

  @Test("Theorem 3, against the reference") func theorem3() {
    for row in Golden.rows("rows", of: "ramsauer_thm3", in: "thresholds") {
      let found = RetrievalBounds.spherePatterns(
        beta: row["beta"]!, scale: row["K"]!, dimension: Int(row["d"]!), failure: row["p"]!)
      #expect(abs(found.radius / row["M_radius"]! - 1) < 1e-14)
      #expect(abs(found.a - row["a"]!) < 1e-14)
      #expect(abs(found.b / row["b"]! - 1) < 1e-14)
      #expect(abs(found.a + log(found.b) - row["a_plus_ln_b"]!) < 1e-14)
      #expect(abs(found.growth / row["c"]! - 1) < 1e-13)
      #expect(abs(found.smallestGrowth / row["condition_c_min"]! - 1) < 1e-13)
      #expect(found.isValid == (row["valid"]! == 1))
      #expect(abs(found.patterns / row["N_bound"]! - 1) < 1e-12)
    }
  }

  /// mpmath, 30 digits.
  @Test("Lambert's function of an exponential") func lambert() {
    let rows = [
      (-50, 1.9287498479639178e-22), (-1.5, 0.1853749184489398), (-0.94, 0.29177439504549512),
      (0, 0.56714329040978387), (0.9, 0.95063017363368635), (1, 1), (10, 7.9294200950196973),
      (100, 95.441486645575832),
    ]
    for (u, w) in rows {
      #expect(abs(RetrievalBounds.lambertW(ofExp: u) / w - 1) < 1e-14, "W(e^\(u))")
    }
    for u in stride(from: -30, through: 800, by: 1.7) {
      let w = RetrievalBounds.lambertW(ofExp: u)
      #expect(abs(w + log(w) - u) < 1e-14 * max(1, abs(u)))
    }
    #expect(RetrievalBounds.lambertW(ofExp: 1e300) == 1e300)
    #expect(RetrievalBounds.lambertW(ofExp: -1e300) == 0)
    #expect(RetrievalBounds.lambertW(ofExp: .infinity) == .infinity)
  }
}
