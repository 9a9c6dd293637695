import Foundation
import ImageFormats
import JunoCam
import Photometry
import Raster
import Testing

@testable import Pipeline
@testable import Products

@Suite struct PipelineRunTests {
  private func withFrames<Result>(
    _ ids: [String], _ body: (RunFolder) async throws -> Result
  ) async throws -> Result {
    let folder = try RunFolder()
    defer { folder.remove() }
    for id in ids { try SmallFrames(folder: folder).write(id) }
    return try await body(folder)
  }

  @Test func everyProductIsWrittenAndRecorded() async throws {
    try await withFrames([SmallFrames.near57, SmallFrames.near58]) { folder in
      let result = try await PipelineRun(folder.pipeline(SmallFrames.pipeline())).run()
      #expect(result.failures.isEmpty)
      let manifest = try Manifest(
        contentsOf: URL(fileURLWithPath: folder.path("out/manifest.json")))
      #expect(manifest == result.manifest)
      #expect(manifest.images.map(\.id) == [SmallFrames.near57, SmallFrames.near58])
      #expect(
        manifest.products.map { "\($0.kind) \($0.format)" }
          == ["map png16", "map png", "map jpeg", "map geotiff"]
          + ["map png16", "map png", "map jpeg", "map geotiff"]
          + ["view png", "view png", "mosaic png16", "mosaic jpeg"])
      #expect(
        folder.written
          == (manifest.products.map(\.path) + manifest.images.compactMap(\.flags?.name)
          + ["manifest.json"]).sorted())
      for product in manifest.products {
        let url = folder.url.appendingPathComponent("out/\(product.path)")
        #expect(try FileRecord(hashing: url).sha256 == product.sha256)
        let isPicture = product.format == "png" || product.format == "jpeg"
        #expect((product.scale == nil) == isPicture && (product.look != nil) == isPicture)
        if product.kind != "view" {
          #expect(product.width == 180 && product.height == 90)
          #expect(product.projection.coordinateSystem == "IAU_2015:50115")
        }
      }
      // The text of each file must not know where the run was made.
      let text = String(decoding: try manifest.jsonBytes(), as: UTF8.self)
      #expect(!text.contains(folder.url.path) && !text.contains("/kernels/"))
      #expect(manifest.kernels.count == 16)
      #expect(manifest.inputs.count == 4)
    }
  }

  /// 16-bit PNG and GeoTIFF hold the same codes, and both the digest that the manifest gives.
  @Test func measurementsAgreeBetweenFormats() async throws {
    try await withFrames([SmallFrames.near57]) { folder in
      let result = try await PipelineRun(folder.pipeline(SmallFrames.pipeline())).run()
      let products = result.manifest.products
      let png = try #require(products.first { $0.format == "png16" })
      let tiff = try #require(products.first { $0.format == "geotiff" })
      let first = try PNGReader.image(at: result.output.appendingPathComponent(png.path))
      let second = try TIFFReader.read(at: result.output.appendingPathComponent(tiff.path))
      #expect(first == second.image)
      #expect(Digest.sha256(first.samples) == png.samplesSHA256)
      #expect(png.samplesSHA256 == tiff.samplesSHA256)
      #expect(second.noData == 0)
      let picture = try #require(products.first { $0.format == "jpeg" })
      let jpeg = try JPEGReader.image(at: result.output.appendingPathComponent(picture.path))
      #expect(Digest.sha256(jpeg.samples) == picture.samplesSHA256)
      // The pattern is bright: something is mapped, and it is not all of Io.
      let coverage = try #require(png.content?.coverage)
      #expect(coverage > 0.002 && coverage < 0.5)
    }
  }

  @Test func bytesDoNotDependOnThreadsOrPlace() async throws {
    let ids = [SmallFrames.near57, SmallFrames.far57, SmallFrames.near58]
    var runs: [[String: String]] = []
    for jobs in [1, 4] {
      try await withFrames(ids) { folder in
        let file = try folder.pipeline(SmallFrames.pipeline())
        _ = try await PipelineRun(file, options: RunOptions(jobs: jobs)).run()
        var digests: [String: String] = [:]
        for name in folder.written {
          digests[name] = try FileRecord(
            hashing: folder.url.appendingPathComponent("out/\(name)")
          ).sha256
        }
        runs.append(digests)
      }
    }
    #expect(runs[0].count > 10)
    #expect(runs[0] == runs[1])
  }

  @Test func oneBadFrameDoesNotStopTheOthers() async throws {
    try await withFrames([SmallFrames.near57, SmallFrames.far57]) { folder in
      let bad = folder.url.appendingPathComponent("frames/\(SmallFrames.far57)-raw.png")
      var bytes = try Data(contentsOf: bad)
      bytes.replaceSubrange(bytes.count / 2..<bytes.count / 2 + 16, with: Data(count: 16))
      try bytes.write(to: bad)
      let result = try await PipelineRun(folder.pipeline(SmallFrames.pipeline())).run()
      #expect(result.manifest.images.map(\.id) == [SmallFrames.near57])
      #expect(result.failures.map(\.image) == [SmallFrames.far57])
      let record = try #require(result.manifest.failures.first)
      #expect(record.stage == "decode")
      #expect(record.reason.contains("\(SmallFrames.far57)-raw.png"))
      #expect(!record.reason.contains(folder.url.path))
      #expect(!folder.written.contains { $0.contains(SmallFrames.far57) })
      let mosaic = try #require(result.manifest.products.last)
      #expect(mosaic.images == [SmallFrames.near57])
    }
  }

  @Test func frameWithoutMetadataSaysWhatIsMissing() async throws {
    try await withFrames([SmallFrames.near57, SmallFrames.far57]) { folder in
      try FileManager.default.removeItem(
        atPath: folder.path("frames/\(SmallFrames.far57)-Metadata.json"))
      let result = try await PipelineRun(folder.pipeline(SmallFrames.pipeline())).run()
      #expect(result.failures.map(\.stage) == [.locate])
      #expect("\(try #require(result.failures.first?.error))".contains("-Metadata.json"))
    }
  }

  @Test func knownCorrectionsAreAppliedAndRecorded() async throws {
    try await withFrames([SmallFrames.near57, SmallFrames.near58]) { folder in
      let yaml = SmallFrames.pipeline(
        products: "  - {view: {zoom: 0.02}, formats: [png]}",
        more: """
          images:
            \(SmallFrames.near57): {startTimeOffset: 0.0115, startTimeOffsetSigma: 0.0005}
            \(SmallFrames.near58): {exclude: true}
          """)
      let result = try await PipelineRun(folder.pipeline(yaml)).run()
      let image = try #require(result.manifest.images.first)
      #expect(result.manifest.images.count == 1)
      #expect(image.registration == "given")
      #expect(image.corrections.map(\.name) == ["startTimeOffset"])
      #expect(image.corrections.first?.sigma == 0.0005)
      // 08:38:54.747 and the kernel's bias of 61.88 ms, and half of two frames' interval.
      #expect(image.geometry.first.utc == "2023-12-30T08:38:54.820")
    }
  }

  @Test func existingProductsAreReplacedOnlyByForce() async throws {
    try await withFrames([SmallFrames.near57]) { folder in
      let file = try folder.pipeline(SmallFrames.pipeline())
      _ = try await PipelineRun(file).run()
      let before = folder.written
      await #expect(
        throws: PipelineError.outputExists(path: folder.path("out/manifest.json"))
      ) {
        _ = try await PipelineRun(file).run()
      }
      _ = try await PipelineRun(file, options: RunOptions(force: true)).run()
      #expect(folder.written == before)
    }
  }

  @Test func outputOptionWinsOverTheFile() async throws {
    try await withFrames([SmallFrames.near57]) { folder in
      let file = try folder.pipeline(
        SmallFrames.pipeline(products: "  - {view: {zoom: 0.02}, formats: [png]}"))
      let result = try await PipelineRun(
        file, options: RunOptions(output: folder.path("elsewhere"))
      ).run()
      #expect(result.output.path == folder.path("elsewhere"))
      #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }
  }

  /// A flat field with a weak left half must brighten what that half saw, and be among the inputs.
  @Test func calibrationFilesAreUsedAndRecorded() async throws {
    try await withFrames([SmallFrames.near57]) { folder in
      let products = "  - {view: {zoom: 0.05}, formats: [png16]}"
      let plain = try await PipelineRun(
        folder.pipeline(SmallFrames.pipeline(products: products))
      ).run()
      var response = Plane<Float>(width: 1648, height: 128, filledWith: 1)
      for row in 0..<128 {
        for column in 0..<824 { response[row, column] = 0.5 }
      }
      try CalibrationPlanes.write(
        [.blue: response, .green: response, .red: response],
        to: folder.url.appendingPathComponent("flat.tif"), missing: 1)
      let flat = try await PipelineRun(
        folder.pipeline(
          SmallFrames.pipeline(products: products), options: ["calibration.flatField=flat.tif"]),
        options: RunOptions(output: folder.path("flattened"))
      ).run()
      #expect(flat.manifest.inputs.map(\.name).contains("flat.tif"))
      #expect(flat.manifest.parameters == plain.manifest.parameters)
      func brightest(_ run: RunResult) throws -> Double {
        let product = try #require(run.manifest.products.first)
        let image = try PNGReader.image(at: run.output.appendingPathComponent(product.path))
        let scale = try #require(product.scale)
        return try #require(product.offset) + scale * Double(image.plane(0).max() ?? 0)
      }
      // Mean response 0.75: the weak half gains a factor of 1.5, the other one loses a quarter.
      #expect(try abs(brightest(flat) / brightest(plain) - 1.5) < 0.05)
    }
  }
}
