import Foundation
import Testing

@testable import Products

/// A manifest with one product and one image.
func sampleManifest() throws -> Manifest {
  var projection = ProjectionRecord(
    name: "simple-cylindrical", ellipsoidRadiiKm: [1829.4, 1819.4, 1815.7])
  projection.pixelsPerDegree = 8
  projection.longitudes = [0, 360]
  let product = ProductRecord(
    path: "maps/a.png", title: "A map", kind: "map", name: "map", format: "png16",
    images: ["JNCE_2023364_57C00022_V01"], projection: projection, width: 2880, height: 1440,
    bands: ["RED", "GREEN", "BLUE"], scale: 0.1, offset: -0.1, noData: 0, bytes: 12,
    sha256: "00", samplesSHA256: "11", codec: "libpng 1.6.39")
  let point = GeometryPoint(
    utc: "2023-12-30T08:38:00.000", epochET: 757_197_550.25, subSpacecraftLatitude: 60.9,
    subSpacecraftLongitude: 11.5, altitudeKm: 2870, rangeKm: 4690, subSolarLatitude: 3.09,
    subSolarLongitude: 118.1, phaseAngle: 90, groundSampleDistanceKm: 1.94,
    solarDistanceKm: 7.45e8)
  let image = ImageRecord(
    id: "JNCE_2023364_57C00022_V01", title: nil, orbit: 57, startTime: "2023-12-30T08:37:56.500",
    filters: ["BLUE", "GREEN", "RED"], frames: 16, exposureMilliseconds: 3.2, tdiStages: 1,
    geometry: GeometryRecord(first: point, middle: point, last: point),
    corrections: [
      CorrectionRecord(
        name: "startTimeOffset", value: 0.0115, sigma: nil, unit: "s", source: "pipeline file")
    ], registration: "given")
  return Manifest(
    title: "Io <57>", target: "IO", credit: "Someone", products: [product], images: [image],
    inputs: [], kernels: [], parameters: try ParameterRecord(["a": 1.5, "b": 2]))
}

@Suite struct ManifestTests {
  private func temporaryFile(_ text: String) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(text.utf8).write(to: url)
    return url
  }

  @Test func readsBackAsWritten() throws {
    let manifest = try sampleManifest()
    let bytes = try manifest.jsonBytes()
    let url = try temporaryFile(String(decoding: bytes, as: UTF8.self))
    defer { try? FileManager.default.removeItem(at: url) }
    let again = try Manifest(contentsOf: url)
    #expect(again == manifest)
    #expect(try again.jsonBytes() == bytes)
  }

  @Test func numbersAreShortAndExact() throws {
    let text = String(decoding: try sampleManifest().jsonBytes(), as: UTF8.self)
    #expect(text.contains("\"pixelsPerDegree\" : 8\n"))
    #expect(text.contains("\"scale\" : 0.1,"))
    #expect(text.contains("\"path\" : \"maps/a.png\""))
    #expect(text.contains("\"altitudeKm\" : 2870,"))
    #expect(text.hasSuffix("}\n"))
  }

  /// Expected digests: FIPS 180-4's own example, and `printf '{"a":1.5,"b":2}' | sha256sum`.
  @Test func digestsAreSHA256() throws {
    #expect(
      Digest.sha256("abc".utf8)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let parameters = try ParameterRecord(["b": 2, "a": 1.5])
    #expect(
      parameters.sha256 == "0d3dca5cdef44c0cd2d025eed57a39b476c4975913d96266f4992fc53fdc3d61")
    let url = try temporaryFile("abc")
    defer { try? FileManager.default.removeItem(at: url) }
    let record = try FileRecord(hashing: url)
    #expect(record.bytes == 3)
    #expect(record.sha256 == Digest.sha256("abc".utf8))
  }

  @Test func badManifestsAreErrorsThatSayWhere() throws {
    let future = try temporaryFile("{\"schema\": 2}")
    let partial = try temporaryFile("{\"schema\": 1, \"title\": \"x\"}")
    let garbage = try temporaryFile("no json")
    defer {
      for url in [future, partial, garbage] { try? FileManager.default.removeItem(at: url) }
    }
    #expect(throws: ProductsError.manifestSchema(path: future.path, schema: 2)) {
      try Manifest(contentsOf: future)
    }
    for (url, text) in [(partial, "'target' is missing"), (garbage, "not JSON")] {
      let error = #expect(throws: ProductsError.self) { try Manifest(contentsOf: url) }
      #expect(error?.description.contains(text) ?? false, "\(String(describing: error))")
    }
    #expect(throws: ProductsError.self) {
      try Manifest(contentsOf: URL(fileURLWithPath: "/no/such/manifest.json"))
    }
  }
}
