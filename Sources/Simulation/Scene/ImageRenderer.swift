import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Renders one image of a scene: light, blur, codes.
struct ImageRenderer<Surface: MoonSurface>: Sendable {
  /// An image as it is sent, and what befell it.
  struct Result: Sendable {
    /// Framelets stacked as in a raw file.
    var codes: Plane<UInt8>
    /// The same had there been neither hot pixels nor hits.
    var sound: Plane<UInt8>
    /// Per frame, in the order of the filters.
    var readouts: [[Detector.Readout]]
    var exposures: [Exposure]
  }

  let model: SceneModel
  let surface: Surface
  let index: Int

  private var image: SceneDescription.Image { model.description.images[index] }
  private var camera: CameraDescription { model.description.camera }

  /// The exposures in order.
  func exposures() -> [Exposure] {
    let hasPlumes = model.description.light.hasPlumes && model.moon.naifID == 501
    return model.exposureET(image: index).map { et in
      let pose = model.actual.pose(at: et)
      return Exposure(
        pose: pose, lighting: model.lighting(at: pose), plumes: hasPlumes ? Plume.io : [])
    }
  }

  func render() -> Result {
    let exposures = exposures()
    let detector = Detector(
      camera: camera, radiometry: model.radiometry(image: index), tdiStages: image.tdiStages)
    let filters = image.filters
    var readouts = [[Detector.Readout]](repeating: [], count: image.frames)
    for filter in filters {
      let optics = model.optics(filter)
      let planes = light(filter: filter, exposures: exposures)
      let hotPixels = DetectorEvents.hotPixels(
        camera, filter: filter, seed: model.description.seed)
      let column = Parallel.map(count: planes.count) { frame in
        detector.read(
          light: planes[frame], filter: filter, frame: frame, model: optics,
          hotPixels: hotPixels, random: stream(frame: frame, filter: filter))
      }
      for frame in column.indices { readouts[frame].append(column[frame]) }
    }
    return Result(
      codes: stacked(readouts) { $0.codes }, sound: stacked(readouts) { $0.sound },
      readouts: readouts, exposures: exposures)
  }

  /// I/F of every exposure through one filter, blurred, stars included.
  func light(filter: Filter, exposures: [Exposure]) -> [Plane<Float>] {
    let optics = model.optics(filter)
    let isBlurred = camera.pointSpread > 0 || camera.hasSmear
    let margin = isBlurred ? PointSpread.margin : 0
    let renderer = FrameletRenderer(
      surface: surface, samplesPerEdge: camera.samplesPerEdge, margin: margin)
    let sharp = renderer.planes(filter: filter, model: optics, exposures: exposures)
    let starlight = StarField(model: model, image: index, filter: filter)
    return Parallel.map(count: sharp.count) { frame in
      var plane = sharp[frame]
      if model.description.light.hasStars {
        starlight.add(to: &plane, exposure: exposures[frame], optics: optics, margin: margin)
      }
      guard isBlurred else { return plane }
      return blur(exposures[frame]).blurred(plane, columns: RowOptics.columns)
    }
  }

  /// Blur of an exposure.
  private func blur(_ exposure: Exposure) -> PointSpread {
    guard camera.hasSmear else {
      return PointSpread(sigma: camera.pointSpread, rowSmear: [], columnSmear: [])
    }
    let stage = 0.0032
    let velocity = SceneMotion(geometry: model.actual, exposure: exposure).velocity
    // Within a stage the scene moves on over standing pixels; between stages the charge moves one
    // row, towards lower rows as the scene does.
    let within = velocity.y * stage
    let mismatch = (within + 1) * Double(image.tdiStages)
    return PointSpread(
      sigma: camera.pointSpread, rowSmear: [within, mismatch],
      columnSmear: [velocity.x * stage * Double(image.tdiStages)])
  }

  private func stream(frame: Int, filter: Filter) -> SeededRandom {
    let stream =
      UInt64(image.product.index) << 24 | UInt64(frame) << 8 | UInt64(filter.bandIndex)
    return SeededRandom(seed: model.description.seed, stream: stream | 1 << 60)
  }

  private func stacked(
    _ readouts: [[Detector.Readout]], _ plane: (Detector.Readout) -> Plane<UInt8>
  ) -> Plane<UInt8> {
    var codes: [UInt8] = []
    codes.reserveCapacity(
      readouts.count * image.filters.count * FrameletShape.rows * FrameletShape.columns)
    for frame in readouts {
      for readout in frame { codes += plane(readout).samples }
    }
    let width = FrameletShape.columns
    for lost in image.lostLines {
      let first = min(lost.x * width, codes.count)
      let last = min((lost.x + lost.y) * width, codes.count)
      for place in first..<last { codes[place] = 0 }
    }
    return Plane(width: width, height: codes.count / width, samples: codes)
  }
}
