import Raster

/// Makes a dark, a flat and a map of defects from a set of images.
///
/// - Dark: per detector pixel the median of what it shows above the masked columns where the
///   framelet around it is dark. It holds the pattern of columns and rows and the warm pixels.
/// - Flat: per detector pixel the mean of the sample over that of its row's lit surroundings, so it
///   holds the response from pixel to pixel and column to column over less than `reach` columns.
///   It does not hold the vignetting: scene and vignetting cannot be told apart without a uniform
///   source.
/// - Defects: what `HotPixelFinder` finds in at least half of the images.
public struct CalibrationBuilder {
  /// Half the number of columns over which the flat keeps differences.
  public static let reach = 32
  /// A framelet's block counts as dark below this many DN12 above black, as lit from the other on.
  private static let darkLimit: Float = 8
  private static let litLimit: Float = 100
  /// Lit looks that a pixel needs before its response is believed.
  public static let leastLooks = 8

  private static let size = FrameletShape.rows * FrameletShape.columns
  /// Bins of the dark's histograms, half a DN12 wide, the first one centred on `lowest`.
  private static let bins = 64
  private static let lowest: Float = -8

  private struct Sums {
    var dark = [UInt16](repeating: 0, count: bins * size)
    var ratio = [Double](repeating: 0, count: size)
    var looks = [Int32](repeating: 0, count: size)
    var hot = [Int32](repeating: 0, count: size)
    var dead = [Int32](repeating: 0, count: size)
    var images: Int32 = 0
  }

  private var sums: [Filter: Sums] = [:]
  /// Images added so far.
  public private(set) var images = 0

  public init() {}

  /// Adds an image.
  ///
  /// - Throws: `JunoCamError.noSolarDistance` for an RDR without SOLAR_DISTANCE.
  public mutating func add(_ image: DecodedImage) throws {
    var calibration = Calibration()
    calibration.options.blackLevel.method = .masked
    let linear = try calibration.linear(image)
    for framelet in linear.framelets {
      add(framelet, &sums[framelet.filter, default: Sums()])
    }
    images += 1
    let frames = try image.companded().frames
    let found = HotPixelFinder().find(in: frames, tdiStages: image.label.tdiStages)
    for filter in frames.filters {
      guard let flags = found.flags[filter] else { continue }
      sums[filter]?.images += 1
      for pixel in flags.indices where flags[pixel] != 0 {
        let kinds = FrameletFlags(rawValue: flags[pixel])
        sums[filter]?.hot[pixel] += kinds.contains(.hot) ? 1 : 0
        sums[filter]?.dead[pixel] += kinds.contains(.dead) ? 1 : 0
      }
    }
  }

  private func add(_ framelet: Framelet<Linear>, _ sums: inout Sums) {
    let rejected = FrameletFlags.unusable.rawValue
    let active = FrameletShape.photoactiveColumns
    for row in 0..<FrameletShape.rows {
      let start = row * FrameletShape.columns
      // Running sums of the row give the mean around each pixel.
      var total: [Double] = [0]
      for column in 0..<FrameletShape.columns {
        let isGood = framelet.flags.samples[start + column] & rejected == 0
        total.append(
          total[column] + (isGood ? Double(framelet.samples.samples[start + column]) : 0))
      }
      for column in active where framelet.flags.samples[start + column] & rejected == 0 {
        let left = max(active.lowerBound, column - Self.reach)
        let right = min(active.upperBound, column + Self.reach + 1)
        let mean = Float((total[right] - total[left]) / Double(right - left))
        let value = framelet.samples.samples[start + column]
        let pixel = start + column
        if mean < Self.darkLimit {
          let bin = Int(min(max((value - Self.lowest) * 2, 0), Float(Self.bins - 1)).rounded())
          let place = pixel * Self.bins + bin
          if sums.dark[place] < .max { sums.dark[place] += 1 }
        } else if mean > Self.litLimit, abs(value / mean - 1) < 0.25 {
          // Edges of the scene, hits and saturation would spoil the mean.
          sums.ratio[pixel] += Double(value / mean)
          sums.looks[pixel] += 1
        }
      }
    }
  }

  /// DN12 above the masked columns without light; 0 where a pixel was never dark.
  public func dark() -> [Filter: Plane<Float>] {
    sums.mapValues { sums in
      plane { pixel in
        let counts = sums.dark[pixel * Self.bins..<(pixel + 1) * Self.bins]
        let number = counts.reduce(0) { $0 + Int($1) }
        guard number > 0 else { return 0 }
        var below = 0.0
        for (bin, count) in counts.enumerated() where count > 0 {
          let half = Double(number) / 2
          if below + Double(count) >= half {
            // Within the bin the samples lie evenly.
            let share = (half - below) / Double(count) - 0.5
            return Self.lowest + 0.5 * Float(Double(bin) + share)
          }
          below += Double(count)
        }
        return 0
      }
    }
  }

  /// Response relative to the surroundings in the row; 1 where too few lit looks tell.
  public func flat() -> [Filter: Plane<Float>] {
    sums.mapValues { sums in
      plane { pixel in
        sums.looks[pixel] < Int32(Self.leastLooks)
          ? 1 : Float(sums.ratio[pixel] / Double(sums.looks[pixel]))
      }
    }
  }

  /// Defects that at least half of a filter's images show.
  public func defects() -> HotPixelMap {
    var map = HotPixelMap()
    for (filter, sums) in sums where sums.images > 0 {
      let flags = (0..<Self.size).map { pixel -> UInt8 in
        var kinds: FrameletFlags = []
        if 2 * sums.hot[pixel] >= sums.images { kinds.insert(.hot) }
        if 2 * sums.dead[pixel] >= sums.images { kinds.insert(.dead) }
        return kinds.rawValue
      }
      map.formUnion(HotPixelMap(filter: filter, flags: flags))
    }
    return map
  }

  private func plane(_ value: (Int) -> Float) -> Plane<Float> {
    Plane(
      width: FrameletShape.columns, height: FrameletShape.rows,
      samples: (0..<Self.size).map(value))
  }
}
