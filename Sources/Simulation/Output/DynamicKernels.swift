import SPICE
import SpaceMath

/// The scene's ephemerides and attitude as SPK (type 13) and CK (type 3).
struct DynamicKernels: Sendable {
  let model: SceneModel

  /// Half-length of the ephemerides around closest approach and distance of their nodes, s.
  private static let spanSeconds = 3600.0
  private static let nodeSeconds = 60.0
  /// Attitude before the first and after the last frame of an image, s.
  private static let attitudeMargin = 30.0

  func spk() -> [UInt8] {
    let flyby = model.geometry.flyby
    let epoch = flyby.epochET
    let count = Int(Self.spanSeconds / Self.nodeSeconds)
    let nodes = (-count...count).map { epoch + Double($0) * Self.nodeSeconds }
    func segment(
      _ target: Int32, _ centre: Int32, _ name: String, _ state: (Double) -> Flyby.Motion
    )
      -> DAFSegment
    {
      var data: [Double] = []
      for et in nodes {
        let m = state(et);
        data += [
          m.position.x, m.position.y, m.position.z, m.velocity.x, m.velocity.y, m.velocity.z,
        ]
      }
      data += nodes
      data += stride(from: 99, to: nodes.count, by: 100).map { nodes[$0] }
      data += [7, Double(nodes.count)]
      return DAFSegment(
        name: name, doubles: [nodes.first ?? 0, nodes.last ?? 0], ints: [target, centre, 1, 13],
        data: data)
    }
    let still = Flyby.Motion(position: .zero, velocity: .zero)
    return TemporaryDAF.bytes(
      id: "DAF/SPK ", name: "SIMULATED FLYBY",
      segments: [
        segment(10, 0, "SUN") { flyby.sun($0) },
        segment(5, 0, "JUPITER BARYCENTER") { flyby.jupiter($0) },
        segment(599, 5, "JUPITER") { _ in still },
        segment(Int32(model.moon.naifID), 5, model.moon.name) { flyby.moonFromJupiter($0) },
        segment(-61, 5, "JUNO") { flyby.craftFromJupiter($0) },
      ])
  }

  func ck() -> [UInt8] {
    let spin = model.geometry.spin
    var records: [Double] = []
    var tags: [Double] = []
    let intervals = attitudeIntervals
    for interval in intervals {
      for tick in stride(from: interval.lowerBound, through: interval.upperBound, by: 256) {
        let attitude = spin.craftFromJ2000(SceneClock.et(ticks: Double(tick)))
        let q = Quaternion(attitude)
        let rate = attitude.transposeTimes(spin.angularVelocity)
        records += [q.w, q.v.x, q.v.y, q.v.z, rate.x, rate.y, rate.z]
        tags.append(Double(tick))
      }
    }
    let starts = intervals.map { Double($0.lowerBound) }
    var data = records + tags
    data += stride(from: 99, to: tags.count, by: 100).map { tags[$0] }
    data += starts
    data += stride(from: 99, to: starts.count, by: 100).map { starts[$0] }
    data += [Double(starts.count), Double(tags.count)]
    return TemporaryDAF.bytes(
      id: "DAF/CK  ", name: "SIMULATED ATTITUDE",
      segments: [
        DAFSegment(
          name: "JUNO BUS", doubles: [tags.first ?? 0, tags.last ?? 0], ints: [-61000, 1, 3, 1],
          data: data)
      ])
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
