import Foundation
import ImageFormats
import Registration
import SpaceMath
import Testing

@testable import Pipeline

/// Where a base map's pixels lie, as its tags or the pipeline file say.
@Suite struct BaseMapReaderTests {
  private func read(_ settings: BaseMapSettings, _ image: RasterImage, geo: GeoTags? = nil) throws
    -> BaseMap
  {
    let folder = try RunFolder()
    defer { folder.remove() }
    let url = folder.url.appendingPathComponent(settings.file)
    if let geo {
      try TIFFWriter.write(image, to: url, options: TIFFOptions(geo: geo))
    } else {
      try PNGWriter.write(image, to: url)
    }
    return try BaseMapReader(settings: settings, radius: 1821.49).read(url)
  }

  private let image = {
    let values = (0..<(36 * 18)).map { UInt8($0 % 250 + 1) }
    guard
      let image = try? RasterImage(width: 36, height: 18, channels: 1, samples: .u8(values))
    else { preconditionFailure("36 by 18 samples") }
    return image
  }()

  @Test func aPictureLiesAsTheFileSays() throws {
    #expect(try read(BaseMapSettings(file: "a.png"), image).frame.leftLongitude == 0)
    var west = BaseMapSettings(file: "a.png")
    west.centreLongitude = 90
    west.direction = .positiveWest
    // 90° W is 270° E; its left edge is 90° E.
    #expect(try read(west, image).frame.leftLongitude == -270)
  }

  @Test func aGeoTIFFLiesAsItsTagsSay() throws {
    let metres = 1_821_490 * Double.pi / 180
    var geo = GeoTags(
      pixelScale: [10 * metres, 10 * metres, 0],
      tiepoints: [0, 0, 0, -180 * metres, 90 * metres, 0],
      keys: [
        .short(1024, 1), .short(1025, 1), .short(3075, 17), .double(3088, 180),
        .double(2057, 1_821_490),
      ])
    let frame = try read(BaseMapSettings(file: "a.tif"), image, geo: geo).frame
    #expect(abs(frame.leftLongitude) < 1e-9)
    #expect(abs(frame.topLatitude - 90) < 1e-9 && abs(frame.bottomLatitude + 90) < 1e-9)
    #expect(abs(frame.longitudeSpan - 360) < 1e-9)
    geo.keys[2] = .short(3075, 7)
    let error = #expect(throws: PipelineError.self) {
      try read(BaseMapSettings(file: "a.tif"), image, geo: geo)
    }
    #expect("\(try #require(error))".contains("simple cylindrical"))
  }
}
