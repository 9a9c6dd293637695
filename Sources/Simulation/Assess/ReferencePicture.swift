import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// What a perfect product would show: true I/F of every pixel of a grid, seen as the image's own
/// frames saw it.
struct ReferencePicture: Sendable {
  /// I/F in BLUE, GREEN and RED; not a number where no framelet of that filter sees the ground.
  var bands: [Plane<Float>]
  /// Reflectance in the three bands without light.
  var albedo: [Plane<Float>]
  /// True tristimulus values of the ground, where its spectra are known.
  var tristimulus: Plane<SIMD4<Float>>
  /// Cosine of emission; not a number where the ground is not seen.
  var emissionCosine: Plane<Float>
  /// Number of the frame whose GREEN strip shows the pixel best, −1 for none.
  var frame: Plane<Int32>

  /// - Parameters:
  ///   - images: numbers of the scene's images in the product; each pixel takes the one that
  ///     sees it nearest
  init(
    grid: ProductGrid, width: Int, height: Int, model: SceneModel, images: [Int],
    surface: any MoonSurface, truth: IoSurface?
  ) {
    let sights = images.map { ImageSight(model: model, index: $0) }
    let rows = Parallel.map(count: height) { line in
      (0..<width).map { sample in
        Self.pixel(grid, sample: sample, line: line, sights: sights, surface, truth)
      }
    }
    var bands = (0..<3).map { _ in Plane<Float>(width: width, height: height, filledWith: .nan) }
    var albedo = bands
    emissionCosine = bands[0]
    tristimulus = Plane(width: width, height: height, filledWith: .zero)
    frame = Plane(width: width, height: height, filledWith: -1)
    for (line, row) in rows.enumerated() {
      for (sample, pixel) in row.enumerated() {
        guard let pixel else { continue }
        for band in 0..<3 {
          bands[band][line, sample] = pixel.iOverF[band]
          albedo[band][line, sample] = pixel.albedo[band]
        }
        tristimulus[line, sample] = pixel.tristimulus
        emissionCosine[line, sample] = pixel.emissionCosine
        frame[line, sample] = pixel.frame
      }
    }
    self.bands = bands
    self.albedo = albedo
  }

  private struct Pixel: Sendable {
    var iOverF: SIMD4<Float>
    var albedo: SIMD4<Float>
    var tristimulus: SIMD4<Float>
    var emissionCosine: Float
    var frame: Int32
  }

  private static func pixel(
    _ grid: ProductGrid, sample: Int, line: Int, sights: [ImageSight],
    _ surface: any MoonSurface, _ truth: IoSurface?
  ) -> Pixel? {
    guard let point = grid.point(sample: sample, line: line) else { return nil }
    var best: (sight: ImageSight, view: ImageSight.View)?
    for sight in sights {
      guard let view = sight.view(of: point) else { continue }
      if let known = best, known.view.rangeKm <= view.rangeKm { continue }
      best = (sight, view)
    }
    guard let best, let size = grid.pixelKm(sample: sample, line: line) else { return nil }
    let exposure = best.sight.exposures[best.view.frame]
    let normal = exposure.ray.normal(at: point)
    let camera = best.view.rangeKm * ImageSight.pixelAngle
    let footprint = max((size.x * size.y).squareRoot(), camera)
    let direction = point.normalized
    let patch = surface.reflectance(
      along: direction, footprintKm: footprint, sun: exposure.lighting.shadowSun(normal: normal))
    var iOverF = exposure.lighting.iOverF(of: patch, normal: normal, toCamera: best.view.toCamera)
    for (band, filter) in [Filter.blue, .green, .red].enumerated()
    where !best.view.filters.contains(filter) {
      iOverF[band] = .nan
    }
    var colour = SIMD4<Float>.zero
    if let truth {
      let value = truth.point(along: direction, footprintKm: footprint).tristimulus
      colour = SIMD4(Float(value.x), Float(value.y), Float(value.z), 1)
    }
    return Pixel(
      iOverF: iOverF, albedo: patch.bands, tristimulus: colour,
      emissionCosine: Float(normal.dot(best.view.toCamera)), frame: Int32(best.view.frame))
  }
}
