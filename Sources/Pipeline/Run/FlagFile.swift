import Foundation
import ImageFormats
import JunoCam
import Products

/// The picture of what is known against each sample of an image: one per image, in the folder
/// `flags` of a run.
///
/// An 8-bit grey PNG laid out as the raw file is, 1648 samples wide, framelets of 128 lines frame by
/// frame in the order of the label's filters. Its numbers are `FrameletFlags` raw values, so that
/// bit 3 is a hot pixel, bit 4 a particle hit and 0 a good sample.
enum FlagFile {
  static let folder = "flags"

  /// Path in the run folder.
  static func path(image: String) -> String { "\(folder)/\(image)-flags.png" }

  /// - Returns: the file's record, whose name is its path in the run folder.
  static func write(
    _ image: CalibratedImage, id: String, to run: URL, overwrite: Bool, jobs: Int
  ) throws -> FileRecord {
    var samples: [UInt8] = []
    samples.reserveCapacity(
      image.frames.frameCount * image.frames.filters.count * FrameletShape.rows
        * FrameletShape.columns)
    for frame in image.frames.frames {
      for framelet in frame { samples += framelet.flags.samples }
    }
    let raster = try RasterImage(
      width: FrameletShape.columns, height: samples.count / FrameletShape.columns, channels: 1,
      samples: .u8(samples))
    let url = run.appendingPathComponent(path(image: id))
    try PNGWriter.write(
      raster, to: url,
      options: PNGOptions(colourSpace: .unspecified, jobs: jobs, overwrite: overwrite))
    var record = try FileRecord(hashing: url)
    record.name = path(image: id)
    return record
  }
}
