import JunoCam
import SpaceMath

/// The instrument kernel that goes with a scene: optics and timing of JunoCam (version 03).
enum InstrumentKernel {
  static let focalLengthMm = 10.95637
  static let pixelMm = 0.0074

  static var text: String {
    var lines: [String] = []
    for id in [-61500, -61504, -61501, -61502, -61503] {
      let filter = Filter.allCases.first { $0.naifID == id }
      let model = filter.map { CameraModel.instrumentKernelV03($0) }
      let centreY = model?.centreY ?? 78.48
      let reference = CameraModel.instrumentKernelV03(.green)
      let name = filter.map { "_\($0.rawValue)" } ?? ""
      lines += [
        "INS\(id)_NAME                = 'JUNO_JUNOCAM\(name)'",
        "INS\(id)_FOCAL_LENGTH        = ( \(focalLengthMm) )",
        "INS\(id)_PIXEL_SIZE          = ( \(pixelMm) )",
        "INS\(id)_DISTORTION_X        = ( \(reference.centreX) )",
        "INS\(id)_DISTORTION_Y        = ( \(centreY) )",
        "INS\(id)_DISTORTION_K1       = ( \(reference.k1) )",
        "INS\(id)_DISTORTION_K2       = ( \(reference.k2) )",
        "INS\(id)_START_TIME_BIAS     = ( \(ImageTiming.startTimeBias) )",
        "INS\(id)_INTERFRAME_DELTA    = ( \(ImageTiming.interframeDelta) )",
        "INS\(id)_PIXEL_SAMPLES       = ( \(FrameletShape.columns) )",
        "INS\(id)_PIXEL_LINES         = ( \(FrameletShape.rows) )",
        "INS\(id)_FOV_FRAME           = 'JUNO_JUNOCAM'",
      ]
      if let model { lines += field(id: id, model: model) }
    }
    return
      (["KPL/IK", "", "JunoCam: optics, timing and fields of view of its four strips.", ""]
      + ["\\begindata", ""] + lines + ["", "\\begintext", ""]).joined(separator: "\n")
  }

  private static func field(id: Int, model: CameraModel) -> [String] {
    let corners = [(23.5, 0.5), (23.5, 127.5), (1630.5, 127.5), (1630.5, 0.5)]
    return [
      "INS\(id)_FOV_SHAPE           = 'RECTANGLE'",
      "INS\(id)_BORESIGHT           = ( \(text(model.direction(x: 827, y: 64))) )",
      "INS\(id)_FOV_BOUNDARY_CORNERS = (",
    ] + corners.map { "  \(text(model.direction(x: $0.0, y: $0.1)))" } + [")"]
  }

  private static func text(_ vector: Vector3) -> String { "\(vector.x) \(vector.y) \(vector.z)" }
}
