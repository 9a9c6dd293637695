import JunoCam
import Raster

/// Measures, framelet by framelet, how far the colours of an image lie off one another after geometry
/// has done its part.
///
/// A window of a framelet is laid over the look that the reference colour had of the same ground, and
/// moved until the two agree but for contrast and a plane. Where colours differ in more than contrast a
/// single window errs by more than its noise; the error of a framelet's shift is therefore taken from the
/// scatter of its windows.
public struct FrameletShiftFinder: Sendable {
  /// The filter against which the others are measured.
  public static let reference = Filter.green
  /// Framelets with fewer windows than this tell nothing.
  public static let leastPatches = 6

  private static let halfWidth = 16
  private static let halfHeight = 10
  private static let spacing = (column: 40, row: 22)
  /// Shifts are looked for within this, pixels.
  private static let reach: Float = 1.5
  private static let leastCorrelation: Float = 0.5
  /// Texture over noise from which on a window counts, in variances.
  private static let leastTexture: Float = 1.5
  /// Windows stay off the limb, which is no ground.
  private static let limbMargin = 24.0

  public init() {}

  /// The shifts of an image's framelets.
  ///
  /// - Parameters:
  ///   - image: calibrated, defects and hits flagged.
  ///   - geometry: of its frames.
  ///   - jobs: most threads to use at once; the result does not depend on it.
  /// - Returns: [frame][place of the filter]; nil where a framelet does not tell, and for the reference.
  public func shifts(
    _ image: CalibratedImage, geometry: ImageGeometry, jobs: Int = 1
  ) -> [[FrameletShift?]] {
    let filters = image.frames.filters
    let frameCount = image.frames.frameCount
    let empty = [[FrameletShift?]](
      repeating: Array(repeating: nil, count: filters.count), count: frameCount)
    guard let reference = filters.firstIndex(of: Self.reference),
      let finder = LookFinder(geometry, filters: filters, frameCount: frameCount)
    else { return empty }
    let stack = FrameletStack(image.frames)
    let noise = SampleNoise(image)
    let found = Parallel.map(count: frameCount * filters.count, jobs: jobs) {
      index -> FrameletShift? in
      let (frame, place) = (index / filters.count, index % filters.count)
      guard place != reference, filters[place] != .methane else { return nil }
      return Self.combined(
        windows(stack, noise, finder, frame: frame, place: place, reference: reference))
    }
    return (0..<frameCount).map { Array(found[$0 * filters.count..<($0 + 1) * filters.count]) }
  }

  private struct Window {
    var shift: SIMD2<Float>
    /// Inverse variance of its worse known coordinate.
    var weight: Float
  }

  private func windows(
    _ stack: FrameletStack, _ noise: SampleNoise, _ finder: LookFinder, frame: Int, place: Int,
    reference: Int
  ) -> [Window] {
    var result: [Window] = []
    let active = FrameletShape.photoactiveColumns
    let (left, right) = (
      active.lowerBound + Self.halfWidth + 2, active.upperBound - Self.halfWidth - 3
    )
    let (top, bottom) = (Self.halfHeight + 1, FrameletShape.rows - Self.halfHeight - 2)
    stack.withFramelet(stack.index(frame: frame, place: place)) { framelet in
      for y in stride(from: top, through: bottom, by: Self.spacing.row) {
        for x in stride(from: left, through: right, by: Self.spacing.column) {
          guard framelet[y * FrameletStack.stride + x] > 0,
            let template = ShiftTemplate(
              framelet, x: x, y: y, halfWidth: Self.halfWidth, halfHeight: Self.halfHeight),
            template.variance > Self.leastTexture
              * square(noise.sigma(template.mean, frame, place)),
            finder.distanceFromLimb(frame: frame, place: place, x: Double(x), y: Double(y))
              < -Self.limbMargin,
            let look = best(finder, reference, frame: frame, place: place, x: x, y: y)
          else { continue }
          let other = stack.index(frame: look.frame, place: look.place)
          let fit = stack.withFramelet(other) {
            template.fit(look, $0, reach: Self.reach, leastCorrelation: Self.leastCorrelation)
          }
          if let fit { result.append(Window(shift: fit.shift, weight: fit.weight)) }
        }
      }
    }
    return result
  }

  private func square(_ value: Float) -> Float { value * value }

  /// The reference's look that has the window farthest from its edges.
  private func best(
    _ finder: LookFinder, _ reference: Int, frame: Int, place: Int, x: Int, y: Int
  ) -> Look? {
    let last = Float(FrameletShape.rows - 1)
    func margin(_ look: Look) -> Float {
      let row = look.position(x: Float(x), y: Float(y)).y
      return min(row, last - row)
    }
    return finder.looks(frame: frame, place: place, x: x, y: y, step: 8, reach: 0)
      .filter { $0.place == reference && margin($0) > Float(Self.halfHeight + 3) }
      .max { margin($0) < margin($1) }
  }

  /// Robust mean of windows, and its error from their scatter.
  private static func combined(_ windows: [Window]) -> FrameletShift? {
    guard windows.count >= leastPatches else { return nil }
    var mean = SIMD2(median(windows.map(\.shift.x)), median(windows.map(\.shift.y)))
    func length(_ window: Window) -> Float {
      let off = window.shift - mean
      return (off * off).sum().squareRoot()
    }
    // The median length of normal errors of two coordinates is 1.1774 σ.
    let spread = max(median(windows.map(length)) / 1.1774, 0.01)
    let kept = windows.filter { length($0) < 3.5 * spread }
    var total: Float = 0
    var sum = SIMD2<Float>()
    var squares: Float = 0
    for window in kept {
      // What colours do to a window adds to its noise.
      let weight = 1 / (1 / window.weight + spread * spread)
      total += weight
      sum += window.shift * weight
      squares += weight * weight
    }
    guard total > 0 else { return nil }
    mean = sum / total
    var scatter: Float = 0
    for window in kept {
      let off = window.shift - mean
      scatter += 0.5 * (off * off).sum() / Float(kept.count)
    }
    let sigma = (scatter * squares).squareRoot() / total
    return FrameletShift(
      columns: Double(mean.x), rows: Double(mean.y), sigma: Double(sigma), patches: kept.count)
  }

  private static func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }
}
