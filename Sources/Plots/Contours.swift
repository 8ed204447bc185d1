/// The lines on which values over a grid equal a level, by marching squares.
///
/// A level line crosses the edge between two neighbours of the grid if one lies below the level
/// and the other does not; where, is found by linear interpolation. In a cell all four of whose
/// edges are crossed, the mean of its corners decides which of the two ways they are joined. Cells
/// with a corner that is not finite have no lines.
///
/// - Complexity: O(rows x columns).
/// - Source: Lorensen and Cline 1987, in two dimensions.
struct Contours {
  /// Lines in units of indices, x along rows; a closed line ends with the point it begins with.
  let lines: [[Position]]

  /// The lines at `level` of `values[j][i]`, i being x and j being y.
  init(_ values: [[Double]], at level: Double) {
    let segments = Self.segments(values, level)
    lines = Self.chains(segments).map { edges in edges.map { $0.crossing(values, level) } }
  }

  /// The edge from a grid point to its right or its upper neighbour.
  private struct Edge: Hashable {
    var i: Int
    var j: Int
    var isUpward: Bool

    func crossing(_ values: [[Double]], _ level: Double) -> Position {
      let from = values[j][i]
      let to = isUpward ? values[j + 1][i] : values[j][i + 1]
      let share = (level - from) / (to - from)
      return isUpward
        ? Position(Double(i), Double(j) + share) : Position(Double(i) + share, Double(j))
    }
  }

  private static func segments(_ values: [[Double]], _ level: Double) -> [(Edge, Edge)] {
    var segments: [(Edge, Edge)] = []
    for j in 0..<max(0, values.count - 1) {
      for i in 0..<max(0, values[j].count - 1) {
        // Anticlockwise from the lower left, with the edge that follows each corner.
        let corners = [values[j][i], values[j][i + 1], values[j + 1][i + 1], values[j + 1][i]]
        guard corners.allSatisfy(\.isFinite) else { continue }
        let edges = [
          Edge(i: i, j: j, isUpward: false), Edge(i: i + 1, j: j, isUpward: true),
          Edge(i: i, j: j + 1, isUpward: false), Edge(i: i, j: j, isUpward: true),
        ]
        let isAbove = corners.map { $0 >= level }
        let crossed = (0..<4).filter { isAbove[$0] != isAbove[($0 + 1) % 4] }
        if crossed.count == 2 {
          segments.append((edges[crossed[0]], edges[crossed[1]]))
        } else if crossed.count == 4 {
          // A saddle: a corner unlike the centre is cut off, between the edges on its two sides.
          let isCentreAbove = corners.reduce(0) { $0 + $1 / 4 } >= level
          for corner in 0..<4 where isAbove[corner] != isCentreAbove {
            segments.append((edges[(corner + 3) % 4], edges[corner]))
          }
        }
      }
    }
    return segments
  }

  /// Joins segments that share an edge into lines; each edge belongs to at most two.
  private static func chains(_ segments: [(Edge, Edge)]) -> [[Edge]] {
    var segmentsAt: [Edge: [Int]] = [:]
    for (index, segment) in segments.enumerated() {
      segmentsAt[segment.0, default: []].append(index)
      segmentsAt[segment.1, default: []].append(index)
    }
    var isUsed = [Bool](repeating: false, count: segments.count)

    /// The edges that follow `edge`, up to an end or all the way round.
    func walk(from edge: Edge) -> [Edge] {
      var edge = edge
      var walked: [Edge] = []
      while let next = segmentsAt[edge]?.first(where: { !isUsed[$0] }) {
        isUsed[next] = true
        edge = segments[next].0 == edge ? segments[next].1 : segments[next].0
        walked.append(edge)
      }
      return walked
    }

    var chains: [[Edge]] = []
    for (index, segment) in segments.enumerated() where !isUsed[index] {
      isUsed[index] = true
      let forward = walk(from: segment.1)
      let backward = walk(from: segment.0)
      chains.append(backward.reversed() + [segment.0, segment.1] + forward)
    }
    return chains
  }
}
