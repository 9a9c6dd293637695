import Photometry

/// What a manifest says of the light that a product shows the ground in, for one of its images.
struct PhotometryRecord: Codable, Hashable, Sendable {
  var mode: PhotometryMode
  /// Model of each filter.
  var models: [String: PhotometricModel]
  /// Fitted parameters, where there are any.
  var fits: [String: PhotometryFitRecord]?
  /// Geometry that `albedo` is brought to, cosines.
  var standard: LightingGeometry?
  /// The second light of `two-lights`.
  var jupiter: JupiterLight?
  /// Its irradiance over the Sun's, and how many times brighter it is shown, by filter: the exposure
  /// of the Jupiter-lit side over that of the sunlit one.
  var jupiterIrradiance: [String: Double]?
  var jupiterGain: [String: Double]?
}

/// A fitted photometric parameter.
struct PhotometryFitRecord: Codable, Hashable, Sendable {
  var parameter: Double
  var sigma: Double
  /// Change of the logarithm of brightness with the cosine of phase that was fitted along.
  var phaseSlope: Double
  /// Robust scatter of the logarithm of the ratios of two looks.
  var scatter: Double
  var looks: Int
}
