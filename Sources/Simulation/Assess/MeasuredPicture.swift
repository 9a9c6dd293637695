import Foundation
import ImageFormats
import Products
import Raster

/// I/F of a measurement as it was written, not a number where it has no data.
struct MeasuredPicture: Sendable {
  /// In the order BLUE, GREEN, RED; nil where the product lacks the band.
  var bands: [Plane<Float>?]

  init(bands: [Plane<Float>?]) { self.bands = bands }

  /// - Throws: `ImageFormatError`.
  init(_ record: ProductRecord, in folder: URL) throws {
    let image = try PNGReader.image(at: folder.appendingPathComponent(record.path))
    let scale = Float(record.scale ?? 1)
    let offset = Float(record.offset ?? 0)
    let noData = Float(record.noData ?? 0)
    let names = [["BLUE", "B"], ["GREEN", "G"], ["RED", "R"]]
    bands = names.map { choices in
      guard let channel = record.bands.firstIndex(where: { choices.contains($0.uppercased()) }),
        channel < image.channels
      else { return nil }
      return Plane(
        width: image.width, height: image.height,
        samples: image.plane(channel).map { $0 == noData ? .nan : offset + scale * $0 })
    }
  }
}
