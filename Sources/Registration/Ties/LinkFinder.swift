import JunoCam
import SpaceMath

/// Finds ground that other images have shown, by their chips.
struct LinkFinder: Sendable {
  /// Whole pixels by which the prediction may err.
  var search = 4
  var leastCorrelation = 0.65
  /// Greatest ratio of the two images' pixels, and of the two axes of one seen in the other.
  var greatestRatio = 3.0
  var leastEmissionCosine = 0.3
  /// Links kept to an image, the best determined ones.
  var limit = 1200

  /// Links from chips of other images to an image.
  ///
  /// - Parameters:
  ///   - chips: of other images
  ///   - states: the geometry of all images, by their place in the adjustment
  ///   - index: the image's place in the adjustment
  func links(
    of chips: [GroundChip], to image: RegistrationImage, index: Int, states: [ImageState]
  ) -> [TieObservation] {
    chips.finds(
      PatchMatcher(grid: GroundChip.grid, search: search, leastCorrelation: leastCorrelation)
    ) { link($0, to: image, index: index, states: states, matcher: &$1) }
    .best(limit) { $0.information.determinant }
  }

  private func link(
    _ chip: GroundChip, to image: RegistrationImage, index: Int, states: [ImageState],
    matcher: inout PatchMatcher
  ) -> TieObservation? {
    let source = states[chip.seed.image]
    guard let place = image.filters.firstIndex(of: chip.seed.filter),
      let ground = source.patch(chip.seed, step: Double(chip.step)),
      let frame = bestFrame(ground[4], filter: chip.seed.filter, state: states[index]),
      let places = states[index].pixels(of: ground, frame: frame, filter: chip.seed.filter)
    else { return nil }
    let warp = PatchWarp(places)
    guard let scale = warp.scale(greatestRatio: greatestRatio) else { return nil }
    let template = chip.blurred(scale: scale)
    guard
      matcher.setTemplate(noiseVariance: template.variance, { template.value($0, $1) }),
      let match = image.withFramelet(
        frame: frame, place: place,
        {
          let surface = FrameletInterpolator(samples: $0)
          return scale > 1.4
            ? matcher.match(in: AveragedSurface(surface, warp: warp), warp: warp)
            : matcher.match(in: surface, warp: warp)
        }), let information = warp.information(match.information)
    else { return nil }
    return TieObservation(
      first: chip.seed,
      second: FrameletPoint(
        image: index, frame: frame, filter: chip.seed.filter,
        pixel: warp.place(match.offset.x, match.offset.y)),
      information: information, correlation: match.correlation)
  }

  /// The frame that shows a place nearest to the middle of its strip.
  private func bestFrame(_ ground: Vector3, filter: Filter, state: ImageState)
    -> Int?
  {
    var best: (frame: Int, pixel: SIMD2<Double>)?
    let middle = Double(FrameletShape.rows) / 2
    let columns = FrameletShape.photoactiveColumns
    for (frame, sight) in state.sights.enumerated() {
      guard sight.emissionCosine(ground) > leastEmissionCosine,
        let pixel = state.pixel(of: ground, frame: frame, filter: filter),
        pixel.x > Double(columns.lowerBound + 8), pixel.x < Double(columns.upperBound - 8),
        (pixel.y - middle).magnitude < middle - 4
      else { continue }
      if let best, (best.pixel.y - middle).magnitude <= (pixel.y - middle).magnitude { continue }
      best = (frame, pixel)
    }
    return best?.frame
  }
}

/// A surface whose values are means over a pixel of the first one, where its own pixels are finer.
struct AveragedSurface<Surface: PatchSurface>: PatchSurface {
  private let surface: Surface
  private let offsets: [SIMD2<Double>]

  init(_ surface: Surface, warp: PatchWarp) {
    self.surface = surface
    offsets = [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)].map {
      warp.alongX * $0.0 + warp.alongY * $0.1
    }
  }

  func value(_ x: Double, _ y: Double) -> Double {
    offsets.reduce(0) { $0 + surface.value(x + $1.x, y + $1.y) } / Double(offsets.count)
  }
}
