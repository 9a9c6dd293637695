import Cartography
import Foundation
import JunoCam
import Mapping
import Photometry
import Products
import Raster
import SpaceMath

/// Blends images into the mosaics of a run as they come. Sums are on disk, so that a map of any size
/// and any number of images need the memory of a few lines.
struct MosaicBuilder: Sendable {
  private let specification: PipelineSpecification
  private let jobs: Int
  private var mosaics: [Int: Building] = [:]

  private struct Building: Sendable {
    let mosaic: Mosaic
    let grid: OutputGrid
    let bands: [Range<Int>]
    let sums: ScratchFile
    /// Lines whose sums have begun.
    var begun: [Bool]
    var images: [ImageRecord] = []
    var photometry: [String: PhotometryRecord] = [:]
    var statistics = ContentStatistics()
  }

  /// - Parameters:
  ///   - images: all images of the run: they decide which filters a mosaic has.
  ///   - folder: where sums may be put away.
  ///   - jobs: most threads to use at once.
  /// - Throws: `PipelineError.outputUnwritable`.
  init(
    _ specification: PipelineSpecification, images: [LocatedImage], body: MapBody,
    radii: Vector3, bands: LineBands, folder: URL, jobs: Int
  ) throws {
    self.specification = specification
    self.jobs = jobs
    let filters = Self.filters(images)
    for (place, product) in specification.products.enumerated() {
      guard case .mosaic(let map) = product.kind else { continue }
      let grid = OutputGrid(map: map, body: body, radii: radii)
      mosaics[place] = Building(
        mosaic: Mosaic(
          width: grid.surface.width, filters: filters,
          hasErrors: specification.wantsErrors(product.kind), wraps: grid.wraps,
          options: specification.mosaic.options),
        grid: grid, bands: bands.of(grid), sums: try ScratchFile(in: folder),
        begun: Array(repeating: false, count: grid.surface.height))
    }
  }

  /// Mosaics by the place of their entry in the pipeline file.
  var rules: [Int: Mosaic] { mosaics.mapValues(\.mosaic) }

  /// Red, green and blue if any image has them, else what the first image has.
  private static func filters(_ images: [LocatedImage]) -> [Filter] {
    let colours: [Filter] = [.red, .green, .blue]
    let hasColour = images.contains { image in
      colours.allSatisfy(image.label.filters.contains)
    }
    return hasColour ? colours : images.first?.label.filters ?? []
  }

  /// Takes the parts of one image.
  mutating func add(_ outcome: ImageWorker.Outcome) throws {
    for (place, part) in outcome.parts {
      guard let building = mosaics[place] else { continue }
      let step = building.mosaic.lineCount
      try Parallel.tryForEach(count: building.bands.count, jobs: jobs) { index in
        var lines = [Float](repeating: 0, count: step)
        var sums = lines
        for line in building.bands[index] where part.covered[line] {
          try lines.withUnsafeMutableBufferPointer { lines in
            try sums.withUnsafeMutableBufferPointer { sums in
              try part.read(line, into: lines)
              if building.begun[line] {
                try building.sums.read(into: sums, at: line * step)
              } else {
                sums.update(repeating: 0)
              }
              building.mosaic.add(lines.baseAddress!, to: sums.baseAddress!, lines: 1)
              try building.sums.write(.init(sums), at: line * step)
            }
          }
        }
      }
      for line in part.covered.indices where part.covered[line] {
        mosaics[place]?.begun[line] = true
      }
      mosaics[place]?.photometry[outcome.record.id] = part.photometry
      mosaics[place]?.images.append(outcome.record)
      mosaics[place]?.statistics.widen(by: part.statistics)
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
    let mosaic = building.mosaic
    let sheets = try ProductSheets(
      product, maker: maker, grid: building.grid, filters: mosaic.filters,
      images: building.images.map(\.id), stem: ProductNames.stem(product, image: nil),
      title: ProductNames.title(product, specification, image: nil),
      text: ProductNames.text(specification, images: building.images))
    var statistics = ContentStatistics()
    for lines in building.bands {
      try Task.checkCancellation()
      let step = mosaic.lineCount
      var sums = [Float](repeating: 0, count: lines.count * step)
      try sums.withUnsafeMutableBufferPointer { sums in
        for line in lines where building.begun[line] {
          let start = (line - lines.lowerBound) * step
          try building.sums.read(
            into: .init(rebasing: sums[start..<start + step]), at: line * step)
        }
      }
      let result = mosaic.result(sums)
      statistics.add(
        ContentStatistics.Part(result.bands.map(\.values), backplanes: nil),
        latitudes: building.grid.latitudes.map { Array($0[lines]) })
      let band = GridBand(
        lines: lines, result: result, backplanes: nil, errors: mosaic.errors(sums))
      try sheets.append(
        ProductSheets.Codes(product, band, maker: maker), lines: lines, look: &look)
    }
    statistics.widen(by: building.statistics)
    return try sheets.finish(
      content: statistics.record,
      photometry: building.photometry.isEmpty ? nil : building.photometry)
  }
}
