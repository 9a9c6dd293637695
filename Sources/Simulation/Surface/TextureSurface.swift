import Foundation
import ImageFormats
import Raster
import SpaceMath

/// Ground painted with a picture: simple cylindrical, longitude 0 at the left edge, east to the
/// right, north at the top, of any size.
///
/// The picture is taken as sRGB and turned into linear reflectance, BLUE, GREEN and RED from its
/// channels and METHANE from red. Footprints larger than its pixels are averaged over halved copies,
/// two of which are blended.
struct TextureSurface: MoonSurface {
  private let levels: [Plane<SIMD4<Float>>]
  private let radiusKm: Double

  /// - Throws: `ImageFormatError` for files that are no PNG or JPEG.
  init(contentsOf url: URL, moon: MoonConstants) throws {
    let image = try PictureReader.read(url)
    radiusKm = (moon.radii.x + moon.radii.y + moon.radii.z) / 3
    levels = Self.pyramid(image)
  }

  /// Halved copies down to a width of 8.
  private static func pyramid(_ base: Plane<SIMD4<Float>>) -> [Plane<SIMD4<Float>>] {
    var levels = [base]
    while let last = levels.last, last.width >= 16, last.height >= 8 {
      var half = Plane<SIMD4<Float>>(
        width: last.width / 2, height: last.height / 2, filledWith: .zero)
      for line in 0..<half.height {
        for sample in 0..<half.width {
          let above = last[2 * line, 2 * sample] + last[2 * line, 2 * sample + 1]
          let below = last[2 * line + 1, 2 * sample] + last[2 * line + 1, 2 * sample + 1]
          half[line, sample] = (above + below) * 0.25
        }
      }
      levels.append(half)
    }
    return levels
  }

  func reflectance(
    along direction: Vector3, footprintKm: Double, sun: Vector3?
  ) -> SurfaceReflectance {
    let pixelKm = 2 * Double.pi * radiusKm / Double(levels[0].width)
    var level = 0
    var size = pixelKm
    while level + 1 < levels.count, 2 * size <= footprintKm {
      size *= 2
      level += 1
    }
    let share = Float(min(max((footprintKm - size) / size, 0), 1))
    let longitude = direction.longitude / (2 * .pi)
    let colatitude = 0.5 - direction.latitude / .pi
    var bands = sample(level, longitude, colatitude)
    if share > 0, level + 1 < levels.count {
      bands += (sample(level + 1, longitude, colatitude) - bands) * share
    }
    return SurfaceReflectance(bands: bands)
  }

  /// Bilinear value of a level at fractions of the picture's width and height. Halving drops odd
  /// columns and lines: a level's own size is not that of the whole picture.
  private func sample(
    _ level: Int, _ longitude: Double, _ colatitude: Double
  ) -> SIMD4<Float> {
    let plane = levels[level]
    let scale = 1 / Double(1 << level)
    let x = longitude * Double(levels[0].width) * scale - 0.5 + Double(plane.width)
    let y = min(
      max(colatitude * Double(levels[0].height) * scale - 0.5, 0), Double(plane.height - 1))
    let column = Int(x)
    let line = Int(y)
    let fx = Float(x - Double(column))
    let fy = Float(y - Double(line))
    let left = column % plane.width
    let right = (column + 1) % plane.width
    let below = min(line + 1, plane.height - 1)
    let top = plane[line, left] + (plane[line, right] - plane[line, left]) * fx
    let bottom = plane[below, left] + (plane[below, right] - plane[below, left]) * fx
    return top + (bottom - top) * fy
  }
}
