import Foundation
import JunoCam
import Mapping
import Photometry
import Products
import Raster
import Registration
import SpaceMath
import ViewGeometry

/// One image's unrolled limb, its plumes and its files.
struct LimbMaker {
  private let image: LimbImage
  private let search: PlumeFinder.Search
  private let poses: [Pose]
  private let grid: OutputGrid

  /// - Parameters:
  ///   - errors: of the source's samples; without them (nil) every error is taken for 0.
  init(
    specification: LimbSpecification, source: ImageSource, options: WarpOptions,
    errors: SampleErrors?, jobs: Int
  ) {
    let pose = source.middlePose
    let limb = LimbGrid(
      pose: pose, focalLength: source.bands[0].camera.focalLength,
      altitudes: specification.altitudes[0]...specification.altitudes[1],
      kilometresPerPixel: specification.kilometresPerPixel)
    let places = source.bands.map { errors?.place($0.filter) }
    let warper = LimbWarper(source: source, options: options) { value, band, frame in
      guard let errors, let place = places[band] else { return 0 }
      return errors.sigma(value, place: place, frame: frame)
    }
    // The search needs some ground below the limb, whatever part of it the product shows.
    let below = Int(Double(limb.height) - limb.line(altitude: 0))
    let whole = warper.warp(
      onto: limb.extended(lines: max(PlumeFinder.wantedGround - below, 0)), jobs: jobs)
    image = whole.cropped(to: limb)
    poses = source.poses
    grid = OutputGrid(limb: limb, pose: pose)
    var finder = PlumeFinder()
    finder.leastLines = specification.leastPlume
    finder.threshold = specification.threshold
    search = finder.search(whole)
  }

  /// Paths of the tables of a product.
  static func tables(stem: String) -> [String] { [stem + "-columns.csv", stem + "-plumes.json"] }

  /// Writes all files of an entry of the pipeline file.
  func write(_ product: ProductSpecification, image record: ImageRecord, maker: ProductMaker) throws
    -> [PendingProduct]
  {
    let stem = ProductNames.stem(product, image: record.id)
    var limb = self.record
    let paths = Self.tables(stem: stem)
    limb.tables = [
      try maker.writer.write(table: Array(columns.utf8), path: paths[0]),
      try maker.writer.write(
        table: try CanonicalJSON.bytes(limb.plumes, pretty: true), path: paths[1]),
    ]
    for table in limb.tables { maker.report(.wrote(path: table.name, bytes: table.bytes)) }
    return try RasterGroup.groups(image.bands.map(\.filter)).map { group in
      try Task.checkCancellation()
      let description = description(product, stem: stem + group.suffix, group, record, maker)
      var records = try files(product, group, description, maker)
      for index in records.indices {
        records[index].limb = limb
        maker.report(.wrote(path: records[index].path, bytes: records[index].bytes))
      }
      return PendingProduct(
        description: description, measurements: records, pictures: [], slot: nil)
    }
  }

  private func description(
    _ product: ProductSpecification, stem: String, _ group: RasterGroup, _ record: ImageRecord,
    _ maker: ProductMaker
  ) -> ProductDescription {
    let planes = group.filters.compactMap { filter in
      image.bands.first { $0.filter == filter }?.values
    }
    let content = ContentStatistics(planes: planes, backplanes: nil, latitudes: nil)
    return ProductDescription(
      stem: stem, title: ProductNames.title(product, maker.specification, image: record),
      text: ProductNames.text(maker.specification, images: [record]), kind: product.kind.key,
      name: product.name, images: [record.id], projection: grid.projection,
      content: content.record, width: image.grid.width, height: image.grid.height,
      bands: group.filters.map(\.rawValue))
  }

