import Foundation
import JunoCam
import SPICE
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

@testable import Registration

/// A program that knows nothing of a correction but loads the refined kernels must see each pixel on
/// the ground where the corrected poses see it.
@Suite struct RefinedKernelsTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("refined-\(UUID().uuidString)")

  private func corrected(_ predicted: ImageGeometry) -> [Pose] {
    var corrections = ImageCorrections()
    corrections[.startTime] = 0.018
    corrections[.alongTrack] = 8
    corrections[.radial] = -2
    corrections[.tiltFirst] = 1.2e-3
    corrections[.spinPhase] = -0.8e-3
    return TrajectoryModel(poses: predicted.poses, cameras: predicted.cameras)
      .poses(with: corrections)
  }

  @Test(arguments: [57, 58])
  func otherProgramsSeeTheSameGround(perijove: Int) throws {
    let pack = DataPack.sampleFrames.appendingPathComponent("pj\(perijove)")
    let base = ["kernels/pj\(perijove).tm"].map { pack.appendingPathComponent($0).path }
    let kernels = try KernelSet(loading: base)
    let solver = try PoseSolver(kernels: kernels, target: "IO")
    let frames = try FileManager.default.contentsOfDirectory(
      at: pack.appendingPathComponent("frames"), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "png" }.sorted { $0.path < $1.path }
    let labels = try frames.map { try JunoCamProduct.open($0).requireLabel() }
    let predicted = try labels.map { try solver.geometry(of: $0) }
    let refined = try RefinedKernels(
      images: predicted.map { RefinedKernels.Image(predicted: $0, poses: corrected($0)) },
      target: 501, kernels: kernels, comments: ["A test."])
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let ck = folder.appendingPathComponent("fit.bc").path
    let spk = folder.appendingPathComponent("fit.bsp").path
    try refined.attitude.write(to: ck)
    try refined.position.write(to: spk)

    let innocent = try PoseSolver(kernels: KernelSet(loading: base + [ck, spk]), target: "IO")
    var compared = 0
    for (label, predicted) in zip(labels, predicted) {
      let found = try innocent.geometry(of: label)
      for (pose, wanted) in zip(found.poses, corrected(predicted)) {
        let place = pose.bodyFromJ2000 * pose.targetPosition
        let wantedPlace = wanted.bodyFromJ2000 * wanted.targetPosition
        // 10 cm: the path between two frames is carried on as a straight line.
        #expect((place - wantedPlace).norm < 1e-4)
        let turn =
          (pose.cameraFromJ2000 * pose.bodyFromJ2000.transpose)
          * (wanted.cameraFromJ2000 * wanted.bodyFromJ2000.transpose).transpose
        // A clock reading holds 1e-7 s, in which the craft turns by 2e-8 rad: 3e-5 px.
        #expect(turn.axisAngle.angle < 5e-8)
        let old = FrameSight(pose: wanted)
        let new = FrameSight(pose: pose)
        for direction in [Vector3(0, 0, 1), Vector3(0.2, 0.01, 1), Vector3(-0.3, -0.02, 1)] {
          guard let a = old.intercept(along: direction), let b = new.intercept(along: direction)
          else { continue }
          #expect((a - b).norm < 2e-3)
          compared += 1
        }
      }
    }
    #expect(compared > 20)
  }

  @Test func oneFrameIsTooFew() throws {
    let pack = DataPack.sampleFrames.appendingPathComponent("pj57/kernels/pj57.tm")
    let kernels = try KernelSet(loading: [pack.path])
    let error = #expect(throws: SPICEError.self) {
      try RefinedKernels(
        images: [.init(productID: "ONE", labelledEpochs: [0], poses: [])], target: 501,
        kernels: kernels)
    }
    #expect("\(try #require(error))".contains("ONE"))
  }
}
