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
    let url = run.appendingPathComponent(path(image: id))
    try write(image, to: url, overwrite: overwrite, jobs: jobs)
    var record = try FileRecord(hashing: url)
    record.name = path(image: id)
    return record
  }

  /// Writes the picture alone.
  static func write(_ image: CalibratedImage, to url: URL, overwrite: Bool, jobs: Int) throws {
    let frames = image.frames.frames
    let writer = try PNGWriter(
      to: url, width: FrameletShape.columns,
      height: frames.count * image.frames.filters.count * FrameletShape.rows, channels: 1,
      type: .u8,
      options: PNGOptions(colourSpace: .unspecified, jobs: jobs, overwrite: overwrite))
    for framelet in frames.joined() { try writer.append(framelet.flags.samples) }
    try writer.finish()
  }
}
