import SPICE
import SpaceMath

/// The scene's ephemerides (SPK type 13) and attitude (CK type 3), as predicted.
struct DynamicKernels: Sendable {
  let model: SceneModel

  /// Least half-length of the ephemerides around closest approach and distance of their nodes, s.
  /// All motions are parabolas, straight lines or slow circles, which Hermite polynomials of
  /// degree 7 follow to rounding.
  private static let spanSeconds = 3600.0
  private static let nodeSeconds = 60.0
  /// Attitude before the first and after the last frame of an image, s.
  private static let attitudeMargin = 30.0
  private static let comments = [
    "Made by junocam simulate. Not flight data: the track is simulated."
  ]

  /// Bytes of the ephemerides of Sun, Jupiter, moon and spacecraft.
  func spk() throws(SPICEError) -> [UInt8] {
    let flyby = model.predicted.flyby
    let still = Flyby.Motion(position: Vector3(0, 0, 0), velocity: Vector3(0, 0, 0))
    var writer = try SPKWriter(internalName: "SIMULATED FLYBY", comments: Self.comments)
    let segments: [(target: Int, centre: Int, name: String, motion: (Double) -> Flyby.Motion)] = [
      (10, 0, "SUN", flyby.sun), (5, 0, "JUPITER BARYCENTER", flyby.jupiter),
      (599, 5, "JUPITER", { _ in still }),
      (model.moon.naifID, 5, model.moon.name, flyby.moonFromJupiter),
      (-61, 5, "JUNO", flyby.craftFromJupiter),
    ]
    for segment in segments {
      try writer.addStates(
        target: segment.target, center: segment.centre, name: segment.name,
        samples: nodes.map { et in
          let motion = segment.motion(et)
          return SPKWriter.Sample(et: et, position: motion.position, velocity: motion.velocity)
        },
        interpolation: .hermite(degree: 7))
    }
    return try writer.bytes()
  }

  /// From the time at which light of the first image left the Sun to after the last image.
  private var nodes: [Double] {
    let epoch = model.predicted.flyby.epochET
    let frames = model.timings.flatMap(\.frameET)
    let fromSun = model.solarDistanceKm / SceneGeometry.lightSpeed
    let before = (frames.min() ?? epoch) - fromSun - Self.attitudeMargin
    let after = (frames.max() ?? epoch) + Self.attitudeMargin
    func count(_ seconds: Double) -> Int {
      Int((max(seconds, Self.spanSeconds) / Self.nodeSeconds).rounded(.up))
    }
    return (-count(epoch - before)...count(after - epoch)).map {
      epoch + Double($0) * Self.nodeSeconds
    }
  }

  /// Bytes of the bus attitude around the images.
  func ck() throws(SPICEError) -> [UInt8] {
    let spin = model.predicted.spin
    let second = Int(SceneClock.ticksPerSecond)
    let stretches = attitudeIntervals.map { interval in
      stride(from: interval.lowerBound, through: interval.upperBound, by: second).map { ticks in
        let attitude = spin.craftFromJ2000(SceneClock.et(ticks: Double(ticks)))
        return CKWriter.Instance(
          ticks: Double(ticks), rotation: attitude,
          angularVelocity: attitude.transposeTimes(spin.angularVelocity))
      }
    }
    var writer = try CKWriter(internalName: "SIMULATED ATTITUDE", comments: Self.comments)
    try writer.addInstances(instrument: -61000, name: "JUNO BUS", stretches: stretches)
    return try writer.bytes()
  }

  /// Whole seconds of clock, in ticks, that hold the images with a margin; merged where they touch.
  private var attitudeIntervals: [ClosedRange<Int>] {
    let second = Int(SceneClock.ticksPerSecond)
    let spans = model.timings.map { timing in
      let frames = timing.frameET
      let first = SceneClock.ticks(et: frames[0] - Self.attitudeMargin)
      let last = SceneClock.ticks(et: frames[frames.count - 1] + Self.attitudeMargin)
      return Int(first) / second * second...(Int(last) / second + 1) * second
    }
    var merged: [ClosedRange<Int>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, span.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
    return merged
  }
}
