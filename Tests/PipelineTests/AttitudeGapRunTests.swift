import Foundation
import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import JunoCam
@testable import Pipeline

/// A CK that lacks two seconds in the middle of a sample image.
@Suite struct AttitudeGapRunTests {
  private static let id = "JNCE_2023364_57C90001_V01"
  private static let gap = "2023-12-30T08:37:54.5"..."2023-12-30T08:37:56.5"

  private static var sample: URL { DataPack.sampleFrames.appendingPathComponent("pj57") }

  /// All kernels of the sample but the CK, by path.
  private static var others: [String] {
    [
      "leapseconds.tls", "clock.tsc", "bodies.tpc", "frames.tf", "junocam.ti", "pj57.bsp",
    ].map { sample.appendingPathComponent("kernels/\($0)").path }
  }

  /// Writes the sample's CK without the gap.
  private func writeGap(to path: String) throws {
    let whole = Self.sample.appendingPathComponent("kernels/pj57.bc").path
    let kernels = try KernelSet(loading: Self.others + [whole])
    let first = try kernels.et(utc: Self.gap.lowerBound)
    let last = try kernels.et(utc: Self.gap.upperBound)
    let clock = try kernels.clock(-61)
    let stretches = try [(first - 5, first), (last, last + 5)].map { start, stop in
      try (0...50).map { step -> CKWriter.Instance in
        let et = start + (stop - start) * Double(step) / 50
        return CKWriter.Instance(
          ticks: try clock.ticks(et: et),
          rotation: try kernels.rotation(from: "J2000", to: "JUNO_SPACECRAFT", et: et),
          angularVelocity: Vector3(0, 0, 0))
      }
    }
    var writer = try CKWriter(internalName: "gap", comments: [])
    try writer.addInstances(instrument: -61000, name: "gap", stretches: stretches)
    try writer.write(to: path)
  }

  /// Without registration the poses are those of the whole CK, and the note says how they came about.
  @Test func theSpinCarriesTheAttitudeAcross() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    try writeGap(to: folder.path("gap.bc"))
    let frame = Self.sample.appendingPathComponent("frames/\(Self.id)-raw.png").path
    let file = try folder.pipeline(
      """
      schema: 1
      title: A CK with a gap
      target: IO
      frames: [\(frame)]
      kernels: [\((Self.others + ["gap.bc"]).joined(separator: ", "))]
      products:
        - map: {pixelsPerDegree: 0.5}
          formats: [png16]
      registration: none
      output: out
      """)
    let result = try await PipelineRun(file).run()
    #expect(result.failures.isEmpty)
    let image = try #require(result.manifest.images.first)
    let note = try #require(image.notes.first { $0.contains("gap.bc covers 11 of 16 frames") })
    #expect(note.contains("frames 5, 6, 7, 8, 9"))

    func geometry(_ kernel: String) throws -> ImagePointing {
      try PointingRequest(frame: frame, kernels: Self.others + [kernel]).open()
    }
    let bridged = try geometry(folder.path("gap.bc"))
    let whole = try geometry(Self.sample.appendingPathComponent("kernels/pj57.bc").path)
    #expect(whole.warnings.allSatisfy { !$0.contains("covers") })
    #expect(bridged.warnings.contains { $0.contains("gap.bc covers 11 of 16 frames") })
    for (pose, truth) in zip(bridged.geometry.poses, whole.geometry.poses) {
      let turn = pose.cameraFromJ2000 * truth.cameraFromJ2000.transpose
      #expect(turn.axisAngle.angle < 0.01 / 1480)
    }
  }
}
