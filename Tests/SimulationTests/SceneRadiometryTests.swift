import Foundation
import JunoCam
import Raster
import SPICE
import Testing

@testable import Simulation

/// Frames of a rendered Io, with noise, hits and compression, against the light that went in.
@Suite struct SceneRadiometryTests {
  private static let product = "2023364_57C90003_V01"

  private static let scene = """
    schema: 1
    title: Radiometry
    seed: 11
    target: IO
    flyby:
      closestApproach: 2023-12-30T08:36:00.836
      altitude: 1500
      speed: 29.1
      subSpacecraft: {latitude: 62.9, westLongitude: 96.9}
      heading: {latitude: 20.1, westLongitude: 321.0}
      subSolar: {latitude: 3.09, westLongitude: 241.9}
      solarDistance: 4.983
    spacecraft: {spinRate: 1.9818, spinPhase: 170, axisFromSun: 3.5}
    surface: {seed: 57}
    camera:
      supersampling: 1
      black: {BLUE: 8, GREEN: 9, RED: 10}
      blackDrift: 0.2
      compressionStep: 2
    output: {archive: true, truthPlanes: true}
    images:
      - {product: JNCE_2023364_57C90003_V01, time: 1100, frames: 5, tdi: 1}
    """

  @Test func lightComesBackInBothKindsOfProduct() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("junocam-radiometry-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("radiometry.yaml")
    try Data(Self.scene.utf8).write(to: file)
    let output = folder.appendingPathComponent("out")
    try SceneWriter(contentsOf: file).write(to: output)
    let kernels = try KernelSet(
      loading: [output.appendingPathComponent("kernels/radiometry.tm").path])
    let solver = try PoseSolver(kernels: kernels, target: "IO")
    func calibrated(_ kind: String) throws -> CalibratedImage {
      let product = try JunoCamProduct.open(
        output.appendingPathComponent("frames/\(kind)_\(Self.product).LBL"))
      let image = try product.decode()
      return try Calibration().calibrate(image, geometry: solver.geometry(of: image.label))
    }
    let edr = try calibrated("JNCE")
    let rdr = try calibrated("JNCR")
    let truth = try truth(in: output)
    #expect(truth.count == edr.frames.framelets.count * Self.size)
    var sums: [Filter: (truth: Double, measured: Double)] = [:]
    for (index, pair) in zip(edr.frames.framelets, rdr.frames.framelets).enumerated() {
      let light = truth[index * Self.size..<(index + 1) * Self.size]
      for pixel in 0..<Self.size where pair.0.flags.samples[pixel] == 0 {
        guard isInside(light, pixel) else { continue }
        sums[pair.0.filter, default: (0, 0)].truth += Double(light[light.startIndex + pixel])
        sums[pair.0.filter, default: (0, 0)].measured += Double(pair.0.samples.samples[pixel])
      }
      // As a Bool: the difference of two long arrays would take minutes to print.
      let isEqual = pair.0.samples == pair.1.samples
      #expect(isEqual, "\(pair.0.filter) \(pair.0.frame)")
    }
    func ratio(_ filter: Filter) throws -> Double {
      let sum = try #require(sums[filter])
      #expect(sum.truth > 500)
      return sum.measured / sum.truth
    }
    let (red, green, blue) = (try ratio(.red), try ratio(.green), try ratio(.blue))
    for value in [red, green, blue] { #expect(abs(value - 1) < 0.01, "\(value)") }
    #expect(abs(blue / green - 1) < 0.01 && abs(red / green - 1) < 0.01)
  }

  private static let size = FrameletShape.rows * FrameletShape.columns

  /// I/F without blur and noise, framelet after framelet.
  private func truth(in output: URL) throws -> [Float] {
    let bytes = try Data(
      contentsOf: output.appendingPathComponent("truth/JNCE_\(Self.product)-iOverF.f32"))
    return bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
  }

  /// Whether all around is lit, so that the camera's blur loses as much as it gains.
  private func isInside(_ light: ArraySlice<Float>, _ pixel: Int) -> Bool {
    let row = pixel / FrameletShape.columns
    guard row >= 3, row < FrameletShape.rows - 3 else { return false }
    for down in [-3, 0, 3] {
      for across in [-3, 0, 3] {
        let value = light[light.startIndex + pixel + down * FrameletShape.columns + across]
        if !(value > 0.05) { return false }
      }
    }
    return true
  }
}
