import JunoCam

/// Standard deviations of the samples of a calibrated image by their values, without its pixels.
struct SampleErrors: Sendable {
  private static let size = 4096

  private let filters: [Filter]
  /// [place of the filter] I/F per DN12.
  private let perDN: [Float]
  /// [frame][place of the filter] DN12.
  private let black: [[Float]]
  private let blackSigma: [[Float]]
  /// Standard deviation in DN12 by DN12, black level included.
  private let table: [Float]

  init(_ image: CalibratedImage) {
    filters = image.frames.filters
    perDN = filters.map { Float(image.radiometry.iOverFPerDN($0)) }
    black = image.blackLevels.map { $0.map { Float($0.value) } }
    blackSigma = image.blackLevels.map { $0.map { Float($0.sigma) } }
    table = (0..<Self.size).map { Float(image.noise.sigma(dn12: Double($0))) }
  }

  /// I/F: read noise, photon noise, companding step and the uncertainty of the black level.
  @inline(__always)
  func sigma(_ value: Float, place: Int, frame: Int) -> Float {
    let dn = min(max(value / perDN[place] + black[frame][place], 0), Float(Self.size - 1))
    let random = table[Int(dn)]
    let shared = blackSigma[frame][place]
    return (random * random + shared * shared).squareRoot() * perDN[place]
  }

  /// Place of a filter in the image.
  func place(_ filter: Filter) -> Int? { filters.firstIndex(of: filter) }
}
