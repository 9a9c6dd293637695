import JunoCam
import SpaceMath
import Testing

@testable import Simulation

/// Handmade lists of defects against handmade flags.
@Suite struct DefectAssessorTests {
  private static let columns = FrameletShape.columns
  private static let framelet = FrameletShape.rows * FrameletShape.columns

  /// The truth of two frames of one filter with two-stage TDI.
  private func truth(hot: [HotPixel], hits: [RadiationHit]) throws -> ImageTruth {
    var scene = try Scenes.model("pj57").description
    scene.images = [scene.images[3]]
    scene.images[0].frames = 1
    scene.images[0].filters = [.red]
    scene.camera.samplesPerEdge = 1
    scene.ground = .plain(seed: 4)
    scene.camera.hotPixels = 0
    scene.camera.hitsPerFramelet = 0
    let model = try SceneModel(scene)
    let result = ImageRenderer(
      model: model, surface: PlainSurface(moon: model.moon, seed: 4), index: 0
    ).render()
    var truth = ImageTruth(model: model, index: 0, result: result, planes: [:])
    truth.hotPixels = ["RED": hot]
    truth.hits = hits
    return truth
  }

  private func hit(
    _ x: Double, _ y: Double, frame: Int, dx: Double = 0, level: Double, sent: Double? = nil,
    sigma: Double? = nil
  ) -> RadiationHit {
    RadiationHit(
      frame: frame, filter: .red, x: x, y: y, dx: dx, dy: 0, level: level, sent: sent,
      sigma: sigma)
  }

  private func index(_ row: Int, _ column: Int, frame: Int) -> Int {
    frame * Self.framelet + row * Self.columns + column
  }

  @Test func everyFindIsWeighedAgainstTheLists() throws {
    var lost = hit(900.5, 30.5, frame: 0, level: 300)
    lost.sent = 2
    let truth = try truth(
      hot: [
        HotPixel(row: 20, column: 100, level: 80),  // found
        HotPixel(row: 40, column: 200, level: 90),  // missed
        HotPixel(row: 60, column: 300, level: 3),  // too faint to ask for
      ],
      hits: [
        hit(500.5, 30.5, frame: 0, level: 200),  // found
        hit(600.5, 30.5, frame: 1, dx: 12, level: 200),  // found by its strongest sample
        hit(700.5, 30.5, frame: 1, level: 150),  // missed: flagged in the other frame
        hit(800.5, 30.5, frame: 0, level: 4),  // too faint
        hit(5.5, 30.5, frame: 0, level: 900),  // in a masked column: nobody's loss
        lost,  // nothing of it was sent
      ])
    var samples = [UInt8](repeating: 0, count: 2 * Self.framelet)
    for frame in 0..<2 {
      for row in 0..<FrameletShape.rows {
        for column in 0..<23 { samples[index(row, column, frame: frame)] = 1 }
      }
      for row in 20...21 {
        samples[index(row, 100, frame: frame)] |= FrameletFlags.hot.rawValue
      }
      // Nothing is here.
      samples[index(90, 900, frame: frame)] |= FrameletFlags.hot.rawValue
    }
    let strike = FrameletFlags.hit.rawValue
    samples[index(30, 500, frame: 0)] |= strike
    samples[index(31, 501, frame: 0)] |= strike  // its neighbour: no false find
    for column in 600...612 { samples[index(30, column, frame: 1)] |= strike }
    samples[index(30, 700, frame: 0)] |= strike  // false: the hit is in frame 1
    samples[index(41, 202, frame: 1)] |= strike  // beside a hot pixel: not false
    samples[index(100, 1200, frame: 1)] |= strike  // false

    let assessor = DefectAssessor(
      truth: truth, flags: FlagPicture(samples: samples, filters: [.red]), tdiStages: 2,
      detectable: [.red: 20])
    let hot = try #require(assessor.detections.first { $0.kind == .hotPixels })
    #expect(hot.present == 3 && hot.detectable == 2 && hot.found == 1)
    #expect(hot.flagged == 3 && hot.falselyFlagged == 1)
    #expect(hot.recall == 0.5)
    let hits = try #require(assessor.detections.first { $0.kind == .hits })
    #expect(hits.present == 5 && hits.detectable == 3 && hits.found == 2)
    #expect(hits.flagged == 2 + 13 + 3 && hits.falselyFlagged == 2)
    #expect(hits.precision == 1 - 2.0 / 18)
    #expect(hits.samples == 2 * FrameletShape.rows * (Self.columns - 23))
  }

  @Test func strengthsAreCountedByWhatWasSentAndDamageExcusesAFlag() throws {
    let truth = try truth(
      hot: [],
      hits: [
        hit(500.5, 30.5, frame: 1, level: 900, sent: 90, sigma: 9),  // 10 σ, found
        hit(600.5, 30.5, frame: 1, level: 900, sent: 50, sigma: 9),  // 5.6 σ, missed
        hit(700.5, 30.5, frame: 1, level: 900, sent: 30, sigma: 9),  // 3.3 σ: in no class
      ])
    var samples = [UInt8](repeating: 0, count: 2 * Self.framelet)
    var codes = [UInt8](repeating: 60, count: samples.count)
    samples[index(30, 500, frame: 1)] = FrameletFlags.hit.rawValue
    for column in [1000, 1100, 1200] {
      samples[index(100, column, frame: 1)] = FrameletFlags.hit.rawValue
    }
    // By the table of the SIS 60 is 131, 66 and 54 are 24 DN12 off, 62 is 8: noise is
    // (1 + 131 / 16.3 + 16 / 12)^½ = 3.2.
    codes[index(100, 1000, frame: 1)] = 66
    codes[index(100, 1100, frame: 1)] = 54
    codes[index(100, 1200, frame: 1)] = 62
    let damage = DamagePicture(
      sent: codes, sound: [UInt8](repeating: 60, count: samples.count), filters: [.red],
      noise: NoiseModel())
    let assessor = DefectAssessor(
      truth: truth, flags: FlagPicture(samples: samples, filters: [.red]), tdiStages: 1,
      detectable: [.red: 20], damage: damage)
    let hits = try #require(assessor.detections.first { $0.kind == .hits })
    #expect(hits.classes.map(\.from) == [4, 5, 6, 8, 12])
    #expect(hits.classes.map(\.struck) == [0, 1, 0, 1, 0])
    #expect(hits.classes.map(\.found) == [0, 0, 0, 1, 0])
    #expect(hits.recall(from: 8) == 1 && hits.recall(from: 4) == 0.5)
    #expect(hits.recall(from: 12) == nil)
    #expect(hits.flagged == 4 && hits.falselyFlagged == 1)
  }

  @Test func aTracksChargeIsThatOfItsLength() {
    let track = RadiationHit(
      frame: 0, filter: .red, x: 10.5, y: 20.5, dx: 30, dy: 12, level: 50)
    let deposits = track.deposits(width: Self.columns, height: FrameletShape.rows)
    let length = (30.0 * 30 + 12 * 12).squareRoot()
    #expect(abs(deposits.reduce(0) { $0 + $1.charge } - 50 * length) < 1e-9)
    #expect(Set(deposits.map(\.index)).count == deposits.count)
    #expect(deposits.first?.index == 20 * Self.columns + 10)
    #expect(deposits.last?.index == 32 * Self.columns + 40)
  }
}
