import JunoCam
import Raster
import SpaceMath

/// How the response of a strip changes along its rows, measured from the image itself: the last rows of a framelet
/// see the ground that the first rows of the next one see.
///
/// 44M00040 (METHANE, 32 stages) reads 8 % more in its last rows than in its first, which without a flat
/// field draws a step at every framelet. The overlaps tell the whole change; that it is even is what sums of the
/// rows over all frames of a disc show (44M00040, 43M00081).
public struct RowResponse: Sendable {
  /// Relative change from the first row to the last that is worth a correction, and standard deviations.
  private static let least = 0.01
  private static let significance = 4.0
  /// Pairs of framelets, and samples of a pair, that are needed.
  private static let leastPairs = 4
  private static let leastSamples = 400
  /// DN12 above black from which on a sample tells: below, the black level's error does.
  private static let leastSignal = 12.0
  /// Rows at the strip's edges that are left out, and how many from there are looked at.
  private static let edge = 3
  private static let depth = 14
  /// Columns of a cell whose samples share one look.
  private static let cell = 16
  /// Pixels within the limb: relief and haze look different from one place to the next.
  private static let limbMargin = 6.0

  public init() {}

  /// Divides the samples by the response of their rows, where it changes and no flat field holds it.
  ///
  /// - Parameters:
  ///   - image: calibrated.
  ///   - geometry: tells which framelets saw the same ground; nil: successive framelets are laid over one another
  ///     by the nominal spin.
  ///   - jobs: most threads to use at once; the result does not depend on it.
  public func correct(
    _ image: inout CalibratedImage, geometry: ImageGeometry?, jobs: Int = 1
  ) {
    let filters = image.frames.filters
    let finder = geometry.flatMap {
      LookFinder($0, filters: filters, frameCount: image.frames.frameCount)
    }
    guard geometry == nil || finder != nil else { return }
    var responses = filters.map { _ in [Float]() }
    for place in filters.indices where image.flatField?.gains[filters[place]] == nil {
      guard let slope = slope(image, place, finder, jobs: jobs) else { continue }
      let middle = Double(FrameletShape.rows - 1) / 2
      responses[place] = (0..<FrameletShape.rows).map {
        Float(Elementary.exp(slope * (Double($0) - middle)))
      }
      image.findings[place].rowResponse =
        Elementary.exp(slope * Double(FrameletShape.rows - 1))
    }
    guard responses.contains(where: { !$0.isEmpty }) else { return }
    let divisors = responses
    image.frames.update(jobs: jobs) { _, framelets in
      for place in framelets.indices where !divisors[place].isEmpty {
        let columns = FrameletShape.columns
        for row in 0..<FrameletShape.rows {
          let factor = 1 / divisors[place][row]
          for pixel in row * columns..<(row + 1) * columns {
            framelets[place].samples.samples[pixel] *= factor
          }
        }
      }
    }
    image.rowResponses = responses
  }

  /// What a pair of framelets tells.
  private struct Pair: Sendable {
    /// Change of the logarithm of the response for each row.
    var slope: Double
    var samples: Int
  }

  /// Change of the logarithm of the response for each row of a strip; nil where it is none.
  private func slope(
    _ image: CalibratedImage, _ place: Int, _ finder: LookFinder?, jobs: Int
  ) -> Double? {
    let pairs = Parallel.map(count: image.frames.frameCount, jobs: jobs) {
      pair(image, frame: $0, place, finder)
    }.compactMap { $0 }
    guard pairs.count >= Self.leastPairs else { return nil }
    let slopes = pairs.map(\.slope).sorted()
    let median =
      (slopes[(slopes.count - 1) / 2] + slopes[slopes.count / 2]) / 2
    let deviations = slopes.map { abs($0 - median) }.sorted()
    // The median of a few values errs by a quarter more than their mean.
    let sigma =
      1.25 * 1.4826 * deviations[deviations.count / 2] / Double(slopes.count).squareRoot()
    let change = abs(median) * Double(FrameletShape.rows - 1)
    // Where nothing but the nominal spin lays the framelets over one another, only a large change is sure.
    let isLarge =
      finder == nil
      ? change >= 4 * Self.least && pairs.count >= 2 * Self.leastPairs : change >= Self.least
    guard isLarge, abs(median) >= Self.significance * sigma else { return nil }
    return median
  }

