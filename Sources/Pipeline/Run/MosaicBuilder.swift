import Cartography
import JunoCam
import Mapping
import Photometry
import Products
import SpaceMath

/// Blends images into the mosaics of a run as they come.
struct MosaicBuilder: Sendable {
  private let specification: PipelineSpecification
  private var mosaics: [Int: Building] = [:]

  private struct Building: Sendable {
    var mosaic: Mosaic
    var grid: OutputGrid
    var images: [ImageRecord] = []
    var photometry: [String: PhotometryRecord] = [:]
    var statistics = ContentStatistics()
  }

  /// - Parameters:
  ///   - images: all images of the run: they decide which filters a mosaic has.
  init(
    _ specification: PipelineSpecification, images: [LocatedImage], body: MapBody,
    radii: Vector3
  ) {
    self.specification = specification
    let filters = Self.filters(images)
    for (place, product) in specification.products.enumerated() {
      guard case .mosaic(let map) = product.kind else { continue }
      let grid = OutputGrid(map: map, body: body, radii: radii)
      mosaics[place] = Building(
        mosaic: Mosaic(
          width: grid.surface.width, height: grid.surface.height, filters: filters,
          options: specification.mosaic.options),
        grid: grid)
    }
  }

  /// Red, green and blue if any image has them, else what the first image has.
  private static func filters(_ images: [LocatedImage]) -> [Filter] {
    let colours: [Filter] = [.red, .green, .blue]
    let hasColour = images.contains { image in
      colours.allSatisfy(image.label.filters.contains)
    }
    return hasColour ? colours : images.first?.label.filters ?? []
  }

  /// Takes the parts of one image; an image that lacks a filter of a mosaic stays out of it.
  mutating func add(_ outcome: ImageWorker.Outcome) {
    for (place, part) in outcome.parts {
      guard var building = mosaics[place],
        building.mosaic.filters.allSatisfy({ part.result[$0] != nil })
      else { continue }
      // Out of the dictionary while it changes, so that its planes are not copied.
      mosaics[place] = nil
      building.mosaic.add(
        part.result, backplanes: part.backplanes, wraps: building.grid.wraps,
        errors: part.errors, trust: part.trust)
      building.photometry[outcome.record.id] = part.photometry
      building.images.append(outcome.record)
      building.statistics.widen(by: part.statistics)
      mosaics[place] = building
    }
  }

  /// Writes the measurements of a mosaic; nothing if no image went into it.
  mutating func finish(
    _ place: Int, _ product: ProductSpecification, maker: ProductMaker,
    look: inout LookStatistics
  ) throws -> [PendingProduct] {
    guard let building = mosaics.removeValue(forKey: place), !building.images.isEmpty else {
      return []
    }
    let result = building.mosaic.result()
    var statistics = ContentStatistics(
      planes: result.bands.map(\.values), backplanes: nil, latitudes: building.grid.latitudes)
    statistics.widen(by: building.statistics)
    return try maker.make(
      product, from: result, errors: building.mosaic.errors(), backplanes: nil,
      grid: building.grid, images: building.images.map(\.id),
      stem: ProductNames.stem(product, image: nil),
      title: ProductNames.title(product, specification, image: nil),
      text: ProductNames.text(specification, images: building.images),
      content: statistics.record,
      photometry: building.photometry.isEmpty ? nil : building.photometry, look: &look)
  }
}
