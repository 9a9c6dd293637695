import SpaceMath

extension CIELab {
  /// ΔE*₀₀, the CIEDE2000 difference with all weights 1.
  ///
  /// About 1 is the least difference seen side by side. Source: Sharma, Wu & Dalal (2005), The
  /// CIEDE2000 color-difference formula, Color Research & Application 30, whose treatment of hue
  /// at grey and across 360° is followed.
  public func deltaE2000(to other: CIELab) -> Double {
    let degree = Double.pi / 180
    let meanChroma = (chroma + other.chroma) / 2
    let stretch = 1 + 0.5 * (1 - Self.chromaShare(meanChroma))
    let (first, second) = (Polar(self, stretch: stretch), Polar(other, stretch: stretch))

    let lightnessStep = other.lightness - lightness
    let chromaStep = second.chroma - first.chroma
    let product = first.chroma * second.chroma
    var hueTurn = second.hueDegrees - first.hueDegrees
    if product == 0 {
      hueTurn = 0
    } else if hueTurn > 180 {
      hueTurn -= 360
    } else if hueTurn < -180 {
      hueTurn += 360
    }
    let hueStep = 2 * product.squareRoot() * Elementary.sin(hueTurn / 2 * degree)

    let lightness = (lightness + other.lightness) / 2
    let chroma = (first.chroma + second.chroma) / 2
    let hueSum = first.hueDegrees + second.hueDegrees
    var hue = hueSum
    if product != 0 {
      if abs(first.hueDegrees - second.hueDegrees) <= 180 {
        hue = hueSum / 2
      } else {
        hue = hueSum < 360 ? (hueSum + 360) / 2 : (hueSum - 360) / 2
      }
    }

    func cosine(_ degrees: Double) -> Double { Elementary.cos(degrees * degree) }
    let hueWeight =
      1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6)
      - 0.20 * cosine(4 * hue - 63)
    let offset = (lightness - 50) * (lightness - 50)
    let lightnessScale = 1 + 0.015 * offset / (20 + offset).squareRoot()
    let chromaScale = 1 + 0.045 * chroma
    let hueScale = 1 + 0.015 * chroma * hueWeight
    let blueness = (hue - 275) / 25
    let turn = 60 * Elementary.exp(-blueness * blueness)
    let rotation = -Elementary.sin(turn * degree) * 2 * Self.chromaShare(chroma)

    let (l, c, h) = (
      lightnessStep / lightnessScale, chromaStep / chromaScale, hueStep / hueScale
    )
    return max(0, l * l + c * c + h * h + rotation * c * h).squareRoot()
  }

  /// √(C⁷ / (C⁷ + 25⁷)).
  private static func chromaShare(_ chroma: Double) -> Double {
    let ratio = chroma / 25
    let squared = ratio * ratio
    let seventh = squared * squared * squared * ratio
    return (seventh / (seventh + 1)).squareRoot()
  }

  /// Chroma and hue with the formula's stretch of a*.
  private struct Polar {
    let chroma: Double
    /// 0 ..< 360.
    let hueDegrees: Double

    init(_ colour: CIELab, stretch: Double) {
      let a = colour.a * stretch
      chroma = (a * a + colour.b * colour.b).squareRoot()
      guard a != 0 || colour.b != 0 else {
        hueDegrees = 0
        return
      }
      let hue = Elementary.atan2(colour.b, a) * 180 / Double.pi
      hueDegrees = hue < 0 ? hue + 360 : hue
    }
  }
}
