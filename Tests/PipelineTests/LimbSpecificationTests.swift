import Foundation
import Products
import Testing

@testable import Pipeline

@Suite struct LimbSpecificationTests {
  private func problems(_ product: String) throws -> String {
    let folder = try RunFolder()
    defer { folder.remove() }
    do {
      _ = try folder.pipeline(SmallFrames.pipeline(products: product))
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func defaultsAreThoseOfTheArticleAndArePrinted() throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let file = try folder.pipeline(
      SmallFrames.pipeline(products: "    - limb: {}\n      formats: [png16, jpeg]"))
    let product = try #require(file.specification.products.first)
    #expect(product.name == "limb")
    guard case .limb(let limb) = product.kind else {
      Issue.record("not a limb: \(product.kind)")
      return
    }
    #expect(limb == LimbSpecification())
    #expect(limb.altitudes == [-50, 400] && limb.leastPlume == 4 && limb.threshold == 7)
    let json = String(
      decoding: try CanonicalJSON.bytes(file.specification, pretty: false), as: UTF8.self)
    #expect(json.contains("\"limb\":{\"altitudes\":[-50,400],\"leastPlume\":4,\"threshold\":7}"))
    #expect(
      try JSONDecoder().decode(PipelineSpecification.self, from: Data(json.utf8))
        == file.specification)
  }

  @Test func mistakesAreNamed() throws {
    let unknown = try problems("    - limb: {altitude: [-50, 400]}\n      formats: [png]")
    #expect(unknown.contains("unknown key 'altitude'") && unknown.contains("'altitudes'"))
    let above = try problems("    - limb: {altitudes: [20, 400]}\n      formats: [png]")
    #expect(above.contains("must be below the limb"))
    let tiff = try problems("    - limb: {}\n      formats: [geotiff]")
    #expect(tiff.contains("a limb cannot be a geotiff"))
    let two = try problems("    - limb: {}\n      view: {}\n      formats: [png]")
    #expect(two.contains("exactly one of 'map', 'mosaic', 'view' and 'limb'"))
  }

  /// Every file is named in the manifest, is what its digest says, and is the same with two jobs.
  @Test func filesAndManifestAgreeForAnyNumberOfJobs() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let frames = SmallFrames(folder: folder)
    try frames.write(SmallFrames.far57, startingAtFrame: 5)
    let yaml = SmallFrames.pipeline(
      kernels: [SmallFrames.kernels("pj57")],
      products: "    - limb: {kilometresPerPixel: 20}\n      formats: [png16, png, jpeg]")
    var manifests: [[UInt8]] = []
    for jobs in [1, 2] {
      var options = RunOptions()
      options.jobs = jobs
      options.force = true
      let run = PipelineRun(try folder.pipeline(yaml), options: options)
      let result = try await run.run()
      manifests.append(try result.manifest.jsonBytes())
      #expect(result.manifest.products.map(\.format) == ["png16", "png16", "png", "jpeg"])
      let products = result.manifest.products
      #expect(products[1].quantity == "sigma" && products[1].offset != products[0].offset)
      let limb = try #require(products[0].limb)
      #expect(
        limb.tables.map(\.name) == [
          "limbs/\(SmallFrames.far57)-limb-columns.csv",
          "limbs/\(SmallFrames.far57)-limb-plumes.json",
        ])
      for table in limb.tables {
        let bytes = [UInt8](
          try Data(contentsOf: URL(fileURLWithPath: folder.path("out/" + table.name))))
        #expect(Digest.sha256(bytes) == table.sha256 && bytes.count == table.bytes)
      }
      let written = Set(folder.written)
      #expect(
        written.filter { $0.hasPrefix("limbs/") }
          == Set(products.map(\.path) + limb.tables.map(\.name)))
      #expect(products[0].projection.positionAngles == [360, 0])
      #expect(products[0].projection.altitudesKm == [400, -50])
    }
    #expect(manifests[0] == manifests[1])
  }
}
