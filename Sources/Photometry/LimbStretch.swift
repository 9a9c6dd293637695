import Raster
import SpaceMath

/// How an unrolled limb is shown: faint plumes against dark sky and the lit limb in one picture.
///
/// Per band and monotone: display code = asinh((v − black) / softness) / asinh((white − black) /
/// softness), straight for faint light and logarithmic for bright (Lupton et al. 2004). A look, never a
/// measurement.
public struct LimbStretch: Hashable, Codable, Sendable {
  /// I/F shown as black, for each band: its sky less the noise of the noisiest band.
  public var black: [Double]
  /// I/F above black at which the curve turns from straight to logarithmic, the same for all bands,
  /// so that grey stays grey.
  public var softness: Double
  /// I/F shown as full white, the same for all bands.
  public var white: Double
  /// Name of the curve.
  public var curve = "asinh"

  public init(black: [Double], softness: Double, white: Double) {
    self.black = black
    self.softness = softness
    self.white = white
  }

  /// Fitted to a limb.
  ///
  /// - Parameters:
  ///   - bands: I/F, line 0 at the top; NaN is "no data".
  ///   - skyLines: lines from the top that are taken for sky.
  public init(fitting bands: [Plane<Float>], skyLines: Int) {
    var levels: [Double] = []
    var noise = 0.0
    var brightest = 0.0
    for plane in bands {
      let sky = Self.sorted(plane.samples.prefix(max(skyLines, 1) * plane.width))
      let all = Self.sorted(plane.samples[...])
      let level = Self.quantile(sky, 0.5)
      let spread = (Self.quantile(sky, 0.8413) - Self.quantile(sky, 0.1587)) / 2
      levels.append(level)
      noise = max(noise, spread)
      brightest = max(brightest, Self.quantile(all, 0.999))
    }
    let softness = max(3 * noise, 1e-4)
    self.init(
      // The same distance below every band's sky, so that sky is grey.
      black: levels.map { (($0 - noise) * 1e6).rounded() / 1e6 },
      softness: (softness * 1e6).rounded() / 1e6,
      white: (max(brightest, (levels.max() ?? 0) + 20 * softness) * 1e6).rounded() / 1e6)
  }

  private static func sorted(_ samples: ArraySlice<Float>) -> [Float] {
    samples.filter { !$0.isNaN }.sorted()
  }

  private static func quantile(_ sorted: [Float], _ part: Double) -> Double {
    sorted.isEmpty ? 0 : Double(sorted[Int(part * Double(sorted.count - 1))])
  }

  /// Display code of an I/F, 0 … 1.
  public func display(_ iOverF: Double, band: Int) -> Double {
    let black = black[band]
    let full = Self.arsinh((white - black) / softness)
    return min(max(Self.arsinh(max(iOverF - black, 0) / softness) / full, 0), 1)
  }

  private static func arsinh(_ x: Double) -> Double {
    Elementary.log(x + (x * x + 1).squareRoot())
  }

  /// 8-bit samples of codes on a scale, [line][sample][channel]; pixels without data are black.
  ///
  /// Codes are in the sRGB curve's place already: the stretch takes the part of the eye's.
  public func display8(_ codes: [UInt16], scale: LinearScale, width: Int) -> [UInt8] {
    let channels = black.count
    let tables = (0..<channels).map { band in
      (0...65_535).map { code in
        scale.iOverF(UInt16(code)).map { Float(display($0, band: band) * 255) } ?? 0
      }
    }
    return [UInt8](unsafeUninitializedCapacity: codes.count) { buffer, filled in
      for index in codes.indices {
        let (pixel, channel) = (index / channels, index % channels)
        let (line, sample) = (pixel / width, pixel % width)
        let value = tables[channel][Int(codes[index])]
        let threshold = Dither.thresholds(line: line, sample: sample, channel: channel)[0]
        let code = (value + (threshold - 0.5) * 0.998).rounded()
        buffer.initializeElement(
          at: index, to: codes[index] == 0 ? 0 : UInt8(min(max(code, 0), 255)))
      }
      filled = codes.count
    }
  }
}
