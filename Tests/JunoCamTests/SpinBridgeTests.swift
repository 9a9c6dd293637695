import Foundation
import SPICE
import SpaceMath
import TestSupport
import Testing

@testable import JunoCam

/// Gaps cut into CKs: what is carried across is held against the CK without the gap.
@Suite struct SpinBridgeTests {
  private static let attitude = -61000

  /// The largest error, rad, of attitudes carried across a gap.
  ///
  /// - Parameters:
  ///   - kernels: hold a CK without a gap
  ///   - covered: what the bridge may use of it, ET
  ///   - epochs: of the frames
  private func worst(
    _ kernels: KernelSet, covered: [ClosedRange<Double>], epochs: [Double]
  ) throws -> (error: Double, bridge: SpinBridge) {
    func truth(_ et: Double) throws -> Matrix3 {
      try kernels.rotation(from: "J2000", to: "JUNO_SPACECRAFT", et: et)
    }
    let bridge = try #require(
      SpinBridge(epochs: epochs, coverage: covered, files: ["/kernels/gap.bc"]) { et in
        covered.contains { $0.contains(et) } ? try? truth(et) : nil
      })
    var worst = 0.0
    for frame in bridge.carriedFrames {
      let carried = try #require(bridge.rotation(et: epochs[frame]))
      worst = max(worst, (carried.transpose * (try truth(epochs[frame]))).axisAngle.angle)
    }
    return (worst, bridge)
  }

  /// The spin of the sample frames is uniform: nothing is lost across two seconds, from both sides or
  /// from one.
  @Test func uniformSpinIsCarriedExactly() throws {
    let folder = DataPack.sampleFrames.appendingPathComponent("pj57/kernels")
    let kernels = try KernelSet(loading: [folder.appendingPathComponent("pj57.tm").path])
    let stretch = try #require(try kernels.ckCoverage(frameClassID: Self.attitude).first)
    let start = stretch.lowerBound + 10
    let epochs = (0..<16).map { start + 0.372 * Double($0) }
    let (both, bridge) = try worst(
      kernels,
      covered: [stretch.lowerBound...start + 1.8, (start + 3.8)...stretch.upperBound],
      epochs: epochs)
    #expect(both < 1e-9)
    #expect(bridge.carriedFrames == [5, 6, 7, 8, 9, 10])
    #expect(bridge.remark.contains("gap.bc covers 10 of 16 frames"))
    let (after, _) = try worst(
      kernels, covered: [stretch.lowerBound...start + 1.8], epochs: epochs)
    let (before, _) = try worst(
      kernels, covered: [(start + 3.8)...stretch.upperBound], epochs: epochs)
    #expect(after < 1e-9 && before < 1e-9)
  }

  /// The real craft nutates a little: across 2 and 8 s of the reconstructed CK of perijove 1 the error
  /// stays within three of the stated sigmas, and within a hundredth of a pixel.
  @Test(
    .enabled(if: DataPack.isPresent, "needs the developers' data pack"), arguments: [2.0, 8])
  func realSpinIsCarriedWithinItsSigma(gap: Double) throws {
    let names = [
      "naif0012.tls", "jno_sclkscet_00090.tsc", "juno_v12.tf",
      "juno_sc_rec_160821_160827_v01_0_sliced_-61000.bc",
    ]
    let kernels = try KernelSet(loading: names.map { DataPack.url("kernels/\($0)").path })
    let stretch = try #require(try kernels.ckCoverage(frameClassID: Self.attitude).first)
    for start in stride(from: stretch.lowerBound + 2, to: stretch.upperBound - gap - 2, by: 3.7) {
      let epochs = (-2...Int(gap / 0.379) + 2).map { start + 0.379 * Double($0) }
      let sides = [stretch.lowerBound...start, (start + gap)...stretch.upperBound]
      let (both, bridge) = try worst(kernels, covered: sides, epochs: epochs)
      #expect(both < 3 * bridge.sigma && both < 0.01 / 1480)
      let (after, alone) = try worst(
        kernels, covered: [sides[0]], epochs: epochs.filter { $0 < start + gap })
      #expect(after < 3 * alone.sigma)
    }
  }

  /// What is too far from any covered time, or too short to show a rate, is not carried.
  @Test func whatIsOutOfReachIsNotCarried() {
    func bridge(_ covered: ClosedRange<Double>, epochs: [Double]) -> SpinBridge? {
      SpinBridge(epochs: epochs, coverage: [covered], files: []) { et in
        covered.contains(et) ? .frameRotation(about: .z, by: 0.2 * et) : nil
      }
    }
    #expect(bridge(0...10, epochs: [9, 11]) != nil)
    #expect(bridge(0...10, epochs: [9, 41]) == nil)
    #expect(bridge(9...9.05, epochs: [9.02, 11]) == nil)
    #expect(bridge(0...10, epochs: [8, 9]) == nil)
  }
}
