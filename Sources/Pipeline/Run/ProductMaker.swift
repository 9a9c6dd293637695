import Foundation
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
  ///   - images: product ids of the images in it.
  ///   - stem: path without the parts that filters and formats add.
  ///   - look: gathers what the run's pictures have in common.
  func make(
    _ product: ProductSpecification, from result: WarpResult, grid: OutputGrid,
    images: [String], stem: String, title: String, text: String, content: ContentRecord,
    look: inout LookStatistics
  ) throws -> [PendingProduct] {
    let pictures = product.formats.filter { !$0.isMeasurement }
    return try RasterGroup.groups(result.bands.map(\.filter)).map { group in
      let description = ProductDescription(
        stem: stem + group.suffix, title: title, text: text, kind: product.kind.key,
        name: product.name, images: images, projection: grid.projection,
        geoReference: grid.geoReference, content: content,
        width: result.width, height: result.height, bands: group.filters.map(\.rawValue))
      let codes = scale.codes(group.planes(result))
      var pending = PendingProduct(
        description: description, measurements: [], pictures: pictures, slot: nil)
      for format in product.formats where format.isMeasurement {
        try Task.checkCancellation()
        let record = try writer.write(codes, scale: scale, as: format, description)
        report(.wrote(path: record.path, bytes: record.bytes))
        pending.measurements.append(record)
      }
      if !pictures.isEmpty {
        pending.slot = try store.keep(codes)
        // From the codes, as the picture itself will be.
        look.add(BandImage(codes: codes, scale: scale, description))
      }
      return pending
    }
  }

  /// Makes the pictures of a product; all its records, in the order of the formats.
  func finish(_ pending: PendingProduct, recipe: CompositeRecipe) throws -> [ProductRecord] {
    guard let slot = pending.slot else { return pending.measurements }
    let pictures = try writer.write(
      picture: try store.codes(slot), scale: scale, recipe: recipe, as: pending.pictures,
      pending.description)
    for record in pictures { report(.wrote(path: record.path, bytes: record.bytes)) }
    let order = ProductFormat.allCases.map(\.rawValue)
    return (pending.measurements + pictures).sorted {
      (order.firstIndex(of: $0.format) ?? 0) < (order.firstIndex(of: $1.format) ?? 0)
    }
  }
}
