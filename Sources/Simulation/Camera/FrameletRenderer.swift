import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Renders what an ideal JunoCam would measure: I/F at every pixel of every framelet of an image.
struct FrameletRenderer<Surface: MoonSurface>: Sendable {
  let surface: Surface
  /// Sub-samples along each edge of a pixel.
  let samplesPerEdge: Int

  /// One exposure of all filters.
  struct Exposure: Sendable {
    let ray: SurfaceRay
    let lighting: Lighting
  }

  /// Angle of a pixel on the axis, rad.
  private static var pixelAngle: Double { 0.0074 / 10.95637 }

  /// I/F planes of one filter, one per exposure; masked columns stay 0.
  func planes(
    filter: Filter, model: CameraModel, exposures: [Exposure]
  ) -> [Plane<Float>] {
    let band =
      switch filter {
      case .blue: 0
      case .green: 1
      case .red: 2
      case .methane: 3
      }
    let rows = parallelMap(FrameletShape.rows) { row in
      let optics = RowOptics(model: model, row: row, samplesPerEdge: samplesPerEdge)
      return exposures.map { line(optics, exposure: $0, band: band) }
    }
    return exposures.indices.map { index in
      var samples: [Float] = []
      samples.reserveCapacity(FrameletShape.rows * FrameletShape.columns)
      let before = [Float](repeating: 0, count: RowOptics.columns.lowerBound)
      let after = [Float](
        repeating: 0, count: FrameletShape.columns - RowOptics.columns.upperBound)
      for row in rows {
        samples += before
        samples += row[index]
        samples += after
      }
      return Plane(width: FrameletShape.columns, height: FrameletShape.rows, samples: samples)
    }
  }

  /// I/F along the photoactive columns of one row.
  private func line(_ optics: RowOptics, exposure: Exposure, band: Int) -> [Float] {
    let perPixel = samplesPerEdge * samplesPerEdge
    let ray = exposure.ray
    var line = [Float](repeating: 0, count: optics.centres.count)
    let share = 1 / Float(perPixel)
    let sampleAngle = Self.pixelAngle / Double(samplesPerEdge)
    for pixel in optics.centres.indices {
      guard optics.centres[pixel].dot(ray.centreDirection) >= ray.limbCosine else { continue }
      var sum: Float = 0
      for sample in 0..<perPixel {
        guard let hit = ray.hit(optics.directions[pixel * perPixel + sample]) else { continue }
        let normal = ray.normal(at: hit.point)
        let emission = max(normal.dot(hit.toCamera), 0.04)
        let footprint = hit.rangeKm * sampleAngle / emission.squareRoot()
        let patch = surface.reflectance(along: hit.point.normalized, footprintKm: footprint)
        sum += exposure.lighting.iOverF(of: patch, normal: normal, toCamera: hit.toCamera)[band]
      }
      line[pixel] = sum * share
    }
    return line
  }
}