  /// The last rows of a framelet, or the first where the ground moves the other way, over those of a
  /// neighbour.
  private func pair(
    _ image: CalibratedImage, frame: Int, _ place: Int, _ finder: LookFinder?
  ) -> Pair? {
    let framelet = image.frames.frames[frame][place]
    let perDN = image.radiometry.iOverFPerDN(image.frames.filters[place])
    let threshold = Float(Self.leastSignal * perDN)
    let last = FrameletShape.rows - 1
    var here = 0.0
    var there = 0.0
    var rows = 0.0
    var count = 0
    let active = FrameletShape.photoactiveColumns
    for left in stride(from: active.lowerBound + 8, to: active.upperBound - 24, by: Self.cell) {
      guard
        let look = look(image, frame, place, x: left + Self.cell / 2, finder),
        image.frames.frames.indices.contains(look.frame)
      else { continue }
      let other = image.frames.frames[look.frame][place]
      for y in last - Self.edge - Self.depth...last - Self.edge {
        for x in left..<left + Self.cell {
          let position = look.position(x: Float(x), y: Float(y))
          guard position.y >= Float(Self.edge), position.y <= Float(last / 2),
            let own = sample(framelet, x: Float(x), y: Float(y)),
            let beside = sample(other, x: position.x, y: position.y),
            own + beside >= 2 * threshold
          else { continue }
          here += Double(own)
          there += Double(beside)
          rows += Double(Float(y) - position.y)
          count += 1
        }
      }
    }
    guard count >= Self.leastSamples, here > 0, there > 0 else { return nil }
    return Pair(
      slope: Elementary.log(here / there) * Double(count) / rows, samples: count)
  }

  /// Where another framelet of the filter has the ground at the lower edge of this one.
  private func look(
    _ image: CalibratedImage, _ frame: Int, _ place: Int, x: Int, _ finder: LookFinder?
  ) -> Look? {
    let y = FrameletShape.rows - 1 - Self.edge - Self.depth / 2
    guard let finder else {
      return Look(
        frame: frame + 1, place: place, origin: SIMD2(0, -Float(Self.nominalRows(image))),
        alongX: SIMD2(1, 0), alongY: SIMD2(0, 1))
    }
    let distance = finder.distanceFromLimb(
      frame: frame, place: place, x: Double(x), y: Double(y))
    guard distance < -Self.limbMargin - Double(Self.cell) else { return nil }
    return finder.looks(
      frame: frame, place: place, x: x, y: y, step: Double(Self.depth / 2),
      reach: Double(Self.depth)
    ).first { $0.place == place && abs($0.frame - frame) == 1 }
  }

  /// Rows by which the scene moves from frame to frame at the nominal spin of two turns a minute.
  private static func nominalRows(_ image: CalibratedImage) -> Double {
    let label = image.frames.label
    let camera = CameraModel.instrumentKernelV03(image.frames.filters[0])
    let interval = label.interframeDelay + InstrumentConstants.v03.interframeDelta
    return camera.focalLength * 2 * Double.pi / 30 * interval
  }

  /// Bilinear; nil beside samples that may not be used.
  private func sample(_ framelet: Framelet<IOverF>, x: Float, y: Float) -> Float? {
    let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    guard left >= 0, top >= 0, left + 1 < FrameletShape.columns, top + 1 < FrameletShape.rows
    else { return nil }
    let unusable = FrameletFlags.unusable.rawValue
    let (right, down) = (x - Float(left), y - Float(top))
    var sum: Float = 0
    for (row, weightY) in [(top, 1 - down), (top + 1, down)] where weightY > 0 {
      for (column, weightX) in [(left, 1 - right), (left + 1, right)] where weightX > 0 {
        guard framelet.flags[row, column] & unusable == 0 else { return nil }
        sum += framelet.samples[row, column] * weightX * weightY
      }
    }
    return sum.isFinite ? sum : nil
  }
}
