internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import HopfieldTheory

@Suite("A fair coin's tosses") struct FairCoinTests {
  @Test("Small counts are Pascal's triangle") func pascal() {
    for tosses in 0...30 {
      var binomial = 1.0
      var above = exp2(Double(tosses))
      for heads in 0...tosses {
        let scale = exp2(Double(-tosses))
        let probability = exp(FairCoin.logProbability(of: heads, tosses: tosses))
        #expect(abs(probability / (binomial * scale) - 1) < 1e-14)
        let tail = FairCoin.probability(ofAtLeast: heads, tosses: tosses)
        #expect(abs(tail / (above * scale) - 1) < 1e-14, "\(heads) of \(tosses)")
        above -= binomial
        binomial = binomial * Double(tosses - heads) / Double(heads + 1)
      }
      #expect(FairCoin.probability(ofAtLeast: tosses + 1, tosses: tosses) == 0)
      #expect(FairCoin.probability(ofAtLeast: -1, tosses: tosses) == 1)
    }
  }

  /// mpmath, 60 digits: the binomial coefficient itself, and the sum of its successors.
  @Test("A thousand million tosses keep their digits") func many() {
    let log = FairCoin.logProbability(of: 500_050_000, tosses: 1_000_000_000)
    #expect(abs(log - -15.587424274701266) < 2e-14)
    let tail = FairCoin.probability(ofAtLeast: 500_050_000, tosses: 1_000_000_000)
    #expect(abs(tail / 0.00078278613054190482 - 1) < 1e-12)
  }
}
