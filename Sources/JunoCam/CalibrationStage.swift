/// How far a framelet has come on its way from code to reflectance.
///
/// The stage is part of a framelet's type, so that a step out of order does not compile.
public protocol CalibrationStage: Sendable {
  /// What one sample is at this stage.
  associatedtype Sample: Sendable & BitwiseCopyable
}

/// Codes of the EDR and of the website's raw PNG: 12 bits squeezed into 8 on board.
public enum Companded: CalibrationStage {
  public typealias Sample = UInt8
}

/// Numbers of the archive's RDR: decompanded and scaled so that I/F = sample / 10 000, with no
/// dark, flat or throughput correction (SIS).
public enum ArchiveScaled: CalibrationStage {
  public typealias Sample = UInt16
}

/// 12-bit data numbers (DN12) above the black level, linear in the light.
public enum Linear: CalibrationStage {
  public typealias Sample = Float
}

/// Radiance factor I/F: 1 for a white Lambertian surface lit at normal incidence.
public enum IOverF: CalibrationStage {
  public typealias Sample = Float
}
