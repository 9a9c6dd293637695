import Foundation
import ImageFormats
import Raster
import SpaceMath

/// Reads a PNG or JPEG as linear reflectances in BLUE, GREEN, RED, METHANE.
enum PictureReader {
  /// - Throws: `ImageFormatError`; `SimulationError.notRead` for other kinds of file.
  static func read(_ url: URL) throws -> Plane<SIMD4<Float>> {
    let image: RasterImage
    switch url.pathExtension.lowercased() {
    case "png": image = try PNGReader.image(at: url)
    case "jpg", "jpeg": image = try JPEGReader.image(at: url)
    default:
      throw SimulationError.notRead(
        path: url.path, reason: "a texture must be a .png, .jpg or .jpeg file")
    }
    let full: Double
    switch image.samples {
    case .u8: full = 255
    case .u16: full = 65_535
    case .f32: full = 1
    }
    let colours = image.channels >= 3 ? [2, 1, 0] : [0, 0, 0]
    let planes = colours.map { image.plane($0) }
    let samples = planes[0].indices.map { place in
      let values = planes.map { linear(Double($0[place]) / full) }
      return SIMD4(values[0], values[1], values[2], values[2])
    }
    return Plane(width: image.width, height: image.height, samples: samples)
  }

  /// Inverse of the sRGB curve.
  private static func linear(_ value: Double) -> Float {
    Float(value <= 0.040_45 ? value / 12.92 : Elementary.pow((value + 0.055) / 1.055, 2.4))
  }
}
