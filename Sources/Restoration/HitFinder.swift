import JunoCam
import Raster

/// Finds samples that a particle struck: one framelet disagrees with the others that saw the same
/// ground, or, where there is no other look, with its surroundings.
///
/// The findings are flags, no paint: later stages take other looks first.
public struct HitFinder: Sendable {
  public let options: HitOptions

  public init(options: HitOptions = .init()) { self.options = options }

  /// Flags the hits of an image.
  ///
  /// - Parameters:
  ///   - image: calibrated; stationary defects already flagged.
  ///   - geometry: tells which framelets saw the same ground; nil: the surroundings alone decide.
  ///   - jobs: most threads to use at once; the result does not depend on it.
  @discardableResult
  public func flag(
    _ image: inout CalibratedImage, geometry: ImageGeometry?, jobs: Int = 1
  ) -> HitSummary {
    let filters = image.frames.filters
    let frameCount = image.frames.frameCount
    let finder = geometry.flatMap {
      LookFinder($0, filters: filters, frameCount: frameCount)
    }
    let values = SampleNoise(image)
    var stack = FrameletStack(image.frames)
    let ringing = BlockRinging(stack, noise: values, jobs: jobs)
    let count = frameCount * filters.count
    var found: [[FoundHit]] = Array(repeating: [], count: count)
    // The second time without the hits of the first, whose neighbours they kept from being seen.
    var spikes: [[Int]]?
    for _ in 0..<2 {
      let now = stack
      let known = spikes
      let passes = Parallel.map(count: count, jobs: jobs) { index in
        HitPass(
          options: options, stack: now, noise: values, ringing: ringing, looks: finder,
          frame: index / filters.count, place: index % filters.count
        ).run(candidates: known?[index])
      }
      for (index, pass) in passes.enumerated() {
        found[index] += pass.hits
        stack.exclude(pass.hits.map(\.pixel), ofFramelet: index)
      }
      spikes = passes.map(\.undecided)
    }
    return mark(found, in: &image)
  }

  private func mark(_ found: [[FoundHit]], in image: inout CalibratedImage) -> HitSummary {
    let filters = image.frames.filters
    for (index, hits) in found.enumerated() {
      image.frames.updateFlags(frame: index / filters.count, filterIndex: index % filters.count) {
        flags in
        for hit in hits { flags[hit.pixel] |= FrameletFlags.hit.rawValue }
      }
    }
    let pixels = FrameletShape.rows * FrameletShape.photoactiveColumns.count
    let bands = filters.enumerated().map { place, filter in
      let hits = stride(from: place, to: found.count, by: filters.count).flatMap { found[$0] }
      return HitSummary.Band(
        filter: filter, pixels: hits.count, seconded: hits.count { $0.isSeconded },
        fraction: Double(hits.count) / Double(max(1, image.frames.frameCount * pixels)))
    }
    return HitSummary(bands: bands, options: options)
  }
}

/// One flagged sample.
struct FoundHit: Sendable {
  var pixel: Int
  var isSeconded: Bool
}
