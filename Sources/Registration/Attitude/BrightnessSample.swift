import SpaceMath

/// One sample of an image, for the rough search of its attitude.
struct BrightnessSample: Sendable {
  var frame: Int
  /// s after mid-image.
  var time: Double
  /// Direction seen, spacecraft axes.
  var direction: Vector3
  /// Brightness in units of the filter's bright samples, at most 1.
  var brightness: Double
}
