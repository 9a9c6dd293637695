import JunoCam
import Mapping
import Photometry
import Products
import Raster

/// The files of one entry of the pipeline file while their grid is filled band by band: measurements
/// are written at once, pictures' codes are put away until the run's tone is known.
final class ProductSheets {
  /// What goes into one file, and beside it.
  private struct Sheet {
    var group: RasterGroup
    var description: ProductDescription
    var files: [MeasurementFile]
    var backplanes: [[MeasurementFile]]
    var slot: PlaneStore.Slot?
    var noise: PlaneStore.Slot?
  }

  private let product: ProductSpecification
  private let maker: ProductMaker
  private let sheets: [Sheet]

  /// - Parameters:
  ///   - filters: of the bands that will come.
  ///   - images: product ids of the images in it.
  ///   - stem: path without the parts that filters and formats add.
  ///   - ceilings: I/F at which the detector was full, where that is one number for each filter.
  /// - Throws: `ImageFormatError`.
  init(
    _ product: ProductSpecification, maker: ProductMaker, grid: OutputGrid, filters: [Filter],
    images: [String], stem: String, title: String, text: String, ceilings: [Filter: Float] = [:]
  ) throws {
    self.product = product
    self.maker = maker
    let measurements = product.formats.filter(\.isMeasurement)
    let hasPictures = measurements.count < product.formats.count
    let (width, height) = (grid.surface.width, grid.surface.height)
    sheets = try RasterGroup.groups(filters, pictures: hasPictures).enumerated().map {
      place, group in
      var description = ProductDescription(
        stem: stem + group.suffix, title: title, text: text, kind: product.kind.key,
        name: product.name, images: images, projection: grid.projection,
        geoReference: grid.geoReference, content: nil, width: width, height: height,
        bands: group.filters.map(\.rawValue))
      if product.photometry == .lit, group.filters.count == 3, let red = ceilings[.red],
        let green = ceilings[.green], let blue = ceilings[.blue]
      {
        description.ceilings = SIMD3(red, green, blue)
      }
      return Sheet(
        group: group, description: description,
        files: try (group.isPicture ? [] : measurements).map {
          try MeasurementFile(maker.writer, scale: maker.scale, as: $0, description)
        },
        backplanes: try Self.backplanes(product, group, place: place).map { kind in
          let sheet = description.backplane(
            kind, bands: kind.isPerBand ? description.bands : [kind.rawValue])
          return try measurements.map {
            try MeasurementFile(maker.writer, scale: kind.scale, as: $0, sheet)
          }
        },
        slot: hasPictures ? try maker.store.reserve(width * height * group.filters.count) : nil,
        noise: hasPictures && product.calmsColours(group)
          ? try maker.store.reserve(width * height) : nil)
    }
  }

  /// A band of lines as the files take it; several threads may make such at once.
  struct Codes: Sendable {
    fileprivate struct Group {
      var codes: [UInt16]
      /// By the place of the backplane; nil where nobody worked it out.
      var backplanes: [[UInt16]?]
      /// Of the pixels' noise, where pictures want it.
      var noise: [UInt16]?
    }

    fileprivate var groups: [Group] = []
    /// What the run's pictures have in common.
    fileprivate var look: LookStatistics

    init(_ product: ProductSpecification, _ band: GridBand, maker: ProductMaker) {
      let specification = maker.specification
      look = specification.colour.look(target: specification.target)
      let hasPictures = product.formats.contains { !$0.isMeasurement }
      for (place, group) in RasterGroup.groups(
        band.result.bands.map(\.filter), pictures: hasPictures
      ).enumerated() {
        let codes = maker.scale.codes(group.planes(band.result))
        let planes = BackplaneSheets(
          errors: band.errors, backplanes: band.backplanes, filters: group.filters)
        groups.append(
          Group(
            codes: codes,
            backplanes: ProductSheets.backplanes(product, group, place: place).map(planes.codes),
            noise: hasPictures && product.calmsColours(group) ? planes.noise : nil))
        if hasPictures, codes.contains(where: { $0 != 0 }) {
          // From the codes, as the picture itself will be.
          look.add(
            BandImage(
              codes: codes, scale: maker.scale, bands: group.filters.map(\.rawValue),
              width: band.result.width))
        }
      }
    }
  }

  /// Planes of each filter lie beside its group, the others once.
  private static func backplanes(
    _ product: ProductSpecification, _ group: RasterGroup, place: Int
  ) -> [BackplaneKind] {
    group.isPicture ? [] : product.backplanes.filter { place == 0 || $0.isPerBand }
  }

  /// Appends the next band of lines.
  ///
  /// - Parameter look: gathers what the run's pictures have in common.
  func append(_ band: Codes, lines: Range<Int>, look: inout LookStatistics) throws {
    look.merge(band.look)
    for (sheet, group) in zip(sheets, band.groups) {
      try Task.checkCancellation()
      for file in sheet.files { try file.append(group.codes) }
      for (files, codes) in zip(sheet.backplanes, group.backplanes) {
        guard let codes else { continue }
        for file in files { try file.append(codes) }
      }
      if let slot = sheet.slot {
        let step = sheet.description.width * sheet.group.filters.count
        try maker.store.keep(
          group.codes, in: slot, at: lines.lowerBound * step, lineCount: step)
      }
      if let slot = sheet.noise, let noise = group.noise {
        let width = sheet.description.width
        try maker.store.keep(noise, in: slot, at: lines.lowerBound * width, lineCount: width)
      }
    }
  }

  /// Completes the measurements.
  ///
  /// - Parameters:
  ///   - content: what the whole grid holds.
  ///   - photometry: by image, the light that the ground is shown in.
  func finish(content: ContentRecord, photometry: [String: PhotometryRecord]?) throws
    -> [PendingProduct]
  {
    let light = try photometry.map { try JSONValue(encoding: $0) }
    func finished(_ file: MeasurementFile) throws -> ProductRecord {
      try Task.checkCancellation()
      var record = try file.finish()
      record.content = content
      record.photometry = light
      maker.report(.wrote(path: record.path, bytes: record.bytes))
      return record
    }
    return try sheets.map { sheet in
      var description = sheet.description
      description.content = content
      description.photometry = light
      return PendingProduct(
        description: description, measurements: try sheet.files.map(finished),
        backplanes: try sheet.backplanes.joined().map(finished),
        pictures: product.formats.filter { !$0.isMeasurement }, slot: sheet.slot,
        noise: sheet.noise)
    }
  }
}

extension ProductSpecification {
  /// Whether pictures of a group of bands have their colour noise held down: where dim ground is shown as
  /// bright as the day.
  func calmsColours(_ group: RasterGroup) -> Bool {
    photometry == .twoLights && group.filters.count == 3
  }
}
