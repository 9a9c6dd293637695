import JunoCam
import Raster
import SpaceMath
import ViewGeometry

/// Finds ground that several framelets of an image show.
public struct TieFinder: Sendable {
  /// How ties are looked for.
  public struct Options: Hashable, Codable, Sendable {
    /// Columns and rows from one seed to the next, px.
    public var columnSpacing = 44
    public var rowSpacing = 19
    /// Half the patch's size, px.
    public var halfWidth = 10
    public var halfHeight = 4
    /// Whole pixels by which the prediction may err.
    public var search = 3
    /// Least correlation of patches of one filter, and of different filters.
    public var leastCorrelation = 0.6
    /// Frames between the two looks at most.
    public var frameSpan = 5
    /// Least cosine of the emission angle.
    public var leastEmissionCosine = 0.25
    /// Ties kept of an image, the best determined ones, evenly over its framelets.
    public var limit = 3000

    public init() {}
  }

  public var options: Options

  public init(options: Options = Options()) {
    self.options = options
  }

  /// Ties within one image.
  ///
  /// - Parameters:
  ///   - image: what to look at
  ///   - index: the image's place in the adjustment
  ///   - state: geometry that predicts where ground falls
  func find(in image: RegistrationImage, index: Int, state: ImageState) -> [TieObservation] {
    let found = Parallel.map(count: image.frameCount) { frame in
      image.filters.indices.map { place in
        ties(image, index: index, state: state, frame: frame, place: place)
      }
    }.flatMap { $0 }
    return [TieObservation].best(options.limit, of: found) { $0.information.determinant }
  }

  /// Ties whose first framelet is this one and whose second comes later in frame or filter.
  private func ties(
    _ image: RegistrationImage, index: Int, state: ImageState, frame: Int, place: Int
  ) -> [TieObservation] {
    let filter = image.filters[place]
    let grid = PatchGrid(halfWidth: options.halfWidth, halfHeight: options.halfHeight)
    var matcher = PatchMatcher(
      grid: grid, search: options.search, leastCorrelation: options.leastCorrelation)
    var result: [TieObservation] = []
    let columns = FrameletShape.photoactiveColumns
    let firstColumn = columns.lowerBound + options.halfWidth + 3
    let lastColumn = columns.upperBound - options.halfWidth - 4
    let firstRow = options.halfHeight + 2
    let lastRow = FrameletShape.rows - options.halfHeight - 3
    // Rows from edge to edge, so that the narrow overlaps of one filter's framelets are seeded.
    let steps = max((lastRow - firstRow) / options.rowSpacing, 1)
    image.withFramelet(frame: frame, place: place) { samples in
      for step in 0...steps {
        let row = firstRow + (lastRow - firstRow) * step / steps
        for column in stride(from: firstColumn, through: lastColumn, by: options.columnSpacing) {
          let seed = FrameletPoint(
            image: index, frame: frame, filter: filter,
            pixel: SIMD2(Double(column) + 0.5, Double(row) + 0.5))
          let centre = Double(samples[row * FrameletShape.columns + column])
          guard centre > 0, let ground = state.ground(seed),
            state.sights[frame].emissionCosine(ground) > options.leastEmissionCosine
          else { continue }
          let isTextured = matcher.setTemplate(noiseVariance: image.noise[place].variance(centre)) {
            Double(samples[(row + $1) * FrameletShape.columns + column + $0])
          }
          guard isTextured else { continue }
          result += looks(
            seed: seed, ground: ground, image: image, place: place, state: state,
            matcher: &matcher)
        }
      }
    }
    return result
  }

  /// All later looks at a seed.
  private func looks(
    seed: FrameletPoint, ground: Vector3, image: RegistrationImage, place: Int, state: ImageState,
    matcher: inout PatchMatcher
  ) -> [TieObservation] {
    var result: [TieObservation] = []
    guard let patch = state.patch(seed) else { return [] }
    let low = max(seed.frame - options.frameSpan, 0)
    let high = min(seed.frame + options.frameSpan, image.frameCount - 1)
    for (otherPlace, filter) in image.filters.enumerated() {
      for frame in low...high {
        // Each pair of framelets once.
        guard otherPlace > place || (otherPlace == place && frame > seed.frame),
          let origin = state.pixel(of: ground, frame: frame, filter: filter), isOnStrip(origin),
          let places = state.pixels(of: patch, frame: frame, filter: filter)
        else { continue }
        let warp = PatchWarp(places)
        let match = image.withFramelet(frame: frame, place: otherPlace) {
          matcher.match(in: FrameletInterpolator(samples: $0), warp: warp)
        }
        guard let match, let information = warp.information(match.information) else { continue }
        result.append(
          TieObservation(
            first: seed,
            second: FrameletPoint(
              image: seed.image, frame: frame, filter: filter,
              pixel: warp.place(match.offset.x, match.offset.y)),
            information: information, correlation: match.correlation))
      }
    }
    return result
  }

  private func isOnStrip(_ pixel: SIMD2<Double>) -> Bool {
    let columns = FrameletShape.photoactiveColumns
    return pixel.y >= Double(options.halfHeight)
      && pixel.y <= Double(FrameletShape.rows - options.halfHeight)
      && pixel.x >= Double(columns.lowerBound + options.halfWidth)
      && pixel.x <= Double(columns.upperBound - options.halfWidth)
  }
}
