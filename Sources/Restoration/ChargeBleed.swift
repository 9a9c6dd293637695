import JunoCam
import Raster

/// Marks samples beside the target that read full because charge ran down their columns from the over-exposed
/// disc: they show no light, and must be no part of a picture.
///
/// Within the disc a full sample is still a lower bound; what ran into it cannot be told from what fell in.
public struct ChargeBleed: Sendable {
  /// Pixels outside the limb from which on nothing of the disc's own light is full: optics blur it by less.
  public static let margin = 2.0
  /// Pixels outside the limb from which on a run is cut that goes on beyond the margin.
  public static let edge = 0.3

  public init() {}

  /// Flags the bled samples of an image `bled`, and counts them in its findings.
  ///
  /// - Parameters:
  ///   - image: calibrated, saturated samples flagged.
  ///   - geometry: tells where the disc is.
  ///   - jobs: most threads to use at once; the result does not depend on it.
  public func mark(_ image: inout CalibratedImage, geometry: ImageGeometry, jobs: Int = 1) {
    let filters = image.frames.filters
    guard
      let finder = LookFinder(geometry, filters: filters, frameCount: image.frames.frameCount)
    else { return }
    // Charge on its way through the register passes the rows of all stages.
    let tail = image.frames.label.tdiStages + 2
    let frames = image.frames
    let found = Parallel.map(count: frames.frameCount, jobs: jobs) { frame in
      Self.pixels(frames.frames[frame], frame, finder, tail: min(tail, FrameletShape.rows))
    }
    for frame in found.indices {
      for place in filters.indices where !found[frame][place].isEmpty {
        image.frames.updateFlags(frame: frame, filterIndex: place) { flags in
          for pixel in found[frame][place] { flags[pixel] |= FrameletFlags.bled.rawValue }
        }
      }
    }
    for place in filters.indices {
      image.findings[place].bled = found.reduce(0) { $0 + $1[place].count }
    }
  }

  /// Bled pixels of a frame, [place of the filter].
  private static func pixels(
    _ framelets: [Framelet<IOverF>], _ frame: Int, _ finder: LookFinder, tail: Int
  ) -> [[Int]] {
    let columns = FrameletShape.columns
    let full = framelets.map(fullPixels)
    guard full.contains(where: { !$0.isEmpty }) else { return full }
    func isOutside(_ place: Int, _ pixel: Int, by margin: Double) -> Bool {
      finder.distanceFromLimb(
        frame: frame, place: place, x: Double(pixel % columns), y: Double(pixel / columns)) > margin
    }
    // Only columns in which the disc itself is full can bleed: what else is bright beside it is another body.
    var spills = [Bool](repeating: false, count: columns)
    var outside: [[Int]] = []
    for place in full.indices {
      var beyond: [Int] = []
      for pixel in full[place] {
        if isOutside(place, pixel, by: margin) {
          beyond.append(pixel)
        } else {
          spills[pixel % columns] = true
        }
      }
      outside.append(beyond)
    }
    return outside.indices.map { place in
      var isBled = Set<Int>()
      let flags = framelets[place].flags.samples
      for pixel in outside[place] where spills[pixel % columns] {
        isBled.insert(pixel)
        for direction in [-columns, columns] {
          var next = pixel + direction
          // Back to the limb as long as samples are full, and on past the end of the run, where a pixel is filled
          // in part and charge was on its way.
          var left = tail
          while left > 0, flags.indices.contains(next), isOutside(place, next, by: edge) {
            if flags[next] & FrameletFlags.saturated.rawValue == 0 { left -= 1 }
            isBled.insert(next)
            next += direction
          }
        }
      }
      return isBled.sorted()
    }
  }

  private static func fullPixels(_ framelet: Framelet<IOverF>) -> [Int] {
    let saturated = FrameletFlags.saturated.rawValue
    let unseen = FrameletFlags([.masked, .missing]).rawValue
    return framelet.flags.samples.withUnsafeBufferPointer { flags in
      flags.indices.filter { flags[$0] & saturated != 0 && flags[$0] & unseen == 0 }
    }
  }
}
