import JunoCam
import Raster
import SpaceMath

/// What the detector and its electronics make of light: 12-bit numbers, then 8-bit codes.
struct Detector: Sendable {
  /// One framelet as it is sent, and what befell it.
  struct Readout: Sendable {
    var codes: Plane<UInt8>
    /// DN12 that every sample got.
    var black: Double
    var hits: [RadiationHit]
  }

  private let camera: CameraDescription
  private let radiometry: Radiometry
  private let tdiStages: Int
  private let codes: [UInt8]
  /// DN12 of each code.
  private let values: [Double]
  private let compression: BlockCompression?

  init(camera: CameraDescription, radiometry: Radiometry, tdiStages: Int) {
    self.camera = camera
    self.radiometry = radiometry
    self.tdiStages = tdiStages
    let companding = Decompanding(mode: camera.sampleBitMode)
    codes = companding.codes
    values = companding.values
    compression =
      camera.compressionStep > 0 ? BlockCompression(step: camera.compressionStep) : nil
  }

  /// Reads one framelet.
  ///
  /// - Parameters:
  ///   - light: I/F, 0 in masked columns
  ///   - random: stream of this framelet alone
  func read(
    light: Plane<Float>, filter: Filter, frame: Int, model: CameraModel, hotPixels: [HotPixel],
    random stream: SeededRandom
  ) -> Readout {
    var random = stream
    let width = light.width
    let height = light.height
    var charge = collected(light, filter: filter, model: model)
    for pixel in hotPixels {
      for stage in 0..<tdiStages where pixel.row + stage < height {
        charge[(pixel.row + stage) * width + pixel.column] += pixel.level
      }
    }
    var hits = DetectorEvents.hits(camera, frame: frame, filter: filter, random: &random)
    var spared = charge
    for deposit in hits.flatMap({ $0.deposits(width: width, height: height) }) {
      charge[deposit.index] += deposit.charge
    }
    let black =
      (camera.black[filter] ?? 0) + camera.blackDrift * Double(frame)
      + camera.blackWander * random.gaussian()
    let lines = (0..<height).map { _ in
      black + (camera.lineNoise > 0 ? camera.lineNoise * random.gaussian() : 0)
    }
    if camera.hasBlooming { bloom(&charge, width: width, height: height) }
    let noisy = Exposure(charge: charge, width: width, lines: lines, noise: stream)
    let plane = sent(noisy, rows: 0..<height, columns: 0..<width)
    if !hits.isEmpty {
      if camera.hasBlooming { bloom(&spared, width: width, height: height) }
      let without = Exposure(charge: spared, width: width, lines: lines, noise: stream)
      for index in hits.indices {
        guard let place = hits[index].strongest(width: width, height: height) else { continue }
        let code = codeSent(without, row: place / width, column: place % width)
        hits[index].sent = values[Int(plane.samples[place])] - values[Int(code)]
      }
    }
    return Readout(codes: plane, black: black, hits: hits)
  }

  /// What a framelet collected and what the electronics add to it.
  private struct Exposure {
    /// DN12, line by line.
    var charge: [Double]
    var width: Int
    /// DN12 that every sample of a line gets.
    var lines: [Double]
    var noise: SeededRandom
  }

  /// What leaves the camera of a part of a framelet; compression needs whole blocks.
  private func sent(_ exposure: Exposure, rows: Range<Int>, columns: Range<Int>) -> Plane<UInt8> {
    let plane = digitised(exposure, rows: rows, columns: columns)
    return compression?.squeezed(plane) ?? plane
  }

  /// What leaves the camera of one sample, from the block of eight by eight around it.
  private func codeSent(_ exposure: Exposure, row: Int, column: Int) -> UInt8 {
    let (top, left) = (row / 8 * 8, column / 8 * 8)
    let block = sent(
      exposure, rows: top..<min(top + 8, exposure.lines.count),
      columns: left..<min(left + 8, exposure.width))
    return block[row - top, column - left]
  }

  /// Charge in DN12 before anything goes wrong.
  private func collected(
    _ light: Plane<Float>, filter: Filter, model: CameraModel
  ) -> [Double] {
    let width = light.width
    let perIOverF = radiometry.dn12(iOverF: 1, filter)
    let dark = camera.darkCurrent * radiometry.exposure * 1000
    var charge = [Double](repeating: dark, count: light.samples.count)
    for row in 0..<light.height {
      for column in FrameletShape.photoactiveColumns {
        let value = Double(light.samples[row * width + column])
        if value != 0 {
          charge[row * width + column] +=
            value * perIOverF * transmission(row: row, column: column, model: model)
        }
      }
    }
    return charge
  }

  /// Relative sensitivity: falls with the square of the distance from the axis.
  @inline(__always)
  private func transmission(row: Int, column: Int, model: CameraModel) -> Double {
    guard camera.vignetting > 0 else { return 1 }
    let x = (Double(column) + 0.5 - model.centreX) / 804
    let y = (Double(row) + 0.5 - model.centreY) / 804
    return 1 - camera.vignetting * min(x * x + y * y, 1.1)
  }

  /// Charge above the full well runs up and down its column, half each way.
  private func bloom(_ charge: inout [Double], width: Int, height: Int) {
    let full = camera.fullWell
    for column in 0..<width {
      var downwards = 0.0
      var upwards = 0.0
      var isFull = false
      for row in 0..<height where charge[row * width + column] > full {
        isFull = true
        break
      }
      guard isFull else { continue }
      let excess = (0..<height).map { max(charge[$0 * width + column] - full, 0) }
      for row in 0..<height { charge[row * width + column] -= excess[row] }
      for row in 0..<height {
        downwards = poured(downwards, &charge[row * width + column], full) + excess[row] / 2
        let mirrored = height - 1 - row
        upwards =
          poured(upwards, &charge[mirrored * width + column], full) + excess[mirrored] / 2
      }
    }
  }

  /// Fills a pixel from a stream of spilt charge; returns what is left of the stream.
  @inline(__always)
  private func poured(_ stream: Double, _ pixel: inout Double, _ full: Double) -> Double {
    let room = max(full - pixel, 0)
    let taken = min(room, stream)
    pixel += taken
    return stream - taken
  }

  private func digitised(_ exposure: Exposure, rows: Range<Int>, columns: Range<Int>)
    -> Plane<UInt8>
  {
    var result = Plane<UInt8>(width: columns.count, height: rows.count, filledWith: 0)
    let readVariance = camera.readNoise * camera.readNoise
    var target = 0
    for row in rows {
      let black = exposure.lines[row]
      // Widths are even, so that deviates come in pairs within a line.
      for column in stride(from: columns.lowerBound, to: columns.upperBound - 1, by: 2) {
        let index = row * exposure.width + column
        let pair: (Double, Double) =
          camera.hasNoise ? exposure.noise.gaussians(at: 0x1_0000_0000 + UInt64(index)) : (0, 0)
        for (place, deviate) in [(index, pair.0), (index + 1, pair.1)] {
          let full = min(exposure.charge[place], camera.fullWell)
          let sigma = (readVariance + max(full, 0) / camera.electronsPerDN).squareRoot()
          let number = full + black + deviate * sigma
          result.samples[target] = codes[min(max(Int(number + 0.5), 0), 4095)]
          target += 1
        }
      }
    }
    return result
  }
}
