import Foundation
import JunoCam
import Raster
import TestSupport
import Testing

struct HotPixelTests {
  private static let rows = FrameletShape.rows
  private static let columns = FrameletShape.columns

  /// Deterministic noise of 0...3 codes.
  private static func noise(_ frame: Int, _ pixel: Int) -> UInt8 {
    var state = UInt64(frame &* 1_000_003 &+ pixel) &* 0x9E37_79B9_7F4A_7C15
    state ^= state >> 29
    return UInt8(truncatingIfNeeded: (state &* 0xBF58_476D_1CE4_E5B9) >> 62)
  }

  /// A bright disc that moves by 115 rows a frame over noisy sky, with defects of the detector.
  private func frames(count: Int, stages: Int) throws -> FrameSet<Companded> {
    let label = ImageLabel(
      productID: try #require(ProductID("JNCE_2023364_57R00010_V01")), target: "IO",
      startTime: "2023-12-30T08:36:00.836", filters: [.red], lines: count * Self.rows,
      exposure: 0.0032 * Double(stages), tdiStages: stages, interframeDelay: 0.370)
    return FrameSet(
      label: label,
      frames: (0..<count).map { frame in
        var samples = [UInt8](repeating: 0, count: Self.rows * Self.columns)
        samples.withUnsafeMutableBufferPointer { samples in
          for row in 0..<Self.rows {
            for column in 0..<Self.columns {
              let pixel = row * Self.columns + column
              let down = row + 115 * frame - 400
              let across = column - 800
              let isLit = down * down + across * across < 300 * 300
              samples[pixel] = (isLit ? 90 : 4) + Self.noise(frame, pixel)
            }
          }
          for stage in 0..<stages { samples[(40 + stage) * Self.columns + 300] += 25 }
          for stage in 0..<stages { samples[(90 + stage) * Self.columns + 801] += 12 }
          samples[70 * Self.columns + 790] = 6
          // Dust takes a fifth of the light and less around.
          for (side, loss) in [(-1, 4), (0, 18), (1, 3)] {
            let pixel = 60 * Self.columns + 760 + side
            samples[pixel] -= samples[pixel] > 80 ? UInt8(loss) : 0
          }
          // A dark feature of the ground fills the place of a pixel in two frames.
          if frame == 3 || frame == 4 { samples[30 * Self.columns + 805] = 60 }
          // Where the edge of the disc lights a row in two frames: dust takes two thirds of the light, and
          // a dark feature of the ground fills the place of a pixel in one of them.
          let seldomLit = 100 * Self.columns
          if samples[seldomLit + 1070] > 80 { samples[seldomLit + 1070] -= 40 }
          if frame == 2 { samples[seldomLit + 530] -= 40 }
          // A particle, in one frame only.
          if frame == 1 { samples[20 * Self.columns + 500] = 200 }
        }
        return [
          Framelet(
            frame: frame, filter: .red,
            samples: Plane(width: Self.columns, height: Self.rows, samples: samples),
            flags: Framelet<Companded>.unflagged())
        ]
      })
  }

  @Test(arguments: [1, 3])
  func findsRunsAndNothingElse(stages: Int) throws {
    var frames = try frames(count: 8, stages: stages)
    let map = HotPixelFinder().find(in: frames, tdiStages: stages)
    for stage in 0..<stages {
      #expect(map.contains(.red, row: 40 + stage, column: 300))
      #expect(map.contains(.red, row: 90 + stage, column: 801))
    }
    #expect(!map.contains(.red, row: 40 + stages, column: 300))
    #expect(!map.contains(.red, row: 20, column: 500))
    #expect(map.contains(.red, row: 70, column: 790))
    for column in 759...761 { #expect(map.contains(.red, row: 60, column: column)) }
    #expect(!map.contains(.red, row: 30, column: 805))
    #expect(map.contains(.red, row: 100, column: 1070))
    #expect(!map.contains(.red, row: 100, column: 530))
    #expect(map.count(.red) == 2 * stages + 5)
    frames.apply(map)
    #expect(frames[5, .red]?.flags(row: 40, column: 300) == .hot)
    #expect(frames[5, .red]?.flags(row: 70, column: 790) == .dead)
    #expect(frames[5, .red]?.flags(row: 40, column: 301) == [])
  }

  @Test func staysSilentOnTooFewFrames() throws {
    let frames = try frames(count: 2, stages: 1)
    #expect(HotPixelFinder().find(in: frames, tdiStages: 1).count(.red) == 0)
  }

  @Test func mapsAdd() throws {
    var mask = Plane(width: Self.columns, height: Self.rows, filledWith: UInt8(0))
    mask[3, 100] = 255
    var map = try HotPixelMap(masks: [.red: mask], path: "mask.png")
    mask[3, 100] = 0
    mask[4, 200] = 1
    map.formUnion(try HotPixelMap(masks: [.red: mask, .blue: mask], path: "mask.png"))
    #expect(map.count(.red) == 2 && map.count(.blue) == 1 && map.count(.green) == 0)
    #expect(map.mask(.red)[3, 100] != 0 && map.mask(.green)[3, 100] == 0)
    let small = Plane(width: 10, height: 10, filledWith: UInt8(0))
    #expect(
      message { _ = try HotPixelMap(masks: [.red: small], path: "mask.png") }.contains("10 × 10"))
  }
}
