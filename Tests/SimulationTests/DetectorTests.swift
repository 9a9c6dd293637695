import JunoCam
import Raster
import SpaceMath
import Testing

@testable import Simulation

@Suite struct DetectorTests {
  private static let radiometry = Radiometry(
    exposure: 0.0064, tdiStages: 2, solarDistanceKm: 7.45e8, orbit: 57)
  private static let optics = CameraModel.instrumentKernelV03(.green)

  /// A camera that does nothing but digitise.
  private var bare: CameraDescription {
    var camera = CameraDescription()
    camera.hasNoise = false
    camera.hotPixels = 0
    camera.black = [:]
    camera.blackDrift = 0
    camera.darkCurrent = 0
    camera.sampleBitMode = .linear1
    return camera
  }

  private func read(
    _ camera: CameraDescription, dn12: Double, rows: Int = FrameletShape.rows,
    hot: [HotPixel] = [], tdi: Int = 2, frame: Int = 0
  ) -> Detector.Readout {
    let level = Float(Self.radiometry.iOverF(dn12: dn12, .green))
    var light = Plane<Float>(width: FrameletShape.columns, height: rows, filledWith: 0)
    for row in 0..<rows {
      for column in FrameletShape.photoactiveColumns { light[row, column] = level }
    }
    return Detector(camera: camera, radiometry: Self.radiometry, tdiStages: tdi).read(
      light: light, filter: .green, frame: frame, model: Self.optics, hotPixels: hot,
      random: SeededRandom(seed: 5, stream: UInt64(frame)))
  }

  private func statistics(_ codes: [UInt8]) -> (mean: Double, variance: Double) {
    let count = Double(codes.count)
    let mean = codes.reduce(0) { $0 + Double($1) } / count
    let variance = codes.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    return (mean, variance)
  }

  @Test func flatPatchesHaveThePhotonStatisticsOfTheCalibrationReport() {
    var camera = bare
    camera.hasNoise = true
    camera.readNoise = 1.5
    let readout = read(camera, dn12: 150, rows: 32)
    var lit: [UInt8] = []
    var masked: [UInt8] = []
    for row in 0..<32 {
      for column in 0..<FrameletShape.columns {
        if FrameletShape.photoactiveColumns.contains(column) {
          lit.append(readout.codes[row, column])
        } else {
          masked.append(readout.codes[row, column])
        }
      }
    }
    let light = statistics(lit)
    // read² + signal / gain + 1/12 for rounding; 51 000 samples give it to 0.6 %.
    let expected = 1.5 * 1.5 + 150 / 16.3 + 1.0 / 12
    #expect(abs(light.mean - 150) < 0.06)
    #expect(abs(light.variance / expected - 1) < 0.03)
    // Masked columns see read noise only, cut off at zero.
    let dark = statistics(masked)
    #expect(dark.mean < 0.75 && dark.mean > 0.4)
  }

  @Test func varianceGrowsWithTheMeanByTheGain() {
    var camera = bare
    camera.hasNoise = true
    camera.readNoise = 2
    let levels = [30.0, 80, 130, 180, 225]
    let points = levels.map { level -> SIMD2<Double> in
      let readout = read(camera, dn12: level, rows: 32)
      let lit = (0..<32).flatMap { row in
        FrameletShape.photoactiveColumns.map { readout.codes[row, $0] }
      }
      let found = statistics(lit)
      return SIMD2(found.mean, found.variance)
    }
    // The photon transfer curve: a line of slope 1 / gain from the read noise and rounding.
    let mean = points.reduce(SIMD2(0, 0)) { $0 + $1 } / Double(points.count)
    let products = points.reduce(SIMD2(0, 0)) { sum, point in
      sum + (point.x - mean.x) * (point - mean)
    }
    let slope = products.y / products.x
    #expect(abs(slope * 16.3 - 1) < 0.03)
    #expect(abs(mean.y - slope * mean.x - (4 + 1.0 / 12)) < 0.25)
  }

  @Test func deviatesAreNormalAndIndependent() {
    let stream = SeededRandom(seed: 1, stream: 2)
    var moments = SIMD4<Double>.zero
    var product = 0.0
    let count = 20_000
    for index in 0..<count {
      let (a, b) = stream.gaussians(at: UInt64(index))
      moments += SIMD4(a, a * a, a * a * a, a * a * a * a)
      product += a * b
    }
    moments /= Double(count)
    #expect(abs(moments.x) < 0.03 && abs(moments.y - 1) < 0.04)
    #expect(abs(moments.z) < 0.1 && abs(moments.w - 3) < 0.25)
    #expect(abs(product / Double(count)) < 0.03)
  }

  @Test func radiometryIsTurnedRound() {
    // 150 DN12 in, 150 DN12 out, and the black level on top.
    var camera = bare
    #expect(read(camera, dn12: 150, rows: 8).codes[3, 800] == 150)
    camera.black = [.green: 7]
    #expect(read(camera, dn12: 150, rows: 8).codes[3, 800] == 157)
    #expect(read(camera, dn12: 150, rows: 8).codes[3, 5] == 7)
    camera.blackDrift = 0.5
    #expect(read(camera, dn12: 150, rows: 8, frame: 6).codes[3, 5] == 10)
  }

