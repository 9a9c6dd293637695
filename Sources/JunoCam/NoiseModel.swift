/// Random error of one sample: read noise, photon noise and the companding step.
///
/// var(DN12) = read² + signal / gain + step² / 12 (calibration report; the step is that of the
/// companding table at the signal). The signal counts from zero light and zero dark current, so
/// black level that comes from dark current belongs to it.
public struct NoiseModel: Hashable, Codable, Sendable {
  /// Read noise, DN12.
  public var readNoise: Double
  /// Electrons per DN12: nominally 16.3; photon transfer on the ground gave 15.0.
  public var electronsPerDN: Double
  /// Table whose steps round the numbers.
  public var mode: SampleBitMode

  public init(
    readNoise: Double = 1.0, electronsPerDN: Double = 16.3, mode: SampleBitMode = .squareRoot
  ) {
    self.readNoise = readNoise
    self.electronsPerDN = electronsPerDN
    self.mode = mode
  }

  /// Standard deviation in DN12 of a sample of this many DN12, black level included.
  public func sigma(dn12: Double) -> Double {
    let step = Double(Self.step(at: dn12, in: mode))
    let variance =
      readNoise * readNoise + max(0, dn12) / electronsPerDN + step * step / 12
    return variance.squareRoot()
  }

  /// Standard deviation in DN12 for each of the 256 codes, whose table value is the signal.
  public var sigmaOfCodes: [Float] {
    zip(mode.table, mode.steps).map { value, step in
      let variance =
        readNoise * readNoise + Double(value) / electronsPerDN + Double(step * step) / 12
      return Float(variance.squareRoot())
    }
  }

  /// Companding step at a DN12.
  private static func step(at dn12: Double, in mode: SampleBitMode) -> Int {
    switch mode {
    case .linear1: 1
    case .linear8: 8
    case .linear16: 16
    case .squareRoot:
      switch dn12 {
      case ..<23: 1
      case ..<63: 2
      case ..<247: 4
      case ..<1007: 8
      case ..<1407: 16
      default: 32
      }
    }
  }
}
