import Foundation
import HopfieldModern
import TestSupport
import Testing

@Suite struct AttentionTests {
  struct File: Decodable {
    let cases: [Case]
  }

  struct Case: Decodable {
    let name: String
    let scale: Double?
    let causal: Bool?
    let boolean: [[Bool]]?
    let additive: [[Float]]?
    let queries: [[Float]]
    let keys: [[Float]]
    let values: [[Float]]
    let output: [[Double]]

    var mask: AttentionMask? {
      causal == true ? .causal : boolean.map { .boolean($0) } ?? additive.map { .additive($0) }
    }
  }

  static let cases: [Case] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/attention.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }()

  @Test("Attention equals torch's scaled_dot_product_attention, masks included")
  func torch() {
    #expect(Self.cases.count == 10)
    for example in Self.cases {
      let output = attention(
        queries: example.queries, keys: example.keys, values: example.values, scale: example.scale,
        mask: example.mask)
      let error = relativeError(output, example.output)
      #expect(error < 2e-6, "\(example.name): \(error)")
    }
  }

  @Test("Attention is a step of the network whose memories are the keys")
  func network() {
    for example in Self.cases where example.mask == nil {
      let beta = example.scale ?? 1 / Double(example.keys[0].count).squareRoot()
      let network = ModernHopfieldNetwork(
        storing: example.keys, values: example.values, beta: beta)
      #expect(relativeError(network.retrieve(example.queries), example.output) < 2e-6)
    }
  }

  @Test("A query whose keys are all hidden gets zeros; hidden keys never count, on either path")
  func hidden() {
    let keys: [[Float]] = [[1, 0], [0, 1], [5, 5]]
    let values: [[Float]] = [[1], [2], [1e20]]
    for scale in [1.0, 1000] {
      let output = attention(
        queries: [[3, 0], [3, 0]], keys: keys, values: values, scale: scale,
        mask: .boolean([[true, true, false], [false, false, false]]))
      #expect(output[1] == [0])
      #expect(output[0][0] >= 1 && output[0][0] < 1.1)
    }
    let added = attention(
      queries: [[0, 0]], keys: keys, values: values,
      mask: .additive([[-3e38, -.infinity, -.infinity]]))
    #expect(added == [[1]])
  }

  @Test("Without queries nothing, without keys nothing to give")
  func empty() {
    #expect(attention(queries: [], keys: [[1]], values: [[1]]) == [])
    #expect(attention(queries: [[1]], keys: [], values: []) == [[]])
  }
}
