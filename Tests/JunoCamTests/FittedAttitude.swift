import Foundation
import JunoCam
import SPICE
import SpaceMath
import TestSupport

/// The attitude that was fitted to real PJ44 frames (`golden/fitted_attitude_pj44.json`).
///
/// Its epochs and positions are nominal; its attitudes are those of the epochs with the fitted start
/// offset. That follows from the phase of the spin between the images: it fits the spin rate to
/// 1e-13 s with the offsets and misses by 27 ms without.
struct FittedAttitude: Decodable {
  struct Image: Decodable {
    struct Frame: Decodable {
      var frame: Int
      var et: Double
      var quat_J2000_to_JUNO_JUNOCAM: [Double]
      var juno_rel_jupiter_J2000_km: [Double]
      var jupiter_apparent_from_juno_J2000_km: [Double]
      var light_time_s: Double
      var sun_dir_from_jupiter_J2000: [Double]
      var quat_J2000_to_IAU_JUPITER_at_et_minus_lt: [Double]
    }

    /// One ground point that was found in two framelets, pixels in corner-origin coordinates.
    struct TiePoint: Decodable {
      var frame_a: Int
      var filter_a: Filter
      var x_a: Double
      var y_a: Double
      var frame_b: Int
      var filter_b: Filter
      var x_b_measured: Double
      var y_b_measured: Double
      var model_minus_measured_px: [Double]
    }

    var product_id: String
    var start_time_utc: String
    var interframe_delay_s: Double
    var fitted_start_offset_s: Double
    var frames: [Frame]
    var sample_tie_points: [TiePoint]
  }

  var images: [Image]
  var tilt_xy_deg: [Double]

  static func read() throws -> FittedAttitude {
    try JSONDecoder().decode(
      FittedAttitude.self,
      from: Data(contentsOf: DataPack.url("golden/fitted_attitude_pj44.json")))
  }

  /// Everything but the CK, for 2022-08-17.
  static let kernelNames =
    Kernels.text + ["spk_pre_220614_221109_220810_jm0450.bsp"]

  /// The attitudes as a CK in a folder, loaded with the rest.
  func kernels(in folder: URL) throws -> KernelSet {
    let names = Self.kernelNames.map { DataPack.url("kernels/\($0)").path }
    let base = try KernelSet(loading: names)
    let attitudes = images.map { image in
      image.frames.map {
        CameraAttitude(
          epochET: $0.et + image.fitted_start_offset_s,
          cameraFromJ2000: Self.matrix($0.quat_J2000_to_JUNO_JUNOCAM))
      }
    }
    let path = folder.appendingPathComponent("pj44.bc").path
    try CameraAttitude.kernel(images: attitudes, kernels: base, comments: ["Fitted."])
      .write(to: path)
    return try KernelSet(loading: names + [path])
  }

  static func matrix(_ q: [Double]) -> Matrix3 { Quaternion(q[0], q[1], q[2], q[3]).matrix }

  static func vector(_ v: [Double]) -> Vector3 { Vector3(v[0], v[1], v[2]) }
}
