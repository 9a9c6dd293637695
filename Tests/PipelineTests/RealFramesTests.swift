import Foundation
import ImageFormats
import JunoCam
import Photometry
import Raster
import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import Pipeline
@testable import Products

/// Real frames of perijove 44 through the whole pipeline: Jupiter, the real predicted ephemeris and the
/// attitude that was fitted to the frames, written as a CK by our own writer.
@Suite(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
struct RealFramesTests {
  /// What the fit says of one image.
  private struct Fit: Decodable {
    struct Image: Decodable {
      struct Frame: Decodable {
        var et: Double
        var quat_J2000_to_JUNO_JUNOCAM: [Double]
      }

      var product_id: String
      var fitted_start_offset_s: Double
      var frames: [Frame]
    }

    var images: [Image]
  }

  private static let textKernels = [
    "naif0012.tls", "jno_sclkscet_00090.tsc", "pck00011.tpc", "juno_v12.tf", "juno_junocam_v03.ti",
  ]
  private static let ephemeris = "spk_pre_220614_221109_220810_jm0450.bsp"
  private static let metadata = [
    "JNCE_2022229_44C00029_V01": "13541-Metadata.json",
    "JNCE_2022229_44C00030_V01": "13542-Metadata.json",
  ]

  /// Frames, labels and kernels side by side, as a user would have them, and a pipeline file.
  private func prepare(_ folder: RunFolder, ids: [String], products: String) throws -> PipelineFile
  {
    let fit = try JSONDecoder().decode(
      Fit.self, from: Data(contentsOf: DataPack.url("golden/fitted_attitude_pj44.json")))
    let names = (Self.textKernels + [Self.ephemeris]).map { DataPack.url("kernels/\($0)").path }
    let attitudes = fit.images.map { image in
      image.frames.map { frame in
        let q = frame.quat_J2000_to_JUNO_JUNOCAM
        return CameraAttitude(
          epochET: frame.et + image.fitted_start_offset_s,
          cameraFromJ2000: Quaternion(q[0], q[1], q[2], q[3]).matrix)
      }
    }
    try CameraAttitude.kernel(images: attitudes, kernels: try KernelSet(loading: names))
      .write(to: folder.path("pj44.bc"))
    for id in ids {
      let label = try #require(Self.metadata[id])
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("\(id)-raw.png"),
        withDestinationPath: DataPack.url("raw/\(id)-raw.png").path)
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(label), withDestinationPath: DataPack.url("metadata/\(label)").path)
    }
    let offsets = fit.images.filter { ids.contains($0.product_id) }.map {
      "  \($0.product_id): {startTimeOffset: \($0.fitted_start_offset_s)}"
    }
    return try folder.pipeline(
      """
      schema: 1
      title: Jupiter, perijove 44
      target: JUPITER
      frames: ["*-raw.png"]
      kernels: [\((names + ["pj44.bc"]).joined(separator: ", "))]
      products:
      \(products)
      output: out
      images:
      \(offsets.joined(separator: "\n"))
      """)
  }

  /// The median shift between bands must be below 0.3 px in each axis at native scale.
  @Test(arguments: ["JNCE_2022229_44C00029_V01", "JNCE_2022229_44C00030_V01"])
  func bandsOfAViewLieOnOneAnother(id: String) async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let file = try prepare(
      folder, ids: [id], products: "  - {view: {}, formats: [png16]}")
    let result = try await PipelineRun(file).run()
    #expect(result.failures.isEmpty)
    let product = try #require(result.manifest.products.first)
    let image = try PNGReader.image(
      at: result.output.appendingPathComponent(product.path))
    let scale = try #require(product.scale)
    let offset = try #require(product.offset)
    let planes = (0..<3).map { channel in
      Plane(
        width: image.width, height: image.height,
        samples: image.plane(channel).map { $0 == 0 ? .nan : Float(offset + scale * Double($0)) })
    }
    #expect(product.bands == ["RED", "GREEN", "BLUE"])
    for band in [0, 2] {
      let shifts = BandShift(first: planes[1], second: planes[band]).shifts()
      let x = BandShift.median(shifts.map(\.x))
      let y = BandShift.median(shifts.map(\.y))
      print("\(id), \(product.bands[band]) against GREEN: \(x), \(y) px, \(shifts.count) patches")
      #expect(shifts.count > 20)
      #expect(abs(x) < 0.3 && abs(y) < 0.3)
    }
  }
}
