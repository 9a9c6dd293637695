import JunoCam
import Raster
import SpaceMath

/// Renders one image of a scene: light, then codes.
struct ImageRenderer<Surface: MoonSurface>: Sendable {
  let model: SceneModel
  let surface: Surface
  let index: Int

  private var image: SceneDescription.Image { model.description.images[index] }

  /// Codes of the whole image, framelets stacked as in a raw file.
  func render() -> Plane<UInt8> {
    let camera = model.description.camera
    let exposures = model.timings[index].frameET.map { et in
      let pose = model.geometry.pose(at: et)
      return FrameletRenderer<Surface>.Exposure(
        ray: SurfaceRay(pose: pose, marginRad: 0.003), lighting: model.lighting(at: pose))
    }
    let renderer = FrameletRenderer(surface: surface, samplesPerEdge: camera.samplesPerEdge)
    let detector = Detector(settings: settings)
    let filters = image.filters
    var framelets = [[Plane<UInt8>]](repeating: [], count: filters.count)
    for (position, filter) in filters.enumerated() {
      let optics = CameraModel.instrumentKernelV03(filter)
      let planes = renderer.planes(filter: filter, model: optics, exposures: exposures)
      framelets[position] = parallelMap(planes.count) { frame in
        detector.codes(
          light: planes[frame], filter: filter, frame: frame, model: optics,
          noise: noise(frame: frame, filter: filter))
      }
    }
    var codes: [UInt8] = []
    codes.reserveCapacity(
      image.frames * filters.count * FrameletShape.rows * FrameletShape.columns)
    for frame in 0..<image.frames {
      for position in filters.indices { codes += framelets[position][frame].samples }
    }
    return Plane(
      width: FrameletShape.columns, height: codes.count / FrameletShape.columns, samples: codes)
  }

  private func noise(frame: Int, filter: Filter) -> SeededRandom {
    let stream =
      UInt64(image.product.index) << 24 | UInt64(frame) << 8
      | UInt64(Filter.allCases.firstIndex(of: filter) ?? 0)
    return SeededRandom(seed: model.description.seed, stream: stream | 1 << 60)
  }

  private var settings: Detector.Settings {
    let camera = model.description.camera
    return Detector.Settings(
      radiometry: Radiometry(
        exposure: 0.0032 * Double(image.tdiStages), tdiStages: image.tdiStages,
        solarDistanceKm: model.solarDistanceKm, orbit: image.product.orbit,
        options: camera.radiometry),
      black: camera.black, blackDrift: camera.blackDrift, readNoise: camera.readNoise,
      electronsPerDN: camera.electronsPerDN, fullWell: camera.fullWell,
      vignetting: camera.vignetting, hasNoise: camera.hasNoise, hotPixels: hotPixels,
      tdiStages: image.tdiStages, mode: .squareRoot)
  }

  /// The same pixels in all images of a scene.
  private var hotPixels: [Filter: [Detector.HotPixel]] {
    var result: [Filter: [Detector.HotPixel]] = [:]
    for (number, filter) in Filter.allCases.enumerated() {
      var random = SeededRandom(
        seed: model.description.seed, stream: 0x686F_7400 + UInt64(number))
      result[filter] = (0..<model.description.camera.hotPixelsPerFilter).map { _ in
        let unit = random.unit()
        return Detector.HotPixel(
          row: Int(random.uniform(0, 128)), column: Int(random.uniform(23, 1631)),
          level: 8 / (unit * unit + 0.004))
      }
    }
    return result
  }
}