  @Test(arguments: [1, 2, 3])
  func hotPixelsRunAsManyRowsAsTDIStages(tdi: Int) {
    let readout = read(
      bare, dn12: 0, hot: [HotPixel(row: 25, column: 851, level: 40)], tdi: tdi)
    for row in 20..<35 {
      let isHot = (25..<25 + tdi).contains(row)
      #expect(readout.codes[row, 851] == (isHot ? 40 : 0))
      #expect(readout.codes[row, 850] == 0)
    }
  }

  @Test func hitsBelongToOneFrameAndAreListed() {
    var camera = bare
    camera.hitsPerFramelet = 12
    let first = read(camera, dn12: 0, frame: 1)
    let second = read(camera, dn12: 0, frame: 2)
    #expect(first.hits != second.hits)
    let total = (0..<60).reduce(0) { count, frame in
      var random = SeededRandom(seed: 8, stream: UInt64(frame))
      return count
        + DetectorEvents.hits(camera, frame: frame, filter: .red, random: &random).count
    }
    #expect((640...800).contains(total))
    for hit in first.hits where hit.dx == 0 && hit.level > 20 {
      #expect(first.codes[Int(hit.y), Int(hit.x)] > 0)
    }
  }

  @Test func hitsKnowWhatIsLeftOfThem() throws {
    var camera = bare
    camera.hitsPerFramelet = 12
    let points = read(camera, dn12: 10, frame: 1).hits.filter {
      $0.dx == 0 && (20..<200).contains($0.level) && (23..<1631).contains($0.x)
    }
    #expect(points.count >= 3)
    for hit in points {
      // Codes are whole numbers.
      #expect(abs(try #require(hit.sent) - hit.level) <= 1)
    }
    // A full detector holds no more, and 64 coefficients of a block share a point: an eighth of it
    // in each is rounded to nothing by a step more than twice as large.
    camera.fullWell = 10
    camera.compressionStep = 0
    #expect(
      read(camera, dn12: 10, frame: 1).hits.allSatisfy {
        abs($0.sent ?? 1) < 1 || $0.x < 23 || $0.x > 1631
      })
    camera.fullWell = bare.fullWell
    camera.compressionStep = 60
    let faint = read(camera, dn12: 10, frame: 1).hits.filter { $0.dx == 0 && $0.level < 200 }
    #expect(faint.allSatisfy { abs($0.sent ?? 99) < 0.2 * $0.level + 2 })
  }

  /// What would have been sent without defects is what a camera without defects sends.
  @Test(arguments: [0.0, 5])
  func soundCodesAreThoseOfACameraWithoutDefects(step: Double) {
    var camera = bare
    camera.hasNoise = true
    camera.compressionStep = step
    let sound = read(camera, dn12: 60).codes
    camera.hitsPerFramelet = 40
    camera.fullWell = 400
    camera.hasBlooming = true
    let damaged = read(
      camera, dn12: 60,
      hot: [HotPixel(row: 3, column: 30, level: 90), HotPixel(row: 70, column: 900, level: 3000)])
    #expect(damaged.codes != sound)
    #expect(damaged.sound == sound)
    // Around a point on flat ground there is noise alone.
    let points = damaged.hits.filter { $0.dx == 0 && (40..<1600).contains($0.x) && step == 0 }
    for hit in points {
      let sigma = hit.sigma ?? 0
      // Of 24 samples of σ 2.2 about 60, and the sample itself some σ below 60.
      #expect(sigma > (1 + 48 / 16.3 + 1.0 / 12).squareRoot() && sigma < 4, "\(hit)")
    }
  }

  @Test func bloomingKeepsTheChargeAndTheColumn() {
    var camera = bare
    camera.fullWell = 100
    let readout = read(
      camera, dn12: 0, hot: [HotPixel(row: 60, column: 500, level: 1040)], tdi: 1)
    let column = (0..<FrameletShape.rows).map { Int(readout.codes[$0, 500]) }
    #expect(column.reduce(0, +) == 1040)
    #expect(column.max() == 100)
    #expect(column[60] == 100 && column[64] == 100 && column[56] == 100)
    #expect(readout.codes[60, 499] == 0 && readout.codes[60, 501] == 0)
  }

  @Test func compressionKeepsSmoothBlocksAndErrsByAboutItsStep() {
    var codes = Plane<UInt8>(width: 64, height: 16, filledWith: 0)
    for row in 0..<16 {
      for column in 0..<64 { codes[row, column] = UInt8(60 + column + row) }
    }
    let squeezed = BlockCompression(step: 2).squeezed(codes)
    var worst = 0
    for place in codes.samples.indices {
      worst = max(worst, abs(Int(codes.samples[place]) - Int(squeezed.samples[place])))
    }
    #expect(worst <= 3)
    #expect(BlockCompression(step: 0.02).squeezed(codes) == codes)
    let coarse = BlockCompression(step: 40).squeezed(codes)
    #expect(coarse != codes)
  }

  @Test func vignettingFallsTowardsTheEnds() {
    var camera = bare
    camera.vignetting = 0.25
    let readout = read(camera, dn12: 200, rows: 8)
    #expect(readout.codes[4, 814] == 200)
    #expect(abs(Int(readout.codes[4, 30]) - 152) <= 2)
  }
}
