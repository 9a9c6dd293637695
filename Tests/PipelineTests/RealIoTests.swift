import Foundation
import ImageFormats
import Products
import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import Pipeline

/// Io of perijove 68: a real frame, a disc of 66 px, half lit, placed by its label and by itself.
@Suite(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
struct RealIoTests {
  private static let id = "JNCE_2024362_68C00012_V01"
  private static let textKernels = [
    "naif0012.tls", "jno_sclkscet_00090.tsc", "pck00011.tpc", "juno_v12.tf", "juno_junocam_v03.ti",
  ]

  /// Sun and Io around the image. No published SPK of Io for 2024 is in the pack: Jupiter and the Sun are
  /// from VSOP87 (Astronomy Engine 2.1.19, barycentric J2000 at 2024-12-27T01:18:13.519, km and km/s), and
  /// Io is where a moon that always turns the same side to Jupiter has it: Jupiter stands over longitude 0
  /// at 423 318 km.
  private func ephemeris(_ kernels: KernelSet) throws -> SPKWriter {
    let epoch = 788_534_362.703
    let jupiter = (
      position: Vector3(162_650_802.7, 683_029_188.0, 288_799_542.4),
      velocity: Vector3(-12.9113055, 3.0305994, 1.6135520)
    )
    let sun = (
      position: Vector3(-863_235.6, -681_841.0, -266_238.5),
      velocity: Vector3(0.0122126, -0.0058077, -0.0027350)
    )
    func io(_ et: Double) throws -> Vector3 {
      let body = try kernels.bodyRotation(body: 501, et: et).rotation
      return jupiter.position + jupiter.velocity * (et - epoch)
        - body.transposeTimes(Vector3(423_318, 0, 0))
    }
    var writer = try SPKWriter(internalName: "Io and the Sun, perijove 68")
    let times = stride(from: epoch - 3000, through: epoch + 100, by: 20)
    try writer.addStates(
      target: 10, center: 0, name: "Sun",
      samples: times.map {
        SPKWriter.Sample(
          et: $0, position: sun.position + sun.velocity * ($0 - epoch), velocity: sun.velocity)
      })
    try writer.addStates(
      target: 501, center: 0, name: "Io",
      samples: try times.map {
        SPKWriter.Sample(
          et: $0, position: try io($0), velocity: (try io($0 + 10) - io($0 - 10)) / 20)
      })
    return writer
  }

  private func run(_ folder: RunFolder) async throws -> RunResult {
    let names = Self.textKernels.map { DataPack.url("kernels/\($0)").path }
    try ephemeris(try KernelSet(loading: names)).write(to: folder.path("io.bsp"))
    for (name, source) in [
      ("\(Self.id)-raw.png", "raw/\(Self.id)-raw.png"),
      ("17239-Metadata.json", "metadata/17239-Metadata.json"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path(name), withDestinationPath: DataPack.url(source).path)
    }
    let file = try folder.pipeline(
      """
      schema: 1
      title: Io, perijove 68
      target: IO
      frames: ["*-raw.png"]
      kernels: [\((names + ["io.bsp"]).joined(separator: ", "))]
      geometry: {position: label}
      products:
        - map: {projection: simple-cylindrical, pixelsPerDegree: 4}
          formats: [png16]
        - view: {projection: point-perspective}
          formats: [png]
        - limb: {}
          formats: [png]
      output: out
      """)
    return try await PipelineRun(file).run()
  }

  private struct Fit: Decodable {
    struct Residuals: Decodable { var median: [Double] }
    var verdict: String
    var limb: Residuals
  }

  @Test func ioComesOut() async throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let result = try await run(folder)
    #expect(result.failures.isEmpty)
    let image = try #require(result.manifest.images.first)
    #expect(image.registration == "registered")
    let fit = try JSONDecoder().decode(
      Fit.self, from: JSONEncoder().encode(try #require(image.fit)))
    #expect(fit.limb.median[0] < 0.3)
    let place = image.geometry.middle
    // What the label says of the place, planetographic and positive west.
    #expect(abs(place.subSpacecraftLatitude + 80.9) < 0.3)
    #expect(abs(place.subSpacecraftLongitude - (360 - 285.7258)) < 1)

    let product = try #require(result.manifest.products.first { $0.path.contains("map") })
    let map = try grid(product, in: result.output)
    let base = try JPEGReader.image(
      at: DataPack.url("maps/New_Io_photomosaic_2km_grey.jpg"))
    let plane = BaseMapMatch.Grid(
      width: base.width, height: base.height,
      values: base.plane(0).map { Double($0) }
    ).reduced(by: 8)
    func direction(_ longitude: Double, _ latitude: Double) -> Vector3 {
      let (sine, cosine) = Angle.sinCos(degrees: latitude)
      let (sin, cos) = Angle.sinCos(degrees: longitude)
      return Vector3(cosine * cos, cosine * sin, sine)
    }
    let match = BaseMapMatch(
      map: map, base: plane,
      craft: direction(place.subSpacecraftLongitude, place.subSpacecraftLatitude),
      sun: direction(place.subSolarLongitude, place.subSolarLatitude), radius: 33.2)
    print("Io beside the base map: \(match)")
    #expect((match.shift * match.shift).sum() <= 1)
    #expect(match.peak > 0.5 && match.peak > 1.5 * match.next)
  }

  /// The red band of a map.
  private func grid(_ product: ProductRecord, in folder: URL) throws -> BaseMapMatch.Grid {
    let image = try PNGReader.image(at: folder.appendingPathComponent(product.path))
    let channel = try #require(product.bands.firstIndex(of: "RED"))
    let (scale, offset) = (try #require(product.scale), try #require(product.offset))
    return BaseMapMatch.Grid(
      width: image.width, height: image.height,
      values: image.plane(channel).map { $0 == 0 ? .nan : offset + scale * Double($0) })
  }
}
