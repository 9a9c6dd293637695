import JunoCam
import SpaceMath

/// When an image begins, so that the moon crosses the field in its middle, and when its frames are
/// exposed.
struct ImageTiming: Sendable {
  /// START_TIME − first exposure, and the extra delay between frames (instrument kernel v03), s.
  static let startTimeBias = 0.06188
  static let interframeDelta = 0.001

  /// START_TIME, a whole millisecond of UTC.
  let start: CivilTime
  let stop: CivilTime
  /// Ephemeris time of every frame.
  let frameET: [Double]

  /// - Parameters:
  ///   - nominalET: near which the moon's centre is to cross the middle of the GREEN strip
  init(geometry: SceneGeometry, image: SceneDescription.Image, nominalET: Double) {
    let crossing = Self.crossing(geometry: geometry, near: nominalET)
    let period = image.interframeDelay + Self.interframeDelta
    let middle = Double(image.frames - 1) / 2
    let startET = crossing - Self.startTimeBias - middle * period
    start = CivilTime(milliseconds: SceneClock.utcMilliseconds(et: startET))
    let first = SceneClock.et(utcMilliseconds: start.milliseconds) + Self.startTimeBias
    frameET = (0..<image.frames).map { first + Double($0) * period }
    let length = Double(image.frames) * image.interframeDelay
    stop = CivilTime(milliseconds: start.milliseconds + Int((length * 1000).rounded()))
  }

  /// Elevation of the middle of the GREEN strip above the optical axis, rad (2.34°).
  private static let greenElevation = 0.040_862

  /// The time nearest to `nominal` at which the moon's centre crosses the middle of the GREEN
  /// strip.
  private static func crossing(geometry: SceneGeometry, near nominal: Double) -> Double {
    let rate = geometry.spin.rate
    var et = nominal
    // The apparent moon drifts by a fraction of the spin, so a few steps of its phase converge.
    for step in 0..<8 {
      let pose = geometry.pose(at: et)
      let centre = pose.cameraFromJ2000 * pose.targetPosition
      var ahead = Elementary.atan2(centre.y, centre.z) - greenElevation
      if ahead > .pi { ahead -= 2 * .pi }
      if ahead < -.pi { ahead += 2 * .pi }
      // Right-handed spin about the camera's −x carries the scene towards lower rows.
      et += ahead / rate
      if step == 0, abs(ahead) > 3.141 { et += 0.01 }
    }
    return et
  }
}
