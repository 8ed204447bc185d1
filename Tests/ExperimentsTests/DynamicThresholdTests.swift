import HopfieldPlots
import Testing

@testable import HopfieldExperiments

@Suite struct DynamicThresholdTests {
  /// Values of 0.4 + 2/√N: the first exponent is right, the second too high.
  @Test func limitsByBothExponents() {
    let sizes = [100, 400, 1_600]
    let threshold = DynamicThreshold(
      sizes.map { Estimate(0.4 + 2 / Double($0).squareRoot(), error: 0.01) }, at: sizes)
    let findings = threshold.findings("half are lost", published: 0.41)
    #expect(findings.count == 2)
    #expect(abs(findings[0].ours! - 0.4) < 1e-12)
    #expect(findings[1].ours! > 0.41)
    for finding in findings {
      #expect(finding.verdict == nil)
      #expect(finding.published == 0.41)
      #expect(finding.note!.contains("χ²"))
    }
    let figure = threshold.plot("Where half are lost", y: "load", theory: 0.41).svg
    #expect(figure.hasPrefix("<svg"))
  }
}
