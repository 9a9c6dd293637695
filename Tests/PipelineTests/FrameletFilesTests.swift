import Foundation
import ImageFormats
import JunoCam
import TestSupport
import Testing

@testable import Pipeline

/// Framelets calibrated without kernels, against what the scene file and the table of the SIS say.
@Suite struct FrameletFilesTests {
  @Test func frameletsAreCodesLessBlackInTheScaleAndLaidOutAsTheRawFile() throws {
    let folder = try RunFolder()
    defer { folder.remove() }
    let frames = DataPack.sampleFrames.appendingPathComponent("pj57/frames")
    let id = "JNCE_2023364_57C90003_V01"
    let raw = frames.appendingPathComponent("\(id)-raw.png")
    let product = try JunoCamProduct.open(raw)
    let written = try FrameletFiles(jobs: 2).write(product, to: folder.url)
    #expect(written.map(\.lastPathComponent) == ["\(id)-framelets.tif", "\(id)-flags.png"])
    let image = try TIFFReader.read(at: written[0]).image
    guard case .u8(let codes) = try PNGReader.image(at: raw).samples,
      case .u8(let flags) = try PNGReader.image(at: written[1]).samples
    else {
      Issue.record("no 8-bit pictures")
      return
    }
    let values = image.plane(0)
    #expect(image.width == 1648 && values.count == codes.count && flags.count == codes.count)
    // Red follows blue and green in each frame. Black 3 DN12, wander 0.15 (scene file); the archive's
    // k for red, exposure and distance of the label, 0.787 of the sensitivity left.
    let label = try product.decode().label
    let distance = try #require(label.solarDistanceKm) / 149_597_870.7
    let scale = 0.47327e-4 * distance * distance / (label.exposure * 1000)
    let table = SampleBitMode.squareRoot.table
    var differences: [Double] = []
    for row in 256..<384 {
      for column in stride(from: 100, to: 1500, by: 7) {
        let place = row * 1648 + column
        guard flags[place] == 0 else { continue }
        let expected = (Double(table[Int(codes[place])]) - 3) * scale / 0.787
        differences.append((Double(values[place]) - expected) / scale)
      }
    }
    differences.sort()
    #expect(differences.count > 20_000)
    #expect(abs(differences[differences.count / 2]) < 0.6)
    // Every rejected sample is no number, every other is one.
    let rejected = FrameletFlags.rejected.rawValue
    #expect(zip(values, flags).allSatisfy { $0.isNaN == ($1 & rejected != 0) })
    #expect(flags.contains { $0 & FrameletFlags.hot.rawValue != 0 })
    #expect(throws: ImageFormatError.self) {
      try FrameletFiles().write(product, to: folder.url)
    }
  }
}
