import SPICE
import SpaceMath

/// How the camera was turned at an instant, measured on the images rather than taken from a CK.
public struct CameraAttitude: Hashable, Codable, Sendable {
  /// Ephemeris time at the camera.
  public var epochET: Double
  /// v_camera = cameraFromJ2000 · v_J2000 (JUNO_JUNOCAM axes).
  public var cameraFromJ2000: Matrix3

  public init(epochET: Double, cameraFromJ2000: Matrix3) {
    self.epochET = epochET
    self.cameraFromJ2000 = cameraFromJ2000
  }
}

extension CameraAttitude {
  /// A CK of JUNO_SPACECRAFT that puts the camera where these attitudes have it: what a fit found
  /// becomes a kernel that any SPICE program can load after the mission's own.
  ///
  /// The fixed mounting of the loaded FK is taken out, so the CK belongs to that FK. Between frames
  /// the rotation is at constant rate; one interval is added before the first frame and one after
  /// the last, so that a small change of the start time stays covered.
  ///
  /// - Parameters:
  ///   - images: attitudes image by image, two or more each, all in ascending order; there is no
  ///     pointing between one image and the next.
  ///   - kernels: must hold the FK and a clock kernel; the CK is for use with the same clock kernel.
  ///   - comments: lines of ASCII for the comment area.
  /// - Throws: `SPICEError`; `badInput` for an image with fewer than two attitudes or with attitudes
  ///   out of order.
  public static func kernel(
    images: [[CameraAttitude]], kernels: KernelSet, comments: [String] = []
  ) throws -> CKWriter {
    let spacecraftFromCamera = try kernels.rotation(
      from: "JUNO_JUNOCAM", to: "JUNO_SPACECRAFT", et: 0)
    let clock = try kernels.clock(-61)
    let stretches = try images.map { attitudes in
      try padded(attitudes).map { epoch, cameraFromJ2000, rate in
        CKWriter.Instance(
          ticks: try clock.ticks(et: epoch), rotation: spacecraftFromCamera * cameraFromJ2000,
          angularVelocity: rate)
      }
    }
    var writer = try CKWriter(internalName: "JUNO_SPACECRAFT from images", comments: comments)
    try writer.addInstances(
      instrument: -61000, name: "JUNO_SPACECRAFT from images", stretches: stretches)
    return writer
  }

  /// The attitudes with an extrapolated one at either end, each with its angular velocity in J2000
  /// axes, rad/s.
  private static func padded(
    _ attitudes: [CameraAttitude]
  ) throws -> [(Double, Matrix3, Vector3)] {
    guard attitudes.count >= 2 else {
      throw SPICEError.badInput("an attitude kernel needs two or more attitudes of each image")
    }
    let steps = try zip(attitudes, attitudes.dropFirst()).map { before, after in
      let duration = after.epochET - before.epochET
      guard duration > 0, duration.isFinite else {
        throw SPICEError.badInput("attitudes must be in ascending order of time")
      }
      // The turning of the camera's axes, as seen from J2000.
      let turn = after.cameraFromJ2000.transpose * before.cameraFromJ2000
      let (axis, angle) = turn.axisAngle
      return (duration: duration, turn: turn, rate: axis * (angle / duration))
    }
    let first = attitudes[0]
    let last = attitudes[attitudes.count - 1]
    let head = steps[0]
    let tail = steps[steps.count - 1]
    var result = [
      (first.epochET - head.duration, first.cameraFromJ2000 * head.turn, head.rate)
    ]
    for (place, attitude) in attitudes.enumerated() {
      let before = steps[max(0, place - 1)].rate
      let after = steps[min(place, steps.count - 1)].rate
      result.append((attitude.epochET, attitude.cameraFromJ2000, (before + after) * 0.5))
    }
    result.append(
      (last.epochET + tail.duration, last.cameraFromJ2000 * tail.turn.transpose, tail.rate))
    return result
  }
}
