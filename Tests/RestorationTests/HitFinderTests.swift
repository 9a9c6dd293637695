import JunoCam
import Raster
import Testing

@testable import Restoration

/// Recall and precision on the repository's simulated frames, with hits of our own in them.
struct HitFinderTests {
  /// One frame is searched; its neighbours are there for their looks at the same ground.
  private static let kept = 4..<9
  private static let searched = 2

  private struct Score {
    var strong = 0
    var found = 0
    var falseAlarms = 0
    var good = 0
  }

  private func search(_ image: CalibratedImage, geometry: ImageGeometry?) -> [[Int]] {
    let frames = image.frames
    let looks = geometry.flatMap {
      LookFinder($0, filters: frames.filters, frameCount: frames.frameCount)
    }
    let stack = FrameletStack(frames)
    let noise = SampleNoise(image)
    let ringing = BlockRinging(stack, noise: noise, jobs: 2)
    return frames.filters.indices.map { place in
      HitPass(
        options: HitOptions(), stack: stack, noise: noise, ringing: ringing, looks: looks,
        frame: Self.searched, place: place
      ).run(candidates: nil).hits.map(\.pixel)
    }
  }

  /// Strength counts in standard deviations of a sample about its surroundings, of noise and scene
  /// together, in the image without hits.
  private func score(
    _ found: [[Int]], _ hits: [HitInjector.Hit], _ sample: SampleImage,
    clean: CalibratedImage, struck: CalibratedImage
  ) -> Score {
    var score = Score()
    for place in found.indices {
      let framelet = clean.frames.frames[Self.searched][place]
      let now = struck.frames.frames[Self.searched][place]
      let mine = hits.filter { $0.frame == Self.searched && $0.place == place }
      let known = Set(mine.map(\.pixel))
      let taken = Set(found[place])
      for hit in mine {
        let added = now.samples.samples[hit.pixel] - framelet.samples.samples[hit.pixel]
        let value = framelet.samples.samples[hit.pixel]
        let noise = clean.sigma(iOverF: value, frame: hit.frame, filter: framelet.filter)
        let sigma = max(noise, scatter(framelet.samples, hit.pixel))
        guard added > 8 * sigma, now.flags.samples[hit.pixel] == 0,
          sample.isFarFromLimb(frame: hit.frame, place: place, pixel: hit.pixel)
        else { continue }
        score.strong += 1
        score.found += taken.contains(hit.pixel) ? 1 : 0
      }
      score.falseAlarms += taken.subtracting(known).count {
        sample.isFarFromLimb(frame: Self.searched, place: place, pixel: $0)
      }
      score.good += framelet.flags.samples.count { $0 == 0 }
    }
    return score
  }

  private func scatter(_ plane: Plane<Float>, _ pixel: Int) -> Float {
    let (row, column) = (pixel / plane.width, pixel % plane.width)
    var values: [Float] = []
    for y in max(0, row - 2)...min(plane.height - 1, row + 2) {
      for x in max(0, column - 2)...min(plane.width - 1, column + 2) where (y, x) != (row, column) {
        values.append(plane[y, x])
      }
    }
    let mean = values.reduce(0, +) / Float(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Float(values.count - 1)).squareRoot()
  }

  @Test func strongHitsAreFoundAndGoodPixelsStay() throws {
    let sample = try SampleImage(folder: "pj57", number: "57C90002", frames: Self.kept)
    let (frames, hits) = HitInjector().strike(sample.frames)
    let clean = try Calibration().calibrate(sample.image, geometry: sample.geometry)
    var calibration = Calibration(knownDefects: clean.defects)
    calibration.options.hotPixels = nil
    let struck = try calibration.calibrate(
      DecodedImage(frames: .companded(frames)), geometry: sample.geometry)

    let found = search(struck, geometry: sample.geometry)
    let score = score(found, hits, sample, clean: clean, struck: struck)
    #expect(score.strong > 200)
    #expect(Double(score.found) >= 0.95 * Double(score.strong), "\(score)")
    #expect(Double(score.falseAlarms) <= 1e-4 * Double(score.good), "\(score)")

    let alone = search(struck, geometry: nil)
    let local = self.score(alone, hits, sample, clean: clean, struck: struck)
    #expect(Double(local.found) >= 0.9 * Double(local.strong), "\(local)")
    #expect(Double(local.falseAlarms) <= 4e-4 * Double(local.good), "\(local)")
  }
}
