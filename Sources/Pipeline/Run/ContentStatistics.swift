import Mapping
import Products
import Raster
import SpaceMath

/// Lowest and highest values of a product's pixels that hold data, and how many do.
struct ContentStatistics: Sendable {
  private var covered = 0.0
  private var total = 0.0
  private var distance = Limits()
  private var incidence = Limits()
  private var emission = Limits()
  private var phase = Limits()

  fileprivate struct Limits: Sendable {
    private var lows = SIMD8<Float>(repeating: .infinity)
    private var highs = SIMD8<Float>(repeating: -.infinity)

    private var low: Float { lows.min() }
    private var high: Float { highs.max() }

    /// NaN are passed over.
    mutating func add(_ values: SIMD8<Float>, where wanted: SIMDMask<SIMD8<Int32>>) {
      lows.replace(with: values, where: wanted .& (values .< lows))
      highs.replace(with: values, where: wanted .& (values .> highs))
    }

    mutating func add(_ other: Limits) {
      lows.replace(with: other.lows, where: other.lows .< lows)
      highs.replace(with: other.highs, where: other.highs .> highs)
    }

    func list(_ decimals: Int, scale: Double = 1) -> [Double]? {
      guard low <= high else { return nil }
      return [low, high].map { Decimals.rounded(Double($0) * scale, decimals) }
    }
  }

  init() {}

  /// Of a whole product; parameters as `add`.
  init(planes: [Plane<Float>], backplanes: Backplanes?, latitudes: [Double]?) {
    add(Part(planes, backplanes: backplanes), latitudes: latitudes)
  }

  /// What some lines of a product hold; several threads may look at parts at once.
  struct Part: Sendable {
    fileprivate var width: Int
    /// Pixels of each line that hold data.
    fileprivate var counts: [Int] = []
    fileprivate var distance = Limits()
    fileprivate var incidence = Limits()
    fileprivate var emission = Limits()
    fileprivate var phase = Limits()

    /// - Parameter planes: what the pixels show; pixels without any number in them do not count.
    init(_ planes: [Plane<Float>], backplanes: Backplanes?) {
      width = planes.first?.width ?? 0
      guard let height = planes.first?.height else { return }
      counts.reserveCapacity(height)
      for line in 0..<height {
        var count = 0
        for start in stride(from: line * width, to: (line + 1) * width, by: 8) {
          let end = min(start + 8, (line + 1) * width)
          count += add(planes, backplanes, start..<end)
        }
        counts.append(count)
      }
    }

    /// Looks at up to eight pixels; how many hold data.
    private mutating func add(
      _ planes: [Plane<Float>], _ backplanes: Backplanes?, _ pixels: Range<Int>
    ) -> Int {
      var held = SIMDMask<SIMD8<Int32>>(repeating: false)
      for plane in planes {
        let values = Self.lanes(plane, pixels)
        held .|= values .== values
      }
      guard any(held) else { return 0 }
      if let backplanes {
        let angles = Self.lanes(backplanes.emission, pixels)
        // A view's sky has an emission of 90 degrees and no ground.
        let ground = held .& (angles .< 1.5707)
        if any(ground) {
          emission.add(angles, where: ground)
          incidence.add(Self.lanes(backplanes.incidence, pixels), where: ground)
          phase.add(Self.lanes(backplanes.phase, pixels), where: ground)
          distance.add(Self.lanes(backplanes.groundSampleDistance, pixels), where: ground)
        }
      }
      return Int(SIMD8<Int32>.zero.replacing(with: 1, where: held).wrappedSum())
    }

    /// Samples of a plane; NaN beyond the range.
    @inline(__always)
    private static func lanes(_ plane: Plane<Float>, _ pixels: Range<Int>) -> SIMD8<Float> {
      plane.samples.withUnsafeBufferPointer { samples in
        SIMD8(at: samples.baseAddress! + pixels.lowerBound, count: pixels.count)
      }
    }
  }

  /// Adds lines; the parts of a product must come in their order.
  ///
  /// - Parameter latitudes: of the lines, degrees, whose cosine weighs them; nil: all pixels weigh
  ///   alike.
  mutating func add(_ part: Part, latitudes: [Double]?) {
    for (line, count) in part.counts.enumerated() {
      let weight = latitudes.map { Elementary.cos(Angle.radians($0[line])) } ?? 1
      covered += Double(count) * weight
      total += Double(part.width) * weight
    }
    distance.add(part.distance)
    incidence.add(part.incidence)
    emission.add(part.emission)
    phase.add(part.phase)
  }

  /// Takes the limits of another image into those of a mosaic; coverage stays.
  mutating func widen(by other: ContentStatistics) {
    distance.add(other.distance)
    incidence.add(other.incidence)
    emission.add(other.emission)
    phase.add(other.phase)
  }

  var record: ContentRecord {
    let degrees = Angle.degreesPerRadian
    return ContentRecord(
      coverage: total > 0 ? Decimals.rounded(covered / total, 6) : 0,
      groundSampleDistanceKm: distance.list(5), incidence: incidence.list(3, scale: degrees),
      emission: emission.list(3, scale: degrees), phase: phase.list(3, scale: degrees))
  }
}