  /// Measurements with their errors, then pictures, in the order of the formats.
  private func files(
    _ product: ProductSpecification, _ group: RasterGroup, _ description: ProductDescription,
    _ maker: ProductMaker
  ) throws -> [ProductRecord] {
    let bands = group.filters.compactMap { filter in image.bands.first { $0.filter == filter } }
    let scale = maker.scale
    let codes = scale.codes(bands.map(\.values))
    var records: [ProductRecord] = []
    for format in product.formats where format.isMeasurement {
      records.append(try maker.writer.write(codes, scale: scale, as: format, description))
      let sheet = description.backplane(.sigma, bands: description.bands)
      let scale = BackplaneKind.sigma.scale
      records.append(
        try maker.writer.write(scale.codes(bands.map(\.sigma)), scale: scale, as: format, sheet))
    }
    let pictures = product.formats.filter { !$0.isMeasurement }
    guard !pictures.isEmpty else { return records }
    let sky = Int(image.grid.line(altitude: image.grid.altitudes.upperBound / 2))
    let stretch = LimbStretch(fitting: bands.map(\.values), skyLines: sky)
    return records
      + (try maker.writer.write(
        limb: codes, scale: scale, stretch: stretch, as: pictures, description))
  }

  // MARK: - What was found

  private var record: LimbRecord {
    let scale = image.grid.kilometresPerLine
    return LimbRecord(
      plumes: search.plumes.map(plume), edgeColumns: search.edge.columns,
      edgeOffsetKm: search.edge.coefficients.map { Decimals.rounded($0 * scale, 3) },
      edgeRMSKm: Decimals.rounded(search.edge.rms * scale, 3))
  }

  private func plume(_ plume: LimbPlume) -> PlumeRecord {
    let foot = limbPoint(sample: plume.sample)
    return PlumeRecord(
      positionAngle: Decimals.rounded(plume.positionAngle, 2),
      latitude: Decimals.rounded(Angle.degrees(foot?.latitude ?? 0), 2),
      longitude: Decimals.rounded(Angle.degrees(foot?.longitude ?? 0), 2),
      heightKm: Decimals.rounded(plume.heightKm, 1),
      heightSigmaKm: Decimals.rounded(plume.heightSigmaKm, 1),
      widthDegrees: Decimals.rounded(plume.widthDegrees, 2),
      peakAltitudeKm: Decimals.rounded(plume.peakAltitudeKm, 1),
      peak: Dictionary(
        uniqueKeysWithValues: plume.peak.map { ($0.key.rawValue, Decimals.rounded($0.value, 6)) }),
      peakSignificance: Decimals.rounded(plume.peakSignificance, 1),
      significance: Decimals.rounded(plume.significance, 1))
  }

  /// The limb point that the frames of a column saw.
  private func limbPoint(sample: Double) -> Vector3? {
    let column = min(max(Int(sample), 0), image.grid.width - 1)
    return pose(of: column).flatMap { pose in
      image.grid.seen(from: -(pose.bodyFromJ2000 * pose.targetPosition)).limbPoint(sample: sample)
    }
  }

  private func pose(of column: Int) -> Pose? {
    image.frames[column].map { poses[min(max(Int($0.rounded()), 0), poses.count - 1)] }
  }

  /// One line for each column that was seen: the ground below, and how the Sun stands there.
  private var columns: String {
    var text =
      "sample,position_angle,latitude,longitude_east,longitude_west,frame,incidence,limb_offset_km\n"
    let ellipsoid = TriaxialEllipsoid(radii: image.grid.radii)
    for column in 0..<image.grid.width {
      let sample = Double(column) + 0.5
      guard let pose = pose(of: column), let point = limbPoint(sample: sample),
        let frame = image.frames[column]
      else { continue }
      let east = Decimals.rounded(Angle.degrees(point.longitude), 3)
      let incidence = ellipsoid.normal(at: point).angle(to: pose.sunPosition - point)
      let offset = search.edge.offset(column: column) * image.grid.kilometresPerLine
      let numbers = [
        FixedNumber.text(image.grid.positionAngle(sample: sample), 3),
        FixedNumber.text(Angle.degrees(point.latitude), 3), FixedNumber.text(east, 3),
        FixedNumber.text(east == 0 ? 0 : 360 - east, 3), FixedNumber.text(frame, 2),
        FixedNumber.text(Angle.degrees(incidence), 2), FixedNumber.text(offset, 2),
      ]
      text += "\(column)," + numbers.joined(separator: ",") + "\n"
    }
    return text
  }
}
