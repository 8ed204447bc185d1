import HopfieldModern
import TestSupport
import Testing

/// The reference numbers of modern.json.
struct ModernGolden: Decodable {
  let tolerance: Double
  let instances: [Instance]

  struct Instance: Decodable {
    let memories: [[Double]]
    let queries: [[Double]]
    let largestNorm: Double
    let separations: [Double]
    let runs: [Run]
    let jacobians: [Jacobian]

    enum CodingKeys: String, CodingKey {
      case memories = "X"
      case queries
      case largestNorm = "max_norm"
      case separations = "separation"
      case runs
      case jacobians = "jacobian"
    }
  }

  struct Run: Decodable, CustomTestStringConvertible {
    let map: String
    let beta: Double
    let query: Int
    let firstWeights: [Double]
    let firstConjugate: Double
    let trajectory: [[Double]]
    let trajectorySteps: [Int]
    let energies: [Double]
    let fixedPoint: [Double]

    enum CodingKeys: String, CodingKey {
      case map, beta, query, trajectory, energies
      case firstWeights = "p_first"
      case firstConjugate = "lse_first"
      case trajectorySteps = "trajectory_steps"
      case fixedPoint = "fixed_point"
    }

    var separation: Separation {
      switch map {
      case "softmax": .softmax
      case "entmax15": .entmax(alpha: 1.5)
      default: .sparsemax
      }
    }
    var testDescription: String { "\(map), beta \(beta), query \(query)" }
  }

  struct Jacobian: Decodable {
    let beta: Double
    let spectralNorm: Double
    let oneStepError: Double

    enum CodingKeys: String, CodingKey {
      case beta
      case spectralNorm = "spectral_norm"
      case oneStepError = "one_step_error"
    }
  }

  static let file: ModernGolden = Golden.load(from: "modern")
}

/// Ramsauer's theorem 5 on spheres, of modern_bounds.json.
struct BoundsGolden: Decodable {
  let instances: [Instance]

  struct Instance: Decodable {
    let count: Int
    let dimension: Int
    let radius: Double
    let seed: UInt64
    let firstRow: [Double]
    let rows: [Row]

    enum CodingKeys: String, CodingKey {
      case radius, seed, rows
      case count = "M"
      case dimension = "d"
      case firstRow = "first_row"
    }
  }

  struct Row: Decodable {
    let beta: Double
    let memory: Int
    let shift: [Double]
    let separation: Double
    let promisingSeparation: Double
    let oneStepError: Double
    let distance: Double
    let bound: Double

    enum CodingKeys: String, CodingKey {
      case beta
      case memory = "i"
      case shift = "delta_query"
      case separation = "Delta_i"
      case promisingSeparation = "well_separated_min"
      case oneStepError = "error_one_step"
      case distance = "dist_fixed_point"
      case bound = "thm5_bound"
    }
  }

  static let file: BoundsGolden = Golden.load(from: "modern_bounds")
}
