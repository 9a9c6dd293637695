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

  private struct Limits: Sendable {
    var low = Float.infinity
    var high = -Float.infinity

    mutating func add(_ value: Float) {
      low = min(low, value)
      high = max(high, value)
    }

    mutating func add(_ other: Limits) {
      low = min(low, other.low)
      high = max(high, other.high)
    }

    func list(_ decimals: Int, scale: Double = 1) -> [Double]? {
      guard low <= high else { return nil }
      return [low, high].map { Decimals.rounded(Double($0) * scale, decimals) }
    }
  }

  init() {}

  /// Of a whole product; parameters as `add`.
  init(planes: [Plane<Float>], backplanes: Backplanes?, latitudes: [Double]?) {
    add(planes, backplanes: backplanes, latitudes: latitudes)
  }

  /// Adds lines; the lines of a product must come in their order.
  ///
  /// - Parameters:
  ///   - planes: what the pixels show; pixels without any number in them do not count.
  ///   - latitudes: of the lines, degrees, whose cosine weighs them; nil: all pixels weigh alike.
  mutating func add(
    _ planes: [Plane<Float>], backplanes: Backplanes?, latitudes: [Double]?
  ) {
    guard let first = planes.first else { return }
    for line in 0..<first.height {
      let weight = latitudes.map { Elementary.cos(Angle.radians($0[line])) } ?? 1
      var count = 0
      for index in line * first.width..<(line + 1) * first.width {
        guard planes.contains(where: { !$0.samples[index].isNaN }) else { continue }
        count += 1
        guard let backplanes else { continue }
        let angle = backplanes.emission.samples[index]
        // A view's sky has an emission of 90 degrees and no ground.
        guard angle < 1.5707 else { continue }
        emission.add(angle)
        incidence.add(backplanes.incidence.samples[index])
        phase.add(backplanes.phase.samples[index])
        distance.add(backplanes.groundSampleDistance.samples[index])
      }
      covered += Double(count) * weight
      total += Double(first.width) * weight
    }
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
