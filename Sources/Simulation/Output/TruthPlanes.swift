import JunoCam
import Raster
import SpaceMath

/// Truth for every pixel of an image, at the pixel's centre.
struct TruthPlanes: Sendable {
  /// Degrees, planetocentric; not a number in the sky and in masked columns.
  var latitude: [Float] = []
  /// Degrees, east.
  var longitude: [Float] = []
  /// What the light alone would give, blur included.
  var iOverF: [Float] = []

  init<Surface: MoonSurface>(renderer: ImageRenderer<Surface>, exposures: [Exposure]) {
    let filters = renderer.model.description.images[renderer.index].filters
    let light = filters.map { renderer.light(filter: $0, exposures: exposures) }
    for (frame, exposure) in exposures.enumerated() {
      for (position, filter) in filters.enumerated() {
        let optics = renderer.model.optics(filter)
        let rows = Parallel.map(count: FrameletShape.rows) { row in
          RowOptics(model: optics, row: row, samplesPerEdge: 1).centres.map { direction in
            exposure.ray.hit(direction).map { hit in
              SIMD2(
                Float(Angle.degrees(hit.point.latitude)), Float(Angle.degrees(hit.point.longitude))
              )
            } ?? SIMD2(.nan, .nan)
          }
        }
        let before = [Float](repeating: .nan, count: RowOptics.columns.lowerBound)
        let after = [Float](
          repeating: .nan, count: FrameletShape.columns - RowOptics.columns.upperBound)
        for row in rows {
          latitude += before + row.map(\.x) + after
          longitude += before + row.map(\.y) + after
        }
        iOverF += light[position][frame].samples
      }
    }
  }

  /// Little-endian bytes of a plane.
  static func bytes(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in
      let bits = value.bitPattern
      return [
        UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8),
        UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 24),
      ]
    }
  }
}
