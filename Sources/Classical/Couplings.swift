internal import HopfieldKernels
internal import HopfieldPatterns

/// The couplings that a learning rule makes, in the form in which they are cheapest to use.
///
/// The network picks its engine by the form: fields of `hebbian` and `lowRank` couplings come from the
/// patterns' bits, and only `dense` ones fill a matrix.
public enum Couplings: Sendable {
  /// w = (1/N) Σ_μ ξ^μ (ξ^μ)ᵀ: the patterns say it all. N P bits.
  case hebbian

  /// w = (1/N) Σ_μν ξ^μ A_μν (ξ^ν)ᵀ with a symmetric P x P matrix A, row by row, in the ascending order
  /// of the patterns' indices: the projection rule with A = C⁻¹, for one. N P doubles, P² more and the
  /// patterns' bits; a visit or a flip costs O(P).
  case lowRank(factor: [Double])

  /// Any symmetric matrix of N x N, row by row. 4 N² bytes; a visit costs O(1), a flip O(N).
  case dense([Float])
}
