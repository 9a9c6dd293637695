import SpaceMath

/// XYZ (adapted to D65) as a function of band I/F, fitted over a `SpectralFamily`; see `NaturalColour`.
struct BandRegression: Sendable {
  let redMinusGreen: SIMD3<Double>
  let blueMinusGreen: SIMD3<Double>
  let uu: SIMD3<Double>
  let uv: SIMD3<Double>
  let vv: SIMD3<Double>

  /// The fit for a family; made once.
  static func of(_ family: SpectralFamily) -> BandRegression {
    switch family {
    case .sulphur: sulphur
    case .clouds: clouds
    case .ice: ice
    case .any: any
    }
  }

  private static let sulphur = BandRegression(spectra: SpectralFamily.sulphur.drawn)
  private static let clouds = BandRegression(spectra: SpectralFamily.clouds.drawn)
  private static let ice = BandRegression(spectra: SpectralFamily.ice.drawn)
  private static let any = BandRegression(spectra: SpectralFamily.any.drawn)

  /// What a spectrum means to camera and eye; mixtures of areas mix it linearly.
  private struct Sample {
    var bands: SIMD3<Double>
    var xyz: SIMD3<Double>
  }

  /// - Parameters:
  ///   - spectra: what members of the family are drawn from.
  ///   - materials: number of members drawn.
  ///   - mixtures: number of areal mixtures of two of them.
  ///   - noise: relative band noise that the fit allows for.
  init(spectra: [Spectrum], materials: Int = 800, mixtures: Int = 1600, noise: Double = 0.01) {
    var random = SplitMix64(seed: 1931)
    let pure = (0..<materials).map { _ in
      let spectrum = SpectralFamily.draw(spectra, &random)
      return Sample(
        bands: spectrum.redGreenBlue, xyz: SunlitColour.adaptedXYZ(of: spectrum))
    }
    var samples = pure
    for _ in 0..<mixtures {
      let first = pure[Int(random.next() % UInt64(materials))]
      let second = pure[Int(random.next() % UInt64(materials))]
      let share = random.uniform(0...1)
      samples.append(
        Sample(
          bands: first.bands * share + second.bands * (1 - share),
          xyz: first.xyz * share + second.xyz * (1 - share)))
    }

    // Four corners of a tetrahedron: the smallest set whose covariance is noise² in every band.
    let corners: [SIMD3<Double>] = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]
    var sums = [NormalEquations](repeating: NormalEquations(), count: 3)
    for sample in samples {
      let ratio = sample.xyz / Chromaticity.d65.xyz
      for corner in corners {
        let bands = sample.bands * (SIMD3(repeating: 1) + corner * noise)
        let features = Self.features(bands)
        for channel in 0..<3 {
          // Slope of the cube root of L*a*b*, with the exposure's share taken out.
          let slope = 1 / (Elementary.cbrt(ratio[channel]) * Elementary.cbrt(ratio[channel]))
          let weight = slope / Elementary.cbrt(ratio.y)
          sums[channel].add(
            features, target: sample.xyz[channel] - Chromaticity.d65.xyz[channel] * bands.y,
            weight: weight * weight)
        }
      }
    }
    let solutions = sums.map { $0.solution() }
    func vector(_ index: Int) -> SIMD3<Double> {
      SIMD3(solutions[0][index], solutions[1][index], solutions[2][index])
    }
    redMinusGreen = vector(0)
    blueMinusGreen = vector(1)
    uu = vector(2)
    uv = vector(3)
    vv = vector(4)
  }

  /// R − G, B − G, m u², m u v, m v².
  private static func features(_ bands: SIMD3<Double>) -> [Double] {
    let mean = (bands.x + bands.y + bands.z) / 3
    let (red, blue) = (bands.x - bands.y, bands.z - bands.y)
    return [red, blue, red * red / mean, red * blue / mean, blue * blue / mean]
  }
}

/// Weighted linear least squares in five unknowns by normal equations and Gauss elimination.
private struct NormalEquations {
  private static let count = 5
  private var matrix = [Double](repeating: 0, count: count * count)
  private var right = [Double](repeating: 0, count: count)

  mutating func add(_ features: [Double], target: Double, weight: Double) {
    for row in 0..<Self.count {
      let weighted = features[row] * weight
      right[row] += weighted * target
      for column in 0..<Self.count {
        matrix[row * Self.count + column] += weighted * features[column]
      }
    }
  }

  /// The matrix is symmetric and positive (features of many spectra), so pivots need no search.
  func solution() -> [Double] {
    let n = Self.count
    var (a, x) = (matrix, right)
    for pivot in 0..<n {
      for row in (pivot + 1)..<n {
        let factor = a[row * n + pivot] / a[pivot * n + pivot]
        for column in pivot..<n { a[row * n + column] -= factor * a[pivot * n + column] }
        x[row] -= factor * x[pivot]
      }
    }
    for row in stride(from: n - 1, through: 0, by: -1) {
      for column in (row + 1)..<n { x[row] -= a[row * n + column] * x[column] }
      x[row] /= a[row * n + row]
    }
    return x
  }
}
