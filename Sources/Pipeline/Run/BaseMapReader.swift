import Foundation
import ImageFormats
import Raster
import Registration
import SpaceMath

/// Reads the base map that a pipeline file names.
struct BaseMapReader {
  var settings: BaseMapSettings
  /// Mean radius of the body, km, for maps in metres that do not state their own.
  var radius: Double

  /// Columns beyond which a map is halved, so that it takes no more than some 100 MB: 1.9 km at Io,
  /// which is what the closest images show.
  private static let widest = 6000

  /// - Throws: `ImageFormatError`; `PipelineError.badBaseMap` for a map in another projection.
  func read(_ url: URL) throws -> BaseMap {
    switch url.pathExtension.lowercased() {
    case "png": return map(try PNGReader.image(at: url), noData: nil, frame: given)
    case "jpg", "jpeg": return map(try JPEGReader.image(at: url), noData: nil, frame: given)
    case "tif", "tiff":
      let file = try TIFFReader.read(at: url)
      let frame =
        settings.centreLongitude == nil && !file.geo.pixelScale.isEmpty
        ? try self.frame(file, url) : given
      return map(file.image, noData: file.noData, frame: frame)
    default:
      throw PipelineError.badBaseMap(
        file: url.path, reason: "it is no .png, .jpg, .jpeg, .tif or .tiff file")
    }
  }

  private var given: BaseMap.Frame {
    let centre = settings.centreLongitude ?? 180
    return .global(centreLongitude: settings.direction == .positiveEast ? centre : -centre)
  }

  /// Where a GeoTIFF's own tags put it.
  private func frame(_ file: GeoTIFF, _ url: URL) throws -> BaseMap.Frame {
    func number(_ id: UInt16) -> Double? {
      if case .doubles(let values)? = file.geo.value(id) { return values.first }
      return nil
    }
    func code(_ id: UInt16) -> UInt16? {
      if case .short(let value)? = file.geo.value(id) { return value }
      return nil
    }
    let geo = file.geo
    guard geo.pixelScale.count >= 2, geo.tiepoints.count >= 6, geo.pixelScale[0] > 0,
      geo.pixelScale[1] > 0
    else { throw PipelineError.badBaseMap(file: url.path, reason: "it has no scale or tiepoint") }
    // GTModelType: 2 is geographic, in degrees; others are in metres.
    var perUnit = 1.0
    var centre = 0.0
    if code(1024) != 2 {
      // ProjCoordTrans 17 is equirectangular; a standard parallel squeezes its columns.
      let parallel = number(3078) ?? number(3081) ?? 0
      guard code(3075) ?? 17 == 17, parallel == 0 else {
        throw PipelineError.badBaseMap(
          file: url.path, reason: "it is not in simple cylindrical projection")
      }
      perUnit = Angle.degrees(1 / (number(2057) ?? radius * 1000))
      centre = number(3088) ?? number(3080) ?? 0
    }
    // GTRasterType 2: the tiepoint is a pixel's middle.
    let half = code(1025) == 2 ? 0.5 : 0
    let stepX = geo.pixelScale[0] * perUnit
    let stepY = geo.pixelScale[1] * perUnit
    let left = centre + geo.tiepoints[3] * perUnit - (geo.tiepoints[0] + half) * stepX
    let top = geo.tiepoints[4] * perUnit + (geo.tiepoints[1] + half) * stepY
    return BaseMap.Frame(
      leftLongitude: left, longitudeSpan: min(Double(file.image.width) * stepX, 360),
      topLatitude: top, bottomLatitude: top - Double(file.image.height) * stepY)
  }

  private func map(_ image: RasterImage, noData: Double?, frame: BaseMap.Frame) -> BaseMap {
    let colours = image.channels >= 3 ? 3 : 1
    var values = image.plane(0)
    for channel in 1..<max(colours, 1) where colours == 3 {
      for (index, value) in image.plane(channel).enumerated() { values[index] += value }
    }
    // In a picture of whole numbers, 0 is where there is nothing.
    let isPicture = image.samples.type != .f32
    let hole = noData.map { Float($0) * Float(colours) }
    for index in values.indices where values[index] == hole || (isPicture && values[index] == 0) {
      values[index] = .nan
    }
    var plane = Plane(width: image.width, height: image.height, samples: values)
    while plane.width > Self.widest { plane = BaseMap.halved(plane) }
    return BaseMap(plane, frame: frame)
  }
}
