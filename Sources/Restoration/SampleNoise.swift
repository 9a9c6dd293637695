import JunoCam

/// Standard deviation of the samples of an image by brightness, tabulated.
struct SampleNoise: Sendable {
  private static let size = 4096
  /// [place of the filter] I/F to DN12 above black.
  private let dnPerIOverF: [Float]
  private let black: [[Float]]
  /// Standard deviation in DN12 by DN12, black level included.
  private let table: [Float]

  init(_ image: CalibratedImage) {
    dnPerIOverF = image.frames.filters.map { Float(1 / image.radiometry.iOverFPerDN($0)) }
    black = image.blackLevels.map { $0.map { Float($0.value) } }
    table = (0..<Self.size).map { Float(image.noise.sigma(dn12: Double($0))) }
  }

  /// I/F.
  @inline(__always)
  func sigma(_ value: Float, _ frame: Int, _ place: Int) -> Float {
    let perUnit = dnPerIOverF[place]
    let dn = value * perUnit + black[frame][place]
    let index = min(max(dn, 0), Float(Self.size - 1))
    return table[Int(index)] / perUnit
  }

  /// The least that any sample of a filter has, I/F.
  func least(_ place: Int) -> Float { table[0] / dnPerIOverF[place] }
}
