import Foundation
import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import Pipeline
@testable import Products

/// A run whose kernels end before the craft: the label says where it was.
@Suite struct LabelPositionRunTests {
  private static let id = "JNCE_2023364_57C90003_V01"

  /// One sample image, all kernels but its CK, and of the SPK what is not the craft.
  private func withImage<Result>(
    isLabelled: Bool = true, _ body: (RunFolder) async throws -> Result
  ) async throws -> Result {
    let folder = try RunFolder()
    defer { folder.remove() }
    let sample = DataPack.sampleFrames.appendingPathComponent("pj57")
    let frame = sample.appendingPathComponent("frames/\(Self.id)").path
    var label = try String(contentsOfFile: frame + "-Metadata.json", encoding: .utf8)
    // By CSPICE from the sample's kernels (spkezr, nearpt, recpgr), rounded as labels are.
    for (key, value) in [
      ("SPACECRAFT_ALTITUDE", isLabelled ? "9993.1 <km>" : "N/A"),
      ("SUB_SPACECRAFT_LATITUDE", "35.6397"), ("SUB_SPACECRAFT_LONGITUDE", "328.4582"),
    ] {
      label = label.replacing(
        try Regex("\"\(key)\": *\"[^\"]*\""), with: "\"\(key)\": \"\(value)\"")
    }
    try folder.write(label, to: "frames/\(Self.id)-Metadata.json")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("frames/\(Self.id)-raw.png"), withDestinationPath: frame + "-raw.png")
    try withoutCraft(sample.appendingPathComponent("kernels/pj57.tm").path)
      .write(to: folder.path("planets.bsp"))
    return try await body(folder)
  }

  /// Io and the Sun around the image's time, back to when light left the Sun.
  private func withoutCraft(_ metaKernel: String) throws -> SPKWriter {
    let kernels = try KernelSet(loading: [metaKernel])
    let middle = try kernels.et(utc: "2023-12-30T08:42:30")
    var writer = try SPKWriter(internalName: "All but the craft")
    for body in [501, 10] {
      try writer.addStates(
        target: body, center: 0, name: "body \(body)",
        samples: stride(from: middle - 3000, through: middle + 100, by: 20).map {
          let state = try kernels.state(target: body, observer: 0, et: $0)
          return SPKWriter.Sample(et: $0, position: state.position, velocity: state.velocity)
        })
    }
    return writer
  }

  private func pipeline(_ folder: RunFolder, geometry: String) throws -> PipelineFile {
    let kernels = DataPack.sampleFrames.appendingPathComponent("pj57/kernels").path
    let names = ["leapseconds.tls", "clock.tsc", "bodies.tpc", "frames.tf", "junocam.ti"]
    return try folder.pipeline(
      """
      schema: 1
      title: Io by its label
      target: IO
      frames: [frames]
      kernels: [\((names.map { "\(kernels)/\($0)" } + ["planets.bsp"]).joined(separator: ", "))]
      products:
        - map: {pixelsPerDegree: 0.5}
          formats: [png16]
      output: out
      geometry: \(geometry)
      """)
  }

  @Test func labelStandsInForTheEphemeris() async throws {
    try await withImage { folder in
      let file = try pipeline(folder, geometry: "{position: auto, labelPositionSigma: 0.5}")
      let result = try await PipelineRun(file).run()
      #expect(result.failures.isEmpty)
      let image = try #require(result.manifest.images.first)
      #expect(image.registration == "registered")
      let note = try #require(image.notes.first { $0.contains("place is the label's") })
      #expect(note.contains("9993.1 km over latitude 35.6397°") && note.contains("0.5 km"))
      for name in ["alongTrack", "radialRate", "spinPhase"] {
        let correction = try #require(image.corrections.first { $0.name == name })
        #expect(try #require(correction.sigma) > 0)
      }
      // Where the kernels have the craft.
      #expect(abs(image.geometry.middle.altitudeKm - 9993.1) < 2)
    }
  }

  /// As long as nobody asks for it a label is no ephemeris, and a run does not begin without one.
  @Test func withoutBeingAskedForALabelIsNoEphemeris() async throws {
    try await withImage { folder in
      let run = PipelineRun(try pipeline(folder, geometry: "{position: ephemeris}"))
      await #expect(throws: UncoveredImages.self) { try await run.run() }
    }
  }

  @Test func labelWithoutAPlaceIsNamed() async throws {
    try await withImage(isLabelled: false) { folder in
      let run = PipelineRun(try pipeline(folder, geometry: "{position: auto}"))
      let error = await #expect(throws: NoUsableImage.self) { try await run.run() }
      let text = try #require(error?.failures.first.map { "\($0.error)" })
      #expect(text.contains("SPACECRAFT_ALTITUDE") && text.contains(Self.id))
    }
  }
}
