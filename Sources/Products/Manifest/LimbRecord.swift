/// What was found along an unrolled limb.
public struct LimbRecord: Codable, Hashable, Sendable {
  /// By position angle.
  public var plumes: [PlumeRecord]
  /// Columns whose bright edge was measured; 0 if the limb is not lit enough.
  public var edgeColumns: Int
  /// How far the measured limb stands above altitude 0, km, as a function of the angle t from 0 at the
  /// left edge to a full turn at the right one: constant, and factors of cos t, sin t, cos 2t, sin 2t.
  /// Heights of plumes count from there.
  public var edgeOffsetKm: [Double]
  /// Scatter of the columns about it, km.
  public var edgeRMSKm: Double
  /// Tables beside the product: one line per column with the ground below it, and the plumes. Names
  /// are paths relative to the manifest's folder.
  public var tables: [FileRecord]

  public init(
    plumes: [PlumeRecord], edgeColumns: Int, edgeOffsetKm: [Double], edgeRMSKm: Double,
    tables: [FileRecord] = []
  ) {
    self.plumes = plumes
    self.edgeColumns = edgeColumns
    self.edgeOffsetKm = edgeOffsetKm
    self.edgeRMSKm = edgeRMSKm
    self.tables = tables
  }
}

/// A plume that stands above the limb.
public struct PlumeRecord: Codable, Hashable, Sendable {
  /// Of its axis, degrees.
  public var positionAngle: Double
  /// Where its axis meets the limb: planetocentric latitude and east longitude of the point of the
  /// ellipsoid that the line of sight touches, degrees. The vent may lie before or behind it.
  public var latitude: Double
  public var longitude: Double
  /// Above the limb: the plume's own height if its vent lies on it, else less.
  public var heightKm: Double
  public var heightSigmaKm: Double
  /// Extent along the limb at half brightness, degrees of position angle.
  public var widthDegrees: Double
  public var peakAltitudeKm: Double
  /// I/F above the background at the brightest place, by filter.
  public var peak: [String: Double]
  /// Peak over the error of one pixel, all filters together.
  public var peakSignificance: Double
  /// All light over its error.
  public var significance: Double

  public init(
    positionAngle: Double, latitude: Double, longitude: Double, heightKm: Double,
    heightSigmaKm: Double, widthDegrees: Double, peakAltitudeKm: Double, peak: [String: Double],
    peakSignificance: Double, significance: Double
  ) {
    self.positionAngle = positionAngle
    self.latitude = latitude
    self.longitude = longitude
    self.heightKm = heightKm
    self.heightSigmaKm = heightSigmaKm
    self.widthDegrees = widthDegrees
    self.peakAltitudeKm = peakAltitudeKm
    self.peak = peak
    self.peakSignificance = peakSignificance
    self.significance = significance
  }
}
