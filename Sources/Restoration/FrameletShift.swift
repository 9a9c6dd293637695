import JunoCam

/// How far the ground of one colour lies from where another colour and the geometry say that it is, in
/// one framelet.
public struct FrameletShift: Hashable, Codable, Sendable {
  /// Columns and rows, pixels: where the framelet has it, less where it should.
  public var columns: Double
  public var rows: Double
  /// One-sigma error of either, pixels.
  public var sigma: Double
  /// Patches that were compared.
  public var patches: Int

  public init(columns: Double, rows: Double, sigma: Double, patches: Int) {
    self.columns = columns
    self.rows = rows
    self.sigma = sigma
    self.patches = patches
  }

  var vector: SIMD2<Double> { SIMD2(columns, rows) }
}
