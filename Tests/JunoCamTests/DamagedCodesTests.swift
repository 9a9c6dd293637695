import Raster
import Testing

@testable import JunoCam

/// Samples that wrapped round or never arrived, and frames whose label has their companding wrong.
struct DamagedCodesTests {
  private func pixels(_ framelet: Framelet<IOverF>?, with flag: FrameletFlags) -> Set<Int> {
    guard let framelet else { return [] }
    return Set(
      framelet.flags.samples.indices.filter { framelet.flags.samples[$0] & flag.rawValue != 0 })
  }

  /// The eight bits of a code that goes on beyond 255 by steps of 32 DN12.
  @Sendable private static func wrapping(_ number: Int) -> UInt8 {
    let last = SampleBitMode.squareRoot.table[255]
    guard number > last + 16 else { return Decompanding(mode: .squareRoot).codes[number] }
    return UInt8((number - last + 15) / 32 - 1)
  }

  /// Ground of up to 3100 DN12 on a black level of 700 DN12.
  @Test func wrappedCodesAreSaturated() throws {
    let table = (0..<4096).map(Self.wrapping)
    func light(_ column: Int) -> Double {
      (600..<1000).contains(column) ? 2400 * Double(column - 600) / 399 : 0
    }
    let drawn = DrawnFrames(frames: 2, readNoise: 3, encode: { table[$0] }) { _, _, _, column in
      700 + light(column)
    }
    let image = try Calibration().calibrate(drawn.image())
    #expect(image.findings[0].wrapped > 5000)
    #expect(image.warnings.contains { $0.contains("wrapped round") })
    let framelet = try #require(image.frames[0, .red])
    let perDN = image.radiometry.iOverFPerDN(.red)
    for column in 600..<1000 {
      let value = Double(framelet.samples[50, column]) / perDN
      // Nowhere dark, and as bright as it was.
      #expect(abs(value - light(column)) < 100, "\(column): \(value)")
      if light(column) + 700 > 2879 + 16 + 80 {
        #expect(framelet.flags(row: 50, column: column).contains(.saturated))
      }
    }
  }

  /// Codes near zero are dark where the black level is low.
  @Test func darkIsNotWrapped() throws {
    let drawn = DrawnFrames(frames: 2) { _, _, _, column in column < 800 ? 3 : 300 }
    let image = try Calibration().calibrate(drawn.image())
    #expect(image.findings[0].wrapped == 0 && image.findings[0].saturated == 0)
  }

  /// A run of blocks from the middle of one row of blocks to the end of the strip, of any one code.
  @Test(arguments: [UInt8(0), 60, 229]) func constantBlocksAreLost(code: UInt8) throws {
    let drawn = DrawnFrames(frames: 4) { _, _, row, column in
      20 + (column > 700 ? 300 + Double(column % 37) * 4 : 0)
    }
    var frames = try drawn.codes()
    var expected = Set<Int>()
    frames.update(jobs: 1) { frame, framelets in
      guard frame == 2 else { return }
      for row in 16..<FrameletShape.rows {
        let first = row < 32 ? 1216 : 1200
        for column in first..<FrameletShape.columns { framelets[0].samples[row, column] = code }
      }
    }
    for row in 16..<FrameletShape.rows {
      let first = row < 32 ? 1216 : 1200
      for column in first..<FrameletShape.columns {
        expected.insert(row * FrameletShape.columns + column)
      }
    }
    let image = try Calibration().calibrate(DecodedImage(frames: .companded(frames)))
    #expect(pixels(image.frames[2, .red], with: .missing) == expected)
    #expect(pixels(image.frames[1, .red], with: .missing).isEmpty)
    #expect(image.warnings.contains { $0.contains("never arrived") })
  }

  /// A single block counts as well.
  @Test func singleBlockIsLost() throws {
    var frames = try DrawnFrames(frames: 1) { _, _, _, column in 400 + Double(column % 37) * 4 }
      .codes()
    frames.update(jobs: 1) { _, framelets in
      for row in 48..<64 { for column in 320..<336 { framelets[0].samples[row, column] = 17 } }
    }
    #expect(LostBlocks.pixels(frames.frames[0][0]).count == 256)
  }

  /// Black sky without noise beside a disc whose one half is full: constant, but whole.
  @Test(arguments: [0.0, 6]) func skyAndFullAreasAreWhole(black: Double) throws {
    let drawn = DrawnFrames(frames: 2, readNoise: nil) { _, _, row, column in
      let (x, y) = (Double(column) - 820, Double(row) - 90)
      guard x * x + y * y < 300 * 300 else { return black }
      return x < 0 ? 2500 : 500 + y + 2 * x
    }
    let constant = try drawn.codes().frames[0][0]
    #expect(constant.samples[40, 700] == constant.samples[60, 720])
    let image = try Calibration().calibrate(drawn.image())
    #expect(image.findings[0].lost == 0)
  }

  /// The bias of the first image set: 104.5 in all filters, with a scatter of 1.08.
  @Test func linearCodesAreTold() throws {
    let quiet = DrawnFrames(
      filters: [.methane, .blue, .green, .red], frames: 4, stages: 1, readNoise: nil,
      encode: { UInt8(min($0, 255)) }
    ) { frame, filter, row, column in
      var noise = DrawnNoise(
        seed: UInt64((frame * 131 + row) * 7919 + column) &* 97 &+ UInt64(filter.rawValue.count))
      return (column == 900 ? 150 : 104.5) + 1.08 * noise.gaussian()
    }
    let image = try Calibration().calibrate(quiet.image())
    #expect(image.frames.label.sampleBitMode == .linear1)
    #expect(image.warnings.contains { $0.contains("read as LIN1") })
    for place in 0..<4 { #expect(abs(image.blackLevels[1][place].value - 104.5) < 0.3) }
    let perDN = image.radiometry.iOverFPerDN(.green)
    let column = (0..<FrameletShape.rows).map {
      Double(image.frames[2, .green]?.samples[$0, 900] ?? 0) / perDN
    }
    #expect(abs(column.reduce(0, +) / 128 - 45.5) < 0.4)
  }

  /// A black level of dark current at the same codes: noisier in DN12 but not in codes, and unlike in the filters.
  @Test(arguments: [0.0, 120]) func raisedBlackIsNotLinear(difference: Double) throws {
    let drawn = DrawnFrames(filters: [.blue, .red], frames: 4, readNoise: 1.4) {
      _, filter, _, _ in filter == .red ? 345 + difference : 345
    }
    let image = try Calibration().calibrate(drawn.image())
    #expect(image.frames.label.sampleBitMode == .squareRoot)
    #expect(abs(image.blackLevels[0][0].value - 345) < 2)
  }
}
