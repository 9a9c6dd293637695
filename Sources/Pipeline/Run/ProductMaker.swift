import Foundation
import ImageFormats
import Photometry
import Products

/// What the makers of product files share, and the pictures, which wait until the run's tone is known.
struct ProductMaker: Sendable {
  var specification: PipelineSpecification
  var writer: ProductWriter
  var store: PlaneStore
  var report: RunReporter

  /// The same with another number of threads for a file.
  func using(jobs: Int) -> ProductMaker {
    var maker = self
    maker.writer.jobs = jobs
    return maker
  }

  var scale: LinearScale { LinearScale(highest: specification.highestIOverF) }

  /// Writes the picture of an image's fit; its path in the run folder.
  func write(fitPicture svg: String, image id: String) throws -> String {
    let path = ProductNames.fitPicture(image: id)
    let bytes = Array(svg.utf8)
    try AtomicFile.write(
      bytes, to: writer.folder.appendingPathComponent(path), overwrite: writer.overwrite)
    report(.wrote(path: path, bytes: bytes.count))
    return path
  }

  /// Makes the pictures of a product; all its records, in the order of the formats.
  func finish(_ pending: PendingProduct, recipe: CompositeRecipe) throws -> [ProductRecord] {
    guard let slot = pending.slot else { return pending.measurements + pending.backplanes }
    let description = pending.description
    let picture = try PictureFile(
      writer, scale: scale, recipe: recipe, as: pending.pictures, description)
    let width = description.width
    let lines =
      PictureFile.needsWhole(recipe) ? description.height : LineBands.standard.lines(width: width)
    for first in stride(from: 0, to: description.height, by: lines) {
      try Task.checkCancellation()
      let last = min(first + lines, description.height)
      let step = width * description.bands.count
      try picture.append(try store.codes(slot, first * step..<last * step))
    }
    let pictures = try picture.finish()
    for record in pictures { report(.wrote(path: record.path, bytes: record.bytes)) }
    let order = ProductFormat.allCases.map(\.rawValue)
    return (pending.measurements + pictures).sorted {
      (order.firstIndex(of: $0.format) ?? 0) < (order.firstIndex(of: $1.format) ?? 0)
    } + pending.backplanes
  }
}
