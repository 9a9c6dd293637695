import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Renders what reaches an ideal JunoCam without blur: I/F at every pixel of every framelet of an
/// image.
struct FrameletRenderer<Surface: MoonSurface>: Sendable {
  let surface: Surface
  /// Sub-samples along each edge of a pixel.
  let samplesPerEdge: Int
  /// Rows rendered beyond both edges of the framelet, for the blur.
  let margin: Int

  /// Angle of a pixel on the axis, rad.
  private static var pixelAngle: Double { 0.0074 / 10.95637 }

  /// Cosine of the emission angle beyond which the limb is near: 0.7 px of a disc of 30 px in radius.
  private static var limbCosine: Double { 0.22 }

  /// I/F planes of one filter, one per exposure, with `margin` rows more above and below; masked
  /// columns stay 0.
  func planes(filter: Filter, model: CameraModel, exposures: [Exposure]) -> [Plane<Float>] {
    let rows = Parallel.map(count: FrameletShape.rows + 2 * margin) { row in
      let optics = RowOptics(
        model: model, row: row - margin, samplesPerEdge: samplesPerEdge
      ) { centre in
        exposures.contains { centre.dot($0.ray.centreDirection) >= $0.ray.limbCosine }
      }
      return exposures.map { line(optics, exposure: $0, band: filter.bandIndex) }
    }
    let before = [Float](repeating: 0, count: RowOptics.columns.lowerBound)
    let after = [Float](
      repeating: 0, count: FrameletShape.columns - RowOptics.columns.upperBound)
    return exposures.indices.map { index in
      var samples: [Float] = []
      samples.reserveCapacity(rows.count * FrameletShape.columns)
      for row in rows {
        samples += before
        samples += row[index]
        samples += after
      }
      return Plane(width: FrameletShape.columns, height: rows.count, samples: samples)
    }
  }

  /// I/F along the photoactive columns of one row.
  private func line(_ optics: RowOptics, exposure: Exposure, band: Int) -> [Float] {
    var line = [Float](repeating: 0, count: optics.centres.count)
    let ray = exposure.ray
    for pixel in optics.centres.indices {
      let centre = optics.centres[pixel]
      let cosine = centre.dot(ray.centreDirection)
      guard cosine >= exposure.outerCosine else { continue }
      var value: Float = 0
      if cosine >= ray.limbCosine {
        value = ground(optics, pixel: pixel, exposure: exposure, band: band)
      }
      if !exposure.plumes.isEmpty {
        let end = ray.hit(centre)?.rangeKm ?? .infinity
        value += exposure.plumeLight(centre, endKm: end)[band]
      }
      line[pixel] = value
    }
    return line
  }

  /// Mean I/F of the ground in one pixel.
  @inline(__always)
  private func ground(
    _ optics: RowOptics, pixel: Int, exposure: Exposure, band: Int
  ) -> Float {
    let ray = exposure.ray
    let centre = optics.centres[pixel]
    // Deep in the night only Jupiter shines, too faintly for sub-samples to matter but at the limb,
    // which a pixel may show in part.
    if let hit = ray.hit(centre) {
      let normal = ray.normal(at: hit.point)
      if exposure.lighting.isNight(normal), normal.dot(hit.toCamera) > Self.limbCosine {
        guard exposure.lighting.hasJupiter(normal) else { return 0 }
        return light(at: hit, normal: normal, angle: Self.pixelAngle, exposure, band)
      }
    }
    let perPixel = samplesPerEdge * samplesPerEdge
    let sampleAngle = Self.pixelAngle / Double(samplesPerEdge)
    var sum: Float = 0
    for sample in 0..<perPixel {
      guard let hit = ray.hit(optics.directions[pixel * perPixel + sample]) else { continue }
      let normal = ray.normal(at: hit.point)
      sum += light(at: hit, normal: normal, angle: sampleAngle, exposure, band)
    }
    return sum / Float(perPixel)
  }

  /// I/F at one point, averaged over a square of an angle's width in the field.
  @inline(__always)
  private func light(
    at hit: SurfaceRay.Hit, normal: Vector3, angle: Double, _ exposure: Exposure, _ band: Int
  ) -> Float {
    let emission = max(normal.dot(hit.toCamera), 0.04)
    let patch = surface.reflectance(
      along: hit.point.normalized, footprintKm: hit.rangeKm * angle / emission.squareRoot(),
      sun: exposure.lighting.shadowSun(normal: normal))
    return exposure.lighting.iOverF(of: patch, normal: normal, toCamera: hit.toCamera)[band]
  }
}
