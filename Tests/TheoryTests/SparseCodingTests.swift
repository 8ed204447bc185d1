internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("Sparse coding") struct SparseCodingTests {
  @Test("Capacities, overlaps and activities, against the reference") func reference() {
    for row in Golden.rows("rows", of: "sparse_RS_T0", in: "capacity") {
      let f = row["f"]!
      let plain = SparseCoding.capacity(activity: f)
      #expect(abs(plain.load / row["alpha_c"]! - 1) < 1e-12)
      #expect(abs(plain.overlap / row["m"]! - 1) < 1e-7)
      #expect(abs(plain.activity / row["activity"]! - 1) < 1e-7)
      let centred = SparseCoding.capacity(activity: f, centred: true)
      #expect(abs(centred.load / row["alpha_c_centred"]! - 1) < 1e-12)
      #expect(abs(centred.overlap / row["m_centred"]! - 1) < 1e-7)
      let limit = SparseCoding.asymptoticCapacity(activity: f)
      #expect(abs(limit / row["asymptote_1_over_2f_lnf"]! - 1) < 1e-14)
    }
  }

  @Test("Half of the units on is the network of ±1 units, and half its capacity where not centred")
  func half() {
    let centred = SparseCoding.capacity(activity: 0.5, centred: true)
    #expect(abs(centred.load - 0.13790556649493174) < 1e-14)
    #expect(abs(centred.overlap - 0.9674171156852916) < 1e-13)
    #expect(abs(centred.activity - 0.5) < 1e-13)
  }

  @Test("With the field centred, ones and zeros change places", arguments: [0.4, 0.1, 0.003])
  func symmetry(fraction: Double) {
    let sparse = SparseCoding.capacity(activity: fraction, centred: true)
    let dense = SparseCoding.capacity(activity: 1 - fraction, centred: true)
    #expect(abs(sparse.load / dense.load - 1) < 1e-12)
    #expect(abs(sparse.overlap - dense.overlap) < 1e-11)
    #expect(abs(sparse.activity + dense.activity - 1) < 1e-11)
  }

  @Test("The limit of few ones is approached from below, and slowly") func limit() {
    var last = 0.0
    for exponent in 3...12 {
      let f = (0..<exponent).reduce(1.0) { f, _ in f / 10 }
      let ratio =
        SparseCoding.capacity(activity: f).load / SparseCoding.asymptoticCapacity(activity: f)
      #expect(ratio > last && ratio < 1)
      last = ratio
    }
    #expect(last > 0.6)
  }

  @Test("Willshaw's synapses, against the reference") func willshaw() {
    for row in Golden.rows("rows", of: "willshaw", in: "capacity") {
      let f = row["f"]!
      let filled = Willshaw.filledSynapses(patterns: row["P"]!, activity: f)
      #expect(abs(filled / row["p1"]! - 1) < 1e-12)
      let half = Willshaw.patterns(activity: f)
      #expect(abs(half / row["P_half"]! - 1) < 1e-12)
      #expect(abs(Willshaw.filledSynapses(patterns: half, activity: f) - 0.5) < 1e-15)
      #expect(abs(half / row["approx"]! - 1) < f * f)
    }
  }

  @Test("Willshaw's information: ln 2 at one half, less on either side") func information() {
    #expect(abs(Willshaw.information() - 0.6931471805599453) < 1e-15)
    for share in [0.1, 0.3, 0.49] {
      let other = Willshaw.information(filledSynapses: 1 - share)
      #expect(abs(Willshaw.information(filledSynapses: share) - other) < 1e-15)
      #expect(other < Willshaw.information())
    }
    #expect(Willshaw.information(filledSynapses: 0) == 0)
    #expect(Willshaw.information(filledSynapses: 1) == 0)
  }
}
