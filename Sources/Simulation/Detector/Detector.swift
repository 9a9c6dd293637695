import JunoCam
import Raster
import SpaceMath

/// What the detector and its electronics make of light: 12-bit numbers, then 8-bit codes.
struct Detector: Sendable {
  /// One framelet as it is sent, and what befell it.
  struct Readout: Sendable {
    var codes: Plane<UInt8>
    /// What would have been sent had there been neither hot pixels nor hits.
    var sound: Plane<UInt8>
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
    let sound = collected(light, filter: filter, model: model)
    var spared = sound
    for pixel in hotPixels {
      for stage in 0..<tdiStages where pixel.row + stage < height {
        spared[(pixel.row + stage) * width + pixel.column] += pixel.level
      }
    }
    var hits = DetectorEvents.hits(camera, frame: frame, filter: filter, random: &random)
    var charge = spared
    for deposit in hits.flatMap({ $0.deposits(width: width, height: height) }) {
      charge[deposit.index] += deposit.charge
    }
    let black =
      (camera.black[filter] ?? 0) + camera.blackDrift * Double(frame)
      + camera.blackWander * random.gaussian()
    let lines = (0..<height).map { _ in
      black + (camera.lineNoise > 0 ? camera.lineNoise * random.gaussian() : 0)
    }
    func exposure(_ charge: [Double]) -> Exposure {
      var exposure = Exposure(charge: charge, width: width, lines: lines, noise: stream)
      if camera.hasBlooming { bloom(&exposure.charge, width: width, height: height) }
      return exposure
    }
    let taken = exposure(charge)
    let plane = sent(taken, rows: 0..<height, columns: 0..<width)
    // Without hits, and without hot pixels too.
    let others = [spared, sound].map { sent(exposure($0), knowing: plane, of: taken) }
    measure(&hits, sent: plane, without: others[0]) { spared[$0] != sound[$0] }
    return Readout(codes: plane, sound: others[1], black: black, hits: hits)
  }

  /// Tells each hit what is left of it.
  ///
  /// - Parameters:
  ///   - sent, without: codes with hits and without any.
  ///   - isHot: whether a sample holds the charge of a hot pixel.
  private func measure(
    _ hits: inout [RadiationHit], sent: Plane<UInt8>, without: Plane<UInt8>,
    isHot: (Int) -> Bool
  ) {
    let noise = NoiseModel(
      readNoise: camera.readNoise, electronsPerDN: camera.electronsPerDN,
      mode: camera.sampleBitMode)
    let reach = 2
    for index in hits.indices {
      guard let place = hits[index].strongest(width: sent.width, height: sent.height) else {
        continue
      }
      let value = values[Int(without.samples[place])]
      hits[index].sent = values[Int(sent.samples[place])] - value
      let (row, column) = (place / sent.width, place % sent.width)
      var around: [Double] = []
      for y in max(row - reach, 0)...min(row + reach, sent.height - 1) {
        for x in max(column - reach, 0)...min(column + reach, sent.width - 1) {
          let other = y * sent.width + x
          if other != place, !isHot(other) { around.append(values[Int(without.samples[other])]) }
        }
      }
      let mean = around.reduce(0, +) / Double(max(around.count, 1))
      let squares = around.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let scatter = (squares / Double(max(around.count - 1, 1))).squareRoot()
      hits[index].sigma = max(noise.sigma(dn12: value), scatter)
    }
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

  /// What leaves the camera of a framelet that differs little from one whose codes are known: only
  /// blocks whose charge differs are worked out.
  private func sent(
    _ exposure: Exposure, knowing codes: Plane<UInt8>, of known: Exposure
  ) -> Plane<UInt8> {
    var result = codes
    let (width, height) = (codes.width, codes.height)
    let side = BlockCompression.size
    for top in stride(from: 0, to: height, by: side) {
      for left in stride(from: 0, to: width, by: side) {
        let rows = top..<min(top + side, height)
        let columns = left..<min(left + side, width)
        let isSame = rows.allSatisfy { row in
          let line = row * width + columns.lowerBound..<row * width + columns.upperBound
          return exposure.charge[line] == known.charge[line]
        }
        guard !isSame else { continue }
        let block = sent(exposure, rows: rows, columns: columns)
        for row in rows {
          for column in columns { result[row, column] = block[row - top, column - left] }
        }
      }
    }
    return result
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
