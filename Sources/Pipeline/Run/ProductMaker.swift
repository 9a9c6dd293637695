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
      writer, scale: scale, noiseScale: pending.noise == nil ? nil : BackplaneKind.sigma.scale,
      recipe: recipe, as: pending.pictures, description)
    try fill(picture, slot, noise: pending.noise, description)
    let pictures = try picture.finish()
    for record in pictures { report(.wrote(path: record.path, bytes: record.bytes)) }
    let order = ProductFormat.allCases.map(\.rawValue)
    return (pending.measurements + pictures).sorted {
      (order.firstIndex(of: $0.format) ?? 0) < (order.firstIndex(of: $1.format) ?? 0)
    } + pending.backplanes
  }

  /// Bands are painted by several threads at once and appended in their order.
  private func fill(
    _ picture: PictureFile, _ slot: PlaneStore.Slot, noise: PlaneStore.Slot?,
    _ description: ProductDescription
  ) throws {
    let painter = picture.painter
    let lines = painter.lines(about: LineBands.standard.lines(width: description.width))
    let step = description.width * description.bands.count
    let count = (description.height + lines - 1) / lines
    let jobs = count > 1 ? 1 : writer.jobs
    try Turnstile.inOrder(count: count, jobs: writer.jobs) { index in
      let first = index * lines
      let last = min(first + lines, description.height)
      let needed = painter.needed(for: first..<last)
      func codes(_ slot: PlaneStore.Slot, _ step: Int) throws -> [UInt16] {
        try store.codes(slot, needed.lowerBound * step..<needed.upperBound * step)
      }
      return try painter.band(
        codes(slot, step), noise: noise.map { try codes($0, description.width) } ?? [],
        lines: first..<last, jobs: jobs)
    } take: { _, band in
      try picture.append(band)
    }
  }
}
