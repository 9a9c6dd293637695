import JunoCam
import Raster
import SpaceMath

/// Draws the framelets of an image onto its unrolled limb.
///
/// Unlike a map, which shows the same ground to all framelets, each framelet is sampled along its own
/// limb (`LimbGrid.seen(from:)`): at 29 km/s the limb wanders over the ground by several pixels
/// between the first and the last frame, and lit ground would leak into dark sky. Weights rise from a
/// strip's edges as in `Warper`.
public struct LimbWarper: Sendable {
  /// Standard deviation of one sample (I/F) of a band (place in the source) and frame.
  public typealias SampleSigma = @Sendable (_ value: Float, _ band: Int, _ frame: Int) -> Float

  public let source: ImageSource
  public let options: WarpOptions
  private let sigma: SampleSigma
  private let level: InstructionLevel
  private let transforms: [[FrameletTransform]]
  /// What interpolation leaves of a sample's standard deviation, the mean over all positions.
  private let kept: Float

  /// - Parameters:
  ///   - options: only resampling, feather and supersampling matter.
  ///   - level: inner loops to use; the results do not depend on it.
  public init(
    source: ImageSource, options: WarpOptions = .view, level: InstructionLevel = .current,
    sigma: @escaping SampleSigma
  ) {
    self.source = source
    var options = options
    // On its own limb every point is in view; the kernel's test of emission would only stumble
    // over the rounding of a right angle.
    options.maximumEmission = 100 * .pi / 180
    options.keepsHidden = false
    self.options = options
    self.sigma = sigma
    self.level = level
    kept = Self.kept(by: options.resampling)
    transforms = source.bands.map { $0.transforms(source.poses) }
  }

  /// Mean over a pixel of the sum of the squared weights of a row of taps; columns and rows alike, so
  /// that the root of their product is the same number.
  private static func kept(by resampling: Resampling) -> Float {
    let steps = 64
    return (0..<steps).reduce(0) { sum, step in
      let fraction = (Float(step) + 0.5) / Float(steps)
      return (0..<resampling.taps).reduce(sum) {
        let weight = resampling.weight($1, fraction: fraction)
        return $0 + weight * weight / Float(steps)
      }
    }
  }

  /// - Parameter jobs: most threads to use at once; the result does not depend on it.
  public func warp(onto grid: LimbGrid, jobs: Int = 1) -> LimbImage {
    let side = Warper.tileSide
    let across = (grid.width + side - 1) / side
    let down = (grid.height + side - 1) / side
    let grids = source.poses.indices.map { grid.seen(from: transforms[0][$0].cameraInBody) }
    let samplers = transforms.map { band in
      band.map { FrameletSampler(transform: $0, radii: grid.radii, options: options, level: level) }
    }
    var frames: [Double?] = []
    let bands = source.bands.count
    // Values and sigma of each band; the last two gather the frames.
    let planes = SharedPlane.filled(
      with: (0..<2 * bands + 2).map { _ in .nan }, width: grid.width, height: grid.height
    ) { planes in
      let output = (0...bands).map {
        LimbPlanes(width: grid.width, values: planes[2 * $0], sigma: planes[2 * $0 + 1])
      }
      Parallel.forEach(count: across * down, jobs: jobs) {
        (
          tile: TileScratch(tileSide: side, bands: 1),
          sums: source.bands.map { _ in LimbSums(count: side * side) }
        )
      } _: { index, scratch in
        let top = index / across * side
        let first = index % across * side
        let tile = TileRange(
          lines: top..<min(top + side, grid.height),
          samples: first..<min(first + side, grid.width))
        scratch.sums.forEach { $0.clear() }
        for frame in source.poses.indices {
          add(frame, tile, grids[frame], samplers, scratch.tile, scratch.sums)
        }
        for band in source.bands.indices {
          output[band].store(scratch.sums[band], tile, side: side, frames: output[bands])
        }
      }
      frames = columnFrames(output[bands], grid)
    }
    return LimbImage(
      grid: grid,
      bands: source.bands.enumerated().map { place, band in
        LimbImage.Band(
          filter: band.filter, values: planes[2 * place], sigma: planes[2 * place + 1])
      }, frames: frames)
  }

