/// A function of wavelength sampled on the grid of `SpectralTables` (380…900 nm, 5 nm): a
/// reflectance (radiance factor, 1 = white Lambertian), an irradiance or a response.
public struct Spectrum: Hashable, Sendable {
  /// One value per wavelength of the grid; always `SpectralTables.count` of them.
  public let values: [Double]

  /// Adopts values that are already on the grid.
  public init(values: [Double]) {
    precondition(
      values.count == SpectralTables.count, "a spectrum has one value per wavelength of the grid")
    self.values = values
  }

  /// Samples a function of wavelength in nm.
  public init(_ function: (_ wavelengthNm: Double) -> Double) {
    values = (0..<SpectralTables.count).map { function(SpectralTables.wavelengthNm($0)) }
  }

  /// Straight lines through points of rising wavelength, constant beyond the first and the last.
  ///
  /// - Parameter nodes: (wavelength in nm, value), at least one, rising.
  public init(nodes: [(wavelengthNm: Double, value: Double)]) {
    precondition(!nodes.isEmpty, "a spectrum needs at least one node")
    self.init { wavelength in
      guard let upper = nodes.firstIndex(where: { $0.wavelengthNm >= wavelength }) else {
        return nodes[nodes.count - 1].value
      }
      guard upper > 0 else { return nodes[0].value }
      let (left, right) = (nodes[upper - 1], nodes[upper])
      let fraction =
        (wavelength - left.wavelengthNm) / (right.wavelengthNm - left.wavelengthNm)
      return left.value + fraction * (right.value - left.value)
    }
  }

  /// The value at a wavelength in nm: straight lines between the samples of the grid, constant beyond
  /// its ends.
  public func value(nanometres: Double) -> Double {
    let place = (nanometres - SpectralTables.firstWavelengthNm) / SpectralTables.stepNm
    guard place > 0 else { return values[0] }
    let index = Int(place)
    guard index < values.count - 1 else { return values[values.count - 1] }
    return values[index] + (place - Double(index)) * (values[index + 1] - values[index])
  }

  /// The same value at every wavelength.
  public static func constant(_ value: Double) -> Spectrum { Spectrum { _ in value } }

  /// Sum of the samples, without the step.
  public var sum: Double { values.reduce(0, +) }

  /// Sample by sample sum.
  public static func + (left: Spectrum, right: Spectrum) -> Spectrum {
    Spectrum(values: zip(left.values, right.values).map { $0 + $1 })
  }

  /// Sample by sample product.
  public static func * (left: Spectrum, right: Spectrum) -> Spectrum {
    Spectrum(values: zip(left.values, right.values).map { $0 * $1 })
  }

  /// Scaled spectrum.
  public static func * (left: Spectrum, factor: Double) -> Spectrum {
    Spectrum(values: left.values.map { $0 * factor })
  }

  /// Mean of this spectrum under non-negative weights (their scale does not matter).
  public func mean(weightedBy weights: Spectrum) -> Double {
    var total = 0.0
    var weightSum = 0.0
    for index in values.indices {
      total += values[index] * weights.values[index]
      weightSum += weights.values[index]
    }
    return weightSum > 0 ? total / weightSum : 0
  }
}
