import Foundation
import ImageFormats
import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import Pipeline
@testable import Products

/// Runs without a CK: how the camera was turned about the line of sight comes from belts, shading and
/// ground seen twice.
@Suite struct TurnRunTests {
  /// What a manifest says of an image's turn.
  private static func turn(_ image: ImageRecord) throws -> (sigma: Double, verdict: String) {
    guard case .object(let fit) = try #require(image.fit), case .object(let turn)? = fit["turn"],
      case .number(let sigma)? = turn["sigma"], case .string(let verdict)? = turn["verdict"]
    else {
      Issue.record("no turn in the fit of \(image.id)")
      return (.nan, "")
    }
    return (sigma, verdict)
  }

  /// Spin axis of a run's own CK around an epoch, J2000.
  private static func spinAxis(_ kernels: KernelSet, at epoch: Double) throws -> Vector3 {
    let before = try kernels.rotation(from: "J2000", to: "JUNO_JUNOCAM", et: epoch - 0.3)
    let after = try kernels.rotation(from: "J2000", to: "JUNO_JUNOCAM", et: epoch + 0.3)
    let (axis, angle) = (after.transpose * before).axisAngle
    #expect(angle > 0.1)
    return -axis
  }

  /// Io from three places; the CK that the run is not given says how the camera was turned.
  @Test(arguments: [true, false])
  func sampleFramesAreTurnedAsTheirCKSays(joint: Bool) async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let sample = DataPack.sampleFrames.appendingPathComponent("pj57")
    let names = [
      "leapseconds.tls", "clock.tsc", "bodies.tpc", "frames.tf", "junocam.ti", "pj57.bsp",
    ].map { sample.appendingPathComponent("kernels/\($0)").path }
    let file = try folder.pipeline(
      """
      schema: 1
      title: Io without a CK
      target: IO
      frames: [\(sample.appendingPathComponent("frames").path)]
      kernels: [\(names.joined(separator: ", "))]
      products:
        - map: {pixelsPerDegree: 0.5}
          formats: [png16]
      output: out
      registration: {mode: auto, joint: \(joint)}
      """)
    let result = try await PipelineRun(file).run()
    #expect(result.failures.isEmpty)
    let truth = try KernelSet(
      loading: names + [sample.appendingPathComponent("kernels/pj57.bc").path])
    let found = try KernelSet(
      loading: names + [result.output.appendingPathComponent("corrections/attitude.bc").path])
    var axes: [Vector3] = []
    for image in result.manifest.images {
      let epoch = image.geometry.middle.epochET
      let wanted = try truth.rotation(from: "J2000", to: "JUNO_JUNOCAM", et: epoch)
      let got = try found.rotation(from: "J2000", to: "JUNO_JUNOCAM", et: epoch)
      let sight = try truth.state(target: 501, observer: -61, et: epoch).position.normalized
      let (axis, angle) = (got.transpose * wanted).axisAngle
      let error = Angle.degrees(axis.dot(sight) * angle)
      let (sigma, verdict) = try Self.turn(image)
      print("\(image.id), joint \(joint): turn off by \(error)°, sigma \(sigma)°, \(verdict)")
      #expect(error.magnitude < 0.25 || (verdict == "open" && !joint), "\(image.id): \(error)°")
      #expect(error.magnitude < 1.5 * sigma, "\(image.id): \(error)° at \(sigma)°")
      axes.append(try Self.spinAxis(found, at: epoch))
    }
    #expect(axes.count == 3)
    for axis in axes { #expect(Angle.degrees(axis.angle(to: axes[0])) < 0.01) }
  }

  /// Real Jupiter: its belts run along the parallels of the map.
  @Test(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
  func beltsOfRealFramesRunAlongTheParallels() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let names = [
      "naif0012.tls", "jno_sclkscet_00090.tsc", "pck00011.tpc", "juno_v12.tf",
      "juno_junocam_v03.ti", "spk_pre_220614_221109_220810_jm0450.bsp",
    ].map { DataPack.url("kernels/\($0)").path }
    for (id, label) in [
      ("JNCE_2022229_44C00029_V01", "13541-Metadata.json"),
      ("JNCE_2022229_44C00030_V01", "13542-Metadata.json"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("\(id)-raw.png"),
        withDestinationPath: DataPack.url("raw/\(id)-raw.png").path)
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(label), withDestinationPath: DataPack.url("metadata/\(label)").path)
    }
    let file = try folder.pipeline(
      """
      schema: 1
      title: Jupiter without a CK
      target: JUPITER
      frames: ["*-raw.png"]
      kernels: [\(names.joined(separator: ", "))]
      products:
        - map: {projection: simple-cylindrical, pixelsPerDegree: 8}
          formats: [png]
      output: out
      """)
    let result = try await PipelineRun(file).run()
    #expect(result.failures.isEmpty)
    let maps = result.manifest.products.filter { $0.kind == "map" && $0.path.hasSuffix(".png") }
    #expect(maps.count == 2)
    for map in maps {
      let picture = try PNGReader.image(at: result.output.appendingPathComponent(map.path))
      let belts = BeltSlope(picture, columns: 60..<340, rows: 420..<660)
      print("\(map.path): \(belts.used) of \(belts.count) strips, slope \(belts.slope)")
      #expect(belts.used >= belts.count / 2)
      #expect(belts.slope.magnitude <= 0.005, "\(map.path): \(belts.slope)")
    }
    let found = try KernelSet(
      loading: names + [result.output.appendingPathComponent("corrections/attitude.bc").path])
    let axes = try result.manifest.images.map {
      try Self.spinAxis(found, at: $0.geometry.middle.epochET)
    }
    #expect(axes.count == 2)
    #expect(Angle.degrees(axes[0].angle(to: axes[1])) < 0.01)
    for image in result.manifest.images { #expect(try Self.turn(image).verdict == "decided") }
  }
}
