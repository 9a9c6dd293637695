import Foundation
import TestSupport
import Testing

@testable import JunoCam

/// An RDR goes back to the codes of its EDR.
struct ArchiveInversionTests {
  private static let table = SampleBitMode.squareRoot.table

  /// f = k · d² / t, worked out here: d in AU, t in ms.
  private static func factor(k: Double, kilometres: Double, milliseconds: Double) -> Double {
    let distance = kilometres / 149_597_870.7
    return k * distance * distance / milliseconds
  }

  private func inversion(sent codes: [Int], factor: Double, expected: Double) -> ArchiveInversion {
    var counts = [Int](repeating: 0, count: 65_536)
    for code in codes { counts[Int((Double(Self.table[code]) * factor).rounded(.down))] += 1 }
    return ArchiveInversion(counts: counts, table: Self.table, expected: expected)
  }

  /// Scales of real exposures; green's k anywhere within its bounds.
  @Test(arguments: [
    (Filter.blue, 1.25806), (.blue, 1.25803), (.red, 0.47327), (.red, 0.47329),
    (.green, 0.5805), (.green, 0.5933), (.green, 0.6012), (.green, 0.6126),
  ])
  func everyCodeComesBack(filter: Filter, k: Double) {
    for milliseconds in [3.2, 6.4, 9.6] {
      let expected = Self.factor(
        k: RadiometricScale.archive.k(filter), kilometres: 7.5e8, milliseconds: milliseconds)
      let factor = Self.factor(k: k, kilometres: 7.5e8, milliseconds: milliseconds)
      let inversion = inversion(sent: Array(0...255), factor: factor, expected: expected)
      #expect(inversion.strays == 0)
      #expect(abs(inversion.factor / factor - 1) < 2e-4)
      for code in 0...255 {
        let number = Int((Double(Self.table[code]) * factor).rounded(.down))
        #expect(inversion.codes[number] == UInt8(code), "\(filter) \(milliseconds) ms, \(code)")
      }
    }
  }

  /// With long exposures one number stands for several codes: what comes back makes that number again.
  @Test func sharedNumbersComeBackAsNumbers() {
    let factor = Self.factor(k: 0.47327, kilometres: 7.5e8, milliseconds: 38.4)
    #expect(factor < 0.32)
    let inversion = inversion(sent: Array(0...255), factor: factor, expected: factor * 1.0002)
    #expect(inversion.strays == 0)
    for code in 0...255 {
      let number = Int((Double(Self.table[code]) * factor).rounded(.down))
      let back = Self.table[Int(inversion.codes[number])]
      #expect(Int((Double(back) * factor).rounded(.down)) == number)
    }
  }

  @Test func strayNumbersAreCountedAndTakeTheNearestCode() {
    let factor = 4.9427
    var counts = [Int](repeating: 0, count: 65_536)
    for dn in Self.table { counts[Int(Double(dn) * factor)] += 3 }
    // Between 1000 and 1008 DN12 (codes 183 … 185), and beyond the table's end.
    counts[4960] += 2
    counts[65_535] += 1
    let inversion = ArchiveInversion(counts: counts, table: Self.table, expected: 4.943)
    #expect(inversion.strays == 3)
    #expect(Self.table[Int(inversion.codes[4960])] == 1007)
    #expect(inversion.codes[65_535] == 255)
    let empty = ArchiveInversion(
      counts: [Int](repeating: 0, count: 65_536), table: Self.table, expected: 4.943)
    #expect(empty.factor == 4.943 && empty.strays == 0)
  }

