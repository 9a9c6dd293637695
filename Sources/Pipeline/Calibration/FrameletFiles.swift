import Foundation
import ImageFormats
import JunoCam
import Restoration

/// Calibrated framelets of one image as files, laid out as the raw file: without kernels, so that frames
/// of which nobody knows where the craft was can be looked at too.
///
/// Black level from the masked columns, stationary defects from the image itself, particle hits by their
/// surroundings alone.
public struct FrameletFiles: Sendable {
  public var calibration: Calibration
  /// Sun to target, km; nil: the label's SOLAR_DISTANCE.
  public var solarDistanceKm: Double?
  /// Most threads to use at once; the bytes do not depend on it.
  public var jobs: Int

  public init(calibration: Calibration = .init(), solarDistanceKm: Double? = nil, jobs: Int = 1) {
    self.calibration = calibration
    self.solarDistanceKm = solarDistanceKm
    self.jobs = jobs
  }

  /// Writes `ID-framelets.tif` (32-bit float, I/F, not a number where a sample is no measurement) and
  /// `ID-flags.png` (`FrameletFlags` raw values).
  ///
  /// - Parameter note: receives what is to be said of the image, a sentence at a time.
  /// - Returns: both files.
  /// - Throws: `JunoCamError`, `ImageFormatError`.
  public func write(
    _ product: JunoCamProduct, to folder: URL, overwrite: Bool = false,
    note: (String) -> Void = { _ in }
  ) throws -> [URL] {
    let decoded = try product.decode(jobs: jobs)
    var image = try calibration.calibrate(decoded, solarDistanceKm: solarDistanceKm, jobs: jobs)
    RowResponse().correct(&image, geometry: nil, jobs: jobs)
    HitFinder().flag(&image, geometry: nil, jobs: jobs)
    (image.warnings + image.summary.bands.map(\.sentence)).forEach(note)
    let id = "\(decoded.label.productID)"
    let framelets = folder.appendingPathComponent("\(id)-framelets.tif")
    let flags = folder.appendingPathComponent("\(id)-flags.png")
    let writer = try TIFFWriter(
      to: framelets, width: FrameletShape.columns,
      height: image.frames.framelets.count * FrameletShape.rows, bands: 1, type: .f32,
      options: TIFFOptions(jobs: jobs, overwrite: overwrite))
    for framelet in image.frames.framelets {
      let rejected = FrameletFlags.rejected.rawValue
      try writer.append(
        zip(framelet.samples.samples, framelet.flags.samples).map {
          $1 & rejected == 0 ? $0 : Float.nan
        })
    }
    try writer.finish()
    try FlagFile.write(image, to: flags, overwrite: overwrite, jobs: jobs)
    return [framelets, flags]
  }
}
