import Foundation
import ImageFormats
import SpaceMath
import Testing

@testable import Pipeline
@testable import Products

/// What lies beside a product, and the light that a product is shown in.
@Suite struct BackplaneRunTests {
  private func run(
    _ products: String, image: String = SmallFrames.near57, more: String = ""
  ) async throws -> (RunFolder, RunResult) {
    let folder = try RunFolder()
    try SmallFrames(folder: folder).write(image)
    let yaml = SmallFrames.pipeline(products: products, more: more)
    return (folder, try await PipelineRun(folder.pipeline(yaml)).run())
  }

  /// Physical values of a product's first band; nil where it holds no data.
  private func values(_ record: ProductRecord, _ result: RunResult) throws -> [Double?] {
    let url = result.output.appendingPathComponent(record.path)
    let image =
      record.format == "geotiff" ? try TIFFReader.read(at: url).image : try PNGReader.image(at: url)
    guard case .u16(let codes) = image.samples else { throw CocoaError(.fileReadCorruptFile) }
    let scale = try #require(record.scale)
    let offset = try #require(record.offset)
    return stride(from: 0, to: codes.count, by: record.bands.count).map {
      codes[$0] == 0 ? nil : offset + scale * Double(codes[$0])
    }
  }

  @Test func backplanesLieBesideTheirProduct() async throws {
    let (folder, result) = try await run(
      """
        - map: {pixelsPerDegree: 1}
          formats: [png16, geotiff, jpeg]
          backplanes: [quality, sigma, incidence, groundSampleDistance]
      """)
    defer { folder.remove() }
    let products = result.manifest.products
    #expect(
      products.map { $0.quantity ?? $0.format }
        == ["png16", "jpeg", "geotiff", "sigma", "sigma", "quality", "quality"]
        + ["incidence", "incidence", "groundSampleDistance", "groundSampleDistance"])
    let flags = result.manifest.images.compactMap { $0.flags?.name }
    #expect(folder.written == (products.map(\.path) + flags + ["manifest.json"]).sorted())
    func product(_ quantity: String?) throws -> ProductRecord {
      try #require(products.first { $0.quantity == quantity })
    }
    let light = try values(product(nil), result)
    let sigma = try values(product("sigma"), result)
    let quality = try values(product("quality"), result)
    let incidence = try values(product("incidence"), result)
    #expect(try product("sigma").unit == "I/F" && product("incidence").unit == "deg")
    #expect(try product("quality").flags?.first == "measured")
    #expect(try product("sigma").bands == ["RED", "GREEN", "BLUE"])
    var count = 0
    for index in light.indices where light[index] != nil {
      count += 1
      // Read noise alone makes 1 DN12, about 4e-4 I/F in red; the mean of several samples less.
      let error = try #require(sigma[index])
      #expect(error > 2e-5 && error < 0.02)
      let flags = Int(try #require(quality[index]))
      #expect(flags & 3 == 1 || flags & 3 == 2)
      #expect(try #require(incidence[index]) <= 180)
    }
    #expect(count > 100)
    #expect(light.indices.allSatisfy { (light[$0] == nil) == (quality[$0] == nil) })
    let tiff = try #require(products.last { $0.quantity == "sigma" })
    #expect(tiff.format == "geotiff")
    #expect(try values(tiff, result) == sigma)
  }

  /// For a Lambert surface the albedo is I/F over the cosine of incidence, and near the terminator
  /// less than that.
  @Test func albedoUndoesTheLight() async throws {
    let (folder, result) = try await run(
      """
        - map: {pixelsPerDegree: 1}
          formats: [png16]
          backplanes: [incidence, emission]
        - map: {pixelsPerDegree: 1}
          formats: [png16]
          name: albedo
          photometry: albedo
      """, image: SmallFrames.near58, more: "photometry: {model: lambert}")
    defer { folder.remove() }
    let products = result.manifest.products
    let lit = try values(try #require(products.first { $0.name == "map" }), result)
    let albedoRecord = try #require(products.first { $0.name == "albedo" })
    let albedo = try values(albedoRecord, result)
    let incidence = try values(try #require(products.first { $0.quantity == "incidence" }), result)
    let emission = try values(try #require(products.first { $0.quantity == "emission" }), result)
    var count = 0
    for index in lit.indices {
      guard let light = lit[index], let angle = incidence[index], let view = emission[index] else {
        continue
      }
      if angle > 90 {
        #expect(albedo[index] == nil)
      } else if angle < 88, view < 84, light > 0.02, light < 0.4 {
        let cosine = Elementary.cos(Angle.radians(angle))
        // Below a fifth the divisor bends away from zero; at the terminator it ends at a tenth.
        let divisor = cosine >= 0.2 ? cosine : 0.1 + cosine * cosine / 0.4
        let expected = min(light / divisor, 1.6)
        #expect(abs(try #require(albedo[index]) - expected) < 2e-3 * expected + 1e-3)
        count += 1
      }
    }
    #expect(count > 20)
    let text = "\(try #require(albedoRecord.photometry))"
    #expect(text.contains("albedo") && text.contains(SmallFrames.near58))
    #expect(products.first?.photometry == nil)
  }

  /// With Jupiter as bright as the Sun the night side must come up and the day side stay.
  @Test func twoLightsLiftTheNight() async throws {
    let (folder, result) = try await run(
      """
        - map: {pixelsPerDegree: 1}
          formats: [png16]
          backplanes: [incidence]
        - map: {pixelsPerDegree: 1}
          formats: [png16]
          name: both
          photometry: two-lights
      """, more: "highestIOverF: 100")
    defer { folder.remove() }
    let products = result.manifest.products
    let lit = try values(try #require(products.first { $0.name == "map" }), result)
    let record = try #require(products.first { $0.name == "both" })
    let both = try values(record, result)
    let incidence = try values(try #require(products.first { $0.quantity == "incidence" }), result)
    var nights = 0
    var days = 0
    for index in lit.indices {
      guard let before = lit[index], let after = both[index], let angle = incidence[index],
        before > 0.1
      else { continue }
      #expect(after > 0.99 * before)
      if angle < 50 {
        days += 1
        #expect(after < 1.4 * before)
      } else if angle > 100 {
        nights += after > 20 * before ? 1 : 0
      }
    }
    #expect(days + nights > 20)
    let text = "\(try #require(record.photometry))"
    #expect(text.contains("jupiterGain") && text.contains("jupiterIrradiance"))
  }

  @Test func wrongEntriesAreNamed() throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    func problems(_ products: String, more: String = "") -> String {
      do {
        _ = try folder.pipeline(SmallFrames.pipeline(products: products, more: more))
        return ""
      } catch { return "\(error)" }
    }
    let misspelt = problems(
      """
        - map: {pixelsPerDegree: 1}
          formats: [png16]
          backplanes: [sigmas]
          photometry: albdo
      """, more: "photometry: {model: minaert}")
    #expect(misspelt.contains("did you mean 'sigma'"))
    #expect(misspelt.contains("did you mean 'albedo'"))
    #expect(misspelt.contains("did you mean 'minnaert'"))
    #expect(
      problems("  - {map: {}, formats: [jpeg], backplanes: [sigma]}").contains("png16 or geotiff"))
    #expect(
      problems("  - {mosaic: {}, formats: [png16], backplanes: [phase]}").contains("mosaic"))
    #expect(
      problems(
        "  - {map: {}, formats: [png16]}",
        more: "photometry: {model: lambert, parameters: [1, 1, 1]}"
      ).contains("lunar-lambert"))
  }
}