  /// The same codes as EDR and as big-endian RDR, through files: the same I/F and flags.
  @Test(arguments: [0.5804, 0.6, 0.6127]) func filesOfBothKindsGiveTheSame(green: Double) throws {
    try withTemporaryFolder { folder in
      var edr = SyntheticProduct(id: "JNCE_2023364_57C00022_V01", frames: 2)
      edr.code = { line, column in
        column < 23 ? UInt8(5 + (line + column) % 3) : UInt8((line * 7 + column * 3) % 256)
      }
      var rdr = SyntheticProduct(id: "JNCR_2023364_57C00022_V01", frames: 2)
      rdr.code = edr.code
      let factors = [1.25806, green, 0.47327].map {
        Self.factor(k: $0, kilometres: 7.4172e8, milliseconds: 3.2)
      }
      let bytes = edr.codes.enumerated().flatMap { place, code -> [UInt8] in
        let filter = place / edr.width / 128 % 3
        let number = Int(Double(Self.table[Int(code)]) * factors[filter])
        return [UInt8(number >> 8), UInt8(number & 255)]
      }
      let raw = try JunoCamProduct.open(edr.writeArchiveProduct(to: folder)).decode()
      let scaled = try JunoCamProduct.open(rdr.writeArchiveProduct(to: folder, image: bytes))
        .decode()
      let one = try Calibration().calibrate(raw)
      let other = try Calibration().calibrate(scaled)
      #expect(other.warnings == one.warnings)
      #expect(one.blackLevels.map { $0.map(\.value) } == other.blackLevels.map { $0.map(\.value) })
      for (a, b) in zip(one.frames.framelets, other.frames.framelets) {
        // As Bools: the difference of two long arrays would take minutes to print.
        let (samples, flags) = (a.samples == b.samples, a.flags == b.flags)
        #expect(samples && flags, "\(a.filter) \(a.frame)")
      }
    }
  }

  /// JNCR_2024134_61T00209: every sample has a code that makes its number, and the EDR of these codes
  /// gives the same I/F.
  @Test(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
  func theRealOneComesBackExactly() throws {
    let name = "2024134_61T00209_V01"
    let product = try JunoCamProduct.open(DataPack.url("raw/JNCR_\(name).LBL"))
    let image = try product.decode()
    guard case .scaled(let numbers) = image.frames else {
      Issue.record("an RDR must give scaled frames")
      return
    }
    let (codes, warnings) = try image.companded()
    #expect(warnings.isEmpty)
    // Measured with other tools: f of blue and red.
    let factors: [Filter: Double] = [.blue: 4.94271, .red: 1.85940]
    for (sent, archived) in zip(codes.framelets, numbers.framelets) {
      let factor = try #require(factors[sent.filter])
      let differ = zip(sent.samples.samples, archived.samples.samples).count { code, number in
        Int((Double(Self.table[Int(code)]) * factor).rounded(.down)) != Int(number)
      }
      #expect(differ == 0, "\(sent.filter) \(sent.frame)")
    }
    try withTemporaryFolder { folder in
      let text = try String(contentsOf: DataPack.url("raw/JNCR_\(name).LBL"), encoding: .isoLatin1)
        // A line's two end characters are one Character.
        .replacingOccurrences(of: "\r\n", with: "\n")
        .replacingOccurrences(of: "JNCR_", with: "JNCE_")
        .replacingOccurrences(of: "JUNOCAM-RDR", with: "JUNOCAM-EDR")
        .replacingOccurrences(of: "= 3296", with: "= 1648")
        .replacingOccurrences(of: "SAMPLE_BITS                 = 16", with: "SAMPLE_BITS = 8")
        .replacingOccurrences(of: "2#1111111111111111#", with: "2#11111111#")
        .split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains("MD5_CHECKSUM") }.joined(separator: "\n")
      let label = folder.appendingPathComponent("JNCE_\(name).LBL")
      try text.write(to: label, atomically: true, encoding: .isoLatin1)
      try Data(codes.framelets.flatMap(\.samples.samples))
        .write(to: folder.appendingPathComponent("JNCE_\(name).IMG"))
      let edr = try Calibration().calibrate(JunoCamProduct.open(label).decode())
      let rdr = try Calibration().calibrate(image)
      #expect(edr.frames.framelets.count == 6)
      for (a, b) in zip(edr.frames.framelets, rdr.frames.framelets) {
        let (samples, flags) = (a.samples == b.samples, a.flags == b.flags)
        #expect(samples && flags, "\(a.filter) \(a.frame)")
      }
    }
  }
}
