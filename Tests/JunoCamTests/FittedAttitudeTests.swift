import Foundation
import JunoCam
import SPICE
import SpaceMath
import TestSupport
import Testing
import ViewGeometry

/// Real frames of PJ44: the fitted attitude goes out as a CK and comes back through the whole chain.
@Suite(.enabled(if: DataPack.isPresent, "needs the developers' data pack"))
struct FittedAttitudeTests {
  private func label(_ image: FittedAttitude.Image) throws -> ImageLabel {
    ImageLabel(
      productID: try #require(ProductID(image.product_id)), target: "JUPITER",
      startTime: image.start_time_utc, filters: [.blue, .green, .red],
      lines: image.frames.count * 384, exposure: 0.0032, tdiStages: 1,
      interframeDelay: image.interframe_delay_s)
  }

  @Test func everyFrameComesBack() throws {
    try withTemporaryFolder { folder in
      let fit = try FittedAttitude.read()
      let kernels = try fit.kernels(in: folder)
      var count = 0
      for image in fit.images {
        var options = GeometryOptions()
        func geometry() throws -> ImageGeometry {
          try PoseSolver(kernels: kernels, target: "JUPITER", options: options)
            .geometry(of: try label(image))
        }
        let nominal = try geometry()
        options.startTimeOffset = image.fitted_start_offset_s
        let corrected = try geometry()
        options = GeometryOptions()
        options.lightTimeMode = .none
        let geometric = try geometry()
        for golden in image.frames {
          count += 1
          let pose = nominal.poses[golden.frame]
          #expect(abs(pose.epochET - golden.et) < 1e-6)
          let attitude = FittedAttitude.matrix(golden.quat_J2000_to_JUNO_JUNOCAM)
          // 1e-6 s of spin is 2e-7 rad.
          #expect(
            corrected.poses[golden.frame].cameraFromJ2000.maximumDifference(from: attitude) < 3e-7)
          #expect(abs(pose.centreLightTime - golden.light_time_s) < 1e-8)
          let apparent = pose.cameraFromJ2000.transposeTimes(BodyView(pose).centreVector)
          let expected = FittedAttitude.vector(golden.jupiter_apparent_from_juno_J2000_km)
          #expect((apparent - expected).norm < 1e-3)
          let rotation = FittedAttitude.matrix(golden.quat_J2000_to_IAU_JUPITER_at_et_minus_lt)
          #expect(pose.bodyFromJ2000.maximumDifference(from: rotation) < 1e-9)
          let sun = pose.bodyFromJ2000.transposeTimes(pose.sunPosition).normalized
          #expect((sun - FittedAttitude.vector(golden.sun_dir_from_jupiter_J2000)).norm < 1e-6)
          let relative = FittedAttitude.vector(golden.juno_rel_jupiter_J2000_km)
          #expect((geometric.poses[golden.frame].targetPosition + relative).norm < 1e-4)
        }
      }
      #expect(count == 38)
    }
  }

  /// Ground points that were found in two filters of the real frames: from a pixel of one framelet to
  /// the ground and from there to a pixel of the other, where the fit's own model has it.
  @Test func tiePointsLieWhereTheFitHasThem() throws {
    try withTemporaryFolder { folder in
      let fit = try FittedAttitude.read()
      let kernels = try fit.kernels(in: folder)
      var count = 0
      for image in fit.images {
        var options = GeometryOptions()
        options.startTimeOffset = image.fitted_start_offset_s
        let geometry = try PoseSolver(kernels: kernels, target: "JUPITER", options: options)
          .geometry(of: try label(image))
        for tie in image.sample_tie_points {
          let from = try #require(geometry.cameras[tie.filter_a])
          let to = try #require(geometry.cameras[tie.filter_b])
          let ground = try #require(
            geometry.poses[tie.frame_a].intercept(
              cameraDirection: from.direction(x: tie.x_a, y: tie.y_a)))
          let pixel = try #require(
            to.pixel(along: geometry.poses[tie.frame_b].cameraVector(toSurface: ground.point)))
          let model = tie.model_minus_measured_px
          #expect(abs(pixel.x - tie.x_b_measured - model[0]) < 0.05)
          #expect(abs(pixel.y - tie.y_b_measured - model[1]) < 0.05)
          count += 1
        }
      }
      #expect(count == 31)
    }
  }

  @Test func coversASmallChangeOfStartTime() throws {
    try withTemporaryFolder { folder in
      let fit = try FittedAttitude.read()
      let kernels = try fit.kernels(in: folder)
      let image = fit.images[0]
      for offset in [-0.02, 0.05] {
        var options = GeometryOptions()
        options.startTimeOffset = offset
        let geometry = try PoseSolver(kernels: kernels, target: "JUPITER", options: options)
          .geometry(of: try label(image))
        let spin = geometry.poses[0].cameraFromJ2000 * geometry.poses[1].cameraFromJ2000.transpose
        // 1.98 rpm over 0.374 s.
        #expect(abs(spin.axisAngle.angle * 180 / .pi - 4.447) < 0.002)
      }
      var options = GeometryOptions()
      options.startTimeOffset = 1
      let solver = try PoseSolver(kernels: kernels, target: "JUPITER", options: options)
      let text = message { _ = try solver.geometry(of: try label(image)) }
      #expect(text.contains("JUNO_SPACECRAFT") && text.contains("pj44.bc covers"))
    }
  }

  @Test func needsTwoAttitudesInOrder() throws {
    let kernels = try KernelSet(
      loading: FittedAttitude.kernelNames, relativeTo: DataPack.url("kernels"))
    let one = CameraAttitude(epochET: 7e8, cameraFromJ2000: .identity)
    #expect(
      message { _ = try CameraAttitude.kernel(images: [[one]], kernels: kernels) }
        .contains("two or more"))
    #expect(
      message { _ = try CameraAttitude.kernel(images: [[one, one]], kernels: kernels) }
        .contains("ascending"))
  }
}
