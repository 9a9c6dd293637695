import Raster
import SpaceMath
import Testing

@testable import JunoCam

/// Black levels that rise along the rows, and columns that are not what they should be.
struct BlackShapeTests {
  /// DN12 of a hot camera without light: masked columns 120–320, sky 150–410, cooler at the sides; column 2 full.
  private func dark(row: Int, column: Int) -> Double {
    if column == 2 { return 2800 }
    if column < 7 { return 3 }
    let share = Double(row) / 127
    guard FrameletShape.photoactiveColumns.contains(column) else { return 120 + 200 * share }
    let side = (Double(column) - 824) / 804
    return 150 + 260 * share - 60 * side * side * side * side
  }

  private func meanResidual(_ image: CalibratedImage, rows: Range<Int>, columns: Range<Int>)
    -> Double
  {
    let perDN = image.radiometry.iOverFPerDN(.red)
    var sum = 0.0
    for row in rows {
      for column in columns {
        sum += Double(image.frames[1, .red]?.samples[row, column] ?? 0) / perDN
      }
    }
    return sum / Double(rows.count * columns.count)
  }

  /// With the sky known rows and columns are level to within a DN12; without, the masked columns' rise is taken off.
  @Test func riseIsTakenOff() throws {
    let drawn = DrawnFrames(frames: 4, readNoise: 2) { _, _, row, column in
      dark(row: row, column: column) + ((700..<900).contains(column) ? 400 : 0)
    }
    let geometry = try drawn.geometry(x: 800, y: 64, radius: 150)
    let image = try Calibration().calibrate(drawn.image(), geometry: geometry)
    #expect(abs(image.findings[0].blackRise - 260) < 6)
    #expect(image.blackLevels.allSatisfy { $0[0].source == .sky })
    for rows in [0..<16, 56..<72, 112..<128] {
      for columns in [40..<140, 300..<500, 1100..<1300, 1500..<1600] {
        let rest = meanResidual(image, rows: rows, columns: columns)
        #expect(abs(rest) < 4, "\(rows) \(columns): \(rest)")
      }
      #expect(abs(meanResidual(image, rows: rows, columns: 750..<850) - 400) < 5)
    }
    let blind = try Calibration().calibrate(drawn.image())
    #expect(abs(blind.findings[0].blackRise - 200) < 6)
    // Masked columns alone: their level and their rise.
    #expect(abs(blind.blackLevels[1][0].value - 220) < 3)
  }

  /// Columns 0–7 tell nothing: 115 codes in column 2, as at perijove 68.
  @Test func oddColumnsDoNotMatter() throws {
    let odd = SampleBitMode.squareRoot.table[115]
    let drawn = DrawnFrames(frames: 4) { _, _, row, column in
      switch column {
      case 2: Double(odd)
      case 0..<7: 1.5
      default: 6.5 + 0.8 * Double(row) / 127
      }
    }
    let image = try Calibration().calibrate(drawn.image())
    for levels in image.blackLevels { #expect(abs(levels[0].value - 6.9) < 0.1, "\(levels[0])") }
    #expect(abs(image.findings[0].blackRise - 0.8) < 0.15)
  }

  /// A level that does not rise stays one number.
  @Test func levelBlackHasNoShape() throws {
    let image = try Calibration().calibrate(DrawnFrames { _, _, _, _ in 6 }.image())
    #expect(image.blackShape == nil && image.findings[0].blackRise == 0)
  }

  /// Runs of 32 rows of 1 and 2 DN12 in frames of 32 stages, one cut by the strip's edge, over a scene that moves.
  @Test func faintRunsAreTakenOff() throws {
    let runs: [(column: Int, rows: Range<Int>, dn: Double)] = [
      (300, 10..<42, 1), (500, 60..<92, 2), (777, 110..<128, 2), (900, 0..<20, 1.5),
    ]
    let drawn = DrawnFrames(filters: [.methane], frames: 24, stages: 32) { frame, _, row, column in
      guard FrameletShape.photoactiveColumns.contains(column) else { return 2 }
      let run = runs.first { $0.column == column && $0.rows.contains(row) }
      // Waves of ground that move by 115 rows a frame.
      let place = Double(row + 115 * frame)
      return 20 + 4 * Elementary.sin(place / 40) * Elementary.cos(Double(column) / 60)
        + (run?.dn ?? 0)
    }
    let image = try Calibration().calibrate(drawn.image())
    let marked = runs.reduce(0) { $0 + $1.rows.count }
    #expect(abs(image.findings[0].standingRuns - marked) <= 12, "\(image.findings[0].standingRuns)")
    let perDN = image.radiometry.iOverFPerDN(.methane)
    for run in runs {
      var above = 0.0
      for frame in 0..<24 {
        for row in run.rows {
          let samples = image.frames[frame, .methane]?.samples
          let value = samples?[row, run.column] ?? 0
          let beside =
            ((samples?[row, run.column - 1] ?? 0) + (samples?[row, run.column + 1] ?? 0)) / 2
          above += Double(value - beside) / perDN
        }
      }
      above /= Double(24 * run.rows.count)
      #expect(abs(above) < 0.25, "\(run): \(above)")
    }
  }
}
