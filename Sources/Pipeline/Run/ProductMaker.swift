import Foundation
import ImageFormats
import JunoCam
import Mapping
import Photometry
import Products
import Raster

/// Turns warped bands into product files: measurements at once, pictures when the run's tone is
/// known.
struct ProductMaker: Sendable {
  var specification: PipelineSpecification
  var writer: ProductWriter
  var store: PlaneStore
  var report: RunReporter

  var scale: LinearScale { LinearScale(highest: specification.highestIOverF) }

  /// Writes the measurements of one entry of the pipeline file and puts its pictures' codes away.
  ///
  /// - Parameters:
  ///   - result: the bands on the grid.
  ///   - errors: of the bands, and `backplanes`: how the grid is seen, where the entry asks for them.
  ///   - images: product ids of the images in it.
  ///   - stem: path without the parts that filters and formats add.
  ///   - look: gathers what the run's pictures have in common.
  func make(
    _ product: ProductSpecification, from result: WarpResult, errors: WarpErrors?,
    backplanes: Backplanes?, grid: OutputGrid, images: [String], stem: String, title: String,
    text: String, content: ContentRecord,
    photometry: [String: PhotometryRecord]?, look: inout LookStatistics
  ) throws -> [PendingProduct] {
    let pictures = product.formats.filter { !$0.isMeasurement }
    return try RasterGroup.groups(result.bands.map(\.filter)).enumerated().map { place, group in
      let description = ProductDescription(
        stem: stem + group.suffix, title: title, text: text, kind: product.kind.key,
        name: product.name, images: images, projection: grid.projection,
        geoReference: grid.geoReference, content: content,
        width: result.width, height: result.height, bands: group.filters.map(\.rawValue),
        photometry: try photometry.map { try JSONValue(encoding: $0) })
      let codes = scale.codes(group.planes(result))
      var pending = PendingProduct(
        description: description, measurements: [], pictures: pictures, slot: nil)
      for format in product.formats where format.isMeasurement {
        try Task.checkCancellation()
        let record = try writer.write(codes, scale: scale, as: format, description)
        report(.wrote(path: record.path, bytes: record.bytes))
        pending.measurements.append(record)
      }
      pending.backplanes = try write(
        product, beside: description, group: group, isFirst: place == 0, errors: errors,
        backplanes: backplanes)
      if !pictures.isEmpty {
        pending.slot = try store.keep(codes)
        // From the codes, as the picture itself will be.
        look.add(BandImage(codes: codes, scale: scale, description))
      }
      return pending
    }
  }

  /// Writes what lies beside a product: planes of each filter with its group, the others once.
  private func write(
    _ product: ProductSpecification, beside description: ProductDescription, group: RasterGroup,
    isFirst: Bool, errors: WarpErrors?, backplanes: Backplanes?
  ) throws -> [ProductRecord] {
    let sheets = BackplaneSheets(errors: errors, backplanes: backplanes, filters: group.filters)
    return try product.backplanes.filter { isFirst || $0.isPerBand }.flatMap {
      kind -> [ProductRecord] in
      guard let codes = sheets.codes(kind) else { return [] }
      let sheet = description.backplane(
        kind, bands: kind.isPerBand ? description.bands : [kind.rawValue])
      return try product.formats.filter(\.isMeasurement).map { format in
        try Task.checkCancellation()
        let record = try writer.write(codes, scale: kind.scale, as: format, sheet)
        report(.wrote(path: record.path, bytes: record.bytes))
        return record
      }
    }
  }

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
    let pictures = try writer.write(
      picture: try store.codes(slot), scale: scale, recipe: recipe, as: pending.pictures,
      pending.description)
    for record in pictures { report(.wrote(path: record.path, bytes: record.bytes)) }
    let order = ProductFormat.allCases.map(\.rawValue)
    return (pending.measurements + pictures).sorted {
      (order.firstIndex(of: $0.format) ?? 0) < (order.firstIndex(of: $1.format) ?? 0)
    } + pending.backplanes
  }
}