  private func add(
    _ frame: Int, _ tile: TileRange, _ grid: LimbGrid, _ samplers: [[FrameletSampler]],
    _ scratch: TileScratch, _ sums: [LimbSums]
  ) {
    let lattice = ProbeLattice(tile: tile, grid: grid, scratch: scratch)
    let boxes = source.bands.indices.map { band in
      lattice.box(in: transforms[band][frame]).flatMap { $0.meetsStrip ? $0 : nil }
    }
    let seen = boxes.compactMap { $0 }
    guard !seen.isEmpty else { return }
    let across = subSamples(seen.map(\.stepAcross).max() ?? 1)
    let down = subSamples(seen.map(\.stepDown).max() ?? 1)
    let side = Warper.tileSide
    let count = (tile.samples.count + 7) / 8 * 8
    for subLine in 0..<down {
      for subSample in 0..<across {
        grid.fill(
          SurfaceBlock(
            firstLine: Double(tile.lines.lowerBound) + (Double(subLine) + 0.5) / Double(down),
            lines: tile.lines.count,
            firstSample: Double(tile.samples.lowerBound)
              + (Double(subSample) + 0.5) / Double(across),
            samples: count, stride: side, x: scratch.x, y: scratch.y, z: scratch.z))
        for band in source.bands.indices where boxes[band] != nil {
          scratch.clear()
          source.bands[band].withFramelet(frame) { framelet in
            for line in 0..<tile.lines.count {
              let place = line * side
              samplers[band][frame].accumulate(
                samples: framelet, count: count, x: scratch.x + place, y: scratch.y + place,
                z: scratch.z + place, packed: scratch.packed, sums: scratch.sums + place,
                totals: scratch.weights + place)
            }
          }
          sums[band].add(scratch, frame: frame, share: 1 / Float(across * down)) {
            sigma($0, band, frame) * kept
          }
        }
      }
    }
  }

  private func subSamples(_ step: Double) -> Int {
    min(max(Int(saturating: (step - 0.25).rounded(.up)), 1), options.maximumSupersampling)
  }

  /// Mean frame, weighted, of each column's pixels within ten lines of the limb; nil where none.
  private func columnFrames(_ planes: LimbPlanes, _ grid: LimbGrid) -> [Double?] {
    let limb = Int(saturating: grid.line(altitude: 0))
    let lines = max(limb - 10, 0)..<min(max(limb + 10, 1), grid.height)
    return (0..<grid.width).map { sample in
      var sum = 0.0
      var total = 0.0
      for line in lines {
        let weight = Double(planes.sigma[line * grid.width + sample])
        guard weight > 0 else { continue }
        sum += Double(planes.values[line * grid.width + sample])
        total += weight
      }
      return total > 0 ? sum / total : nil
    }
  }
}

/// What the framelets of one band gave a tile so far.
private final class LimbSums {
  private let count: Int
  /// Weights, weighted values, squared weights times variances, and weighted frame numbers.
  private(set) var weights: [Float]
  private(set) var values: [Float]
  private(set) var variances: [Float]
  private(set) var frames: [Float]

  init(count: Int) {
    self.count = count
    weights = Array(repeating: 0, count: count)
    values = weights
    variances = weights
    frames = weights
  }

  func clear() {
    for index in 0..<count {
      weights[index] = 0
      values[index] = 0
      variances[index] = 0
      frames[index] = 0
    }
  }

  /// Takes in one framelet's sums.
  ///
  /// Sub-samples of a pixel that is coarser than the framelet fall on samples of their own, whose
  /// errors are independent: each counts with its share, and the square of it in the variance.
  func add(
    _ scratch: TileScratch, frame: Int, share: Float, sigma: (Float) -> Float
  ) {
    for index in 0..<count where scratch.weights[index] > 0 {
      let weight = scratch.weights[index] * share
      let value = scratch.sums[index] / scratch.weights[index]
      let error = sigma(value)
      weights[index] += weight
      values[index] += weight * value
      variances[index] += weight * weight * error * error
      frames[index] += weight * Float(frame)
    }
  }
}

/// The planes of one band while tiles are written into them.
private struct LimbPlanes: Sendable {
  let width: Int
  let values: SharedPlane
  let sigma: SharedPlane

  /// - Parameter frames: its `values` gather weighted frame numbers of all bands, its `sigma` the
  ///   weights.
  func store(_ sums: LimbSums, _ tile: TileRange, side: Int, frames: LimbPlanes) {
    for line in 0..<tile.lines.count {
      let target = (tile.lines.lowerBound + line) * width + tile.samples.lowerBound
      for sample in 0..<tile.samples.count {
        let index = line * side + sample
        let weight = sums.weights[index]
        guard weight > 0 else { continue }
        values[target + sample] = sums.values[index] / weight
        sigma[target + sample] = sums.variances[index].squareRoot() / weight
        let known = frames.sigma[target + sample]
        frames.sigma[target + sample] = (known.isNaN ? 0 : known) + weight
        let before = frames.values[target + sample]
        frames.values[target + sample] = (before.isNaN ? 0 : before) + sums.frames[index]
      }
    }
  }
}
