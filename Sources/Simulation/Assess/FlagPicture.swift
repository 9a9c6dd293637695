import Foundation
import ImageFormats
import JunoCam
import Products

/// What a run knew against the samples of one image, as its folder `flags` tells it.
struct FlagPicture: Sendable {
  private let samples: [UInt8]
  private let filters: [Filter]
  let frames: Int

  /// - Parameter samples: `FrameletFlags` raw values, laid out as the raw file.
  init(samples: [UInt8], filters: [Filter]) {
    self.samples = samples
    self.filters = filters
    frames = samples.count / (Self.frameletSize * max(filters.count, 1))
  }

  /// Nil where the run wrote no such picture.
  ///
  /// - Throws: `ImageFormatError`, `SimulationError.notRead`.
  init?(_ record: ImageRecord, in run: URL) throws {
    guard let file = record.flags else { return nil }
    let url = run.appendingPathComponent(file.name)
    let image = try PNGReader.image(at: url)
    guard case .u8(let samples) = image.samples, image.channels == 1,
      image.width == FrameletShape.columns
    else {
      throw SimulationError.notRead(
        path: url.path, reason: "it is no 8-bit grey picture of \(FrameletShape.columns) samples")
    }
    self.init(samples: samples, filters: record.filters.compactMap(Filter.init(rawValue:)))
  }

  static let frameletSize = FrameletShape.rows * FrameletShape.columns

  /// Flags of one framelet, row by row; empty where there is none.
  func framelet(_ frame: Int, _ filter: Filter) -> ArraySlice<UInt8> {
    guard let place = filters.firstIndex(of: filter), (0..<frames).contains(frame) else {
      return []
    }
    let start = (frame * filters.count + place) * Self.frameletSize
    return samples[start..<start + Self.frameletSize]
  }
}
