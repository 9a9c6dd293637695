/// One unknown of an adjustment.
public struct ParameterSlot: Hashable, Codable, Sendable {
  public var parameter: CorrectionParameter
  /// Index of the image it belongs to; nil: shared by all.
  public var image: Int?
  /// A-priori one-sigma about 0, in the parameter's unit.
  public var priorSigma: Double

  public init(parameter: CorrectionParameter, image: Int?, priorSigma: Double) {
    self.parameter = parameter
    self.image = image
    self.priorSigma = priorSigma
  }
}
