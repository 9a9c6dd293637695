import Products

extension GalleryPage {
  /// The unrolled limb of an image with its plumes.
  ///
  /// - Parameter groups: the image's products, those of one entry together.
  func limb(_ groups: [[ProductRecord]], of image: ImageRecord) -> PageModel.Limb? {
    let limbs = groups.filter { $0.first?.kind == "limb" }
    guard
      let products = limbs.first(where: { $0.contains(where: isPicture) }) ?? limbs.first,
      let first = products.first, let record = first.limb
    else { return nil }
    let body = PageText.bodyName(manifest.target)
    let altitudes = first.projection.altitudesKm ?? []
    let range =
      altitudes.count == 2
      ? " from \(PageText.fixed(altitudes[1], 0)) to \(PageText.fixed(altitudes[0], 0)) km" : ""
    let scale = first.projection.kilometresPerPixel.map { ", \(PageText.short($0)) km per pixel" }
    let found =
      record.plumes.isEmpty
      ? "No plume stands out of the noise."
      : record.plumes.count == 1
        ? "One plume was found." : "\(record.plumes.count) plumes were found."
    return PageModel.Limb(
      picture: picture(of: products, alt: "The limb of \(body) in \(image.id), unrolled."),
      caption: "The limb unrolled: altitude\(range)\(scale ?? ""), against position angle from the "
        + "projected north pole, counter-clockwise as seen. Faint light is brightened. \(found)",
      files: files(limbs.flatMap { $0 }),
      tables: record.tables.map { table in
        PageModel.File(
          label: table.name.hasSuffix(".csv") ? "Columns, CSV" : "Plumes, JSON",
          path: Self.link(table.name), size: PageText.size(bytes: table.bytes),
          title: table.name.hasSuffix(".csv")
            ? "Ground below each column" : "The plumes as in the manifest")
      },
      ticks: (0...12).map { step in
        PageModel.Tick(
          text: "\(360 - 30 * step)°",
          position: PageText.percent(Double(step) / 12))
      },
      spots: record.plumes.enumerated().map { index, plume in
        PageModel.Spot(
          number: index + 1, left: PageText.percent(1 - plume.positionAngle / 360))
      },
      plumes: PageModel.Group(
        record.plumes.enumerated().map { row($1, number: $0 + 1) }))
  }

  private func row(_ plume: PlumeRecord, number: Int) -> PageModel.PlumeRow {
    let brightest = plume.peak.values.max() ?? 0
    return PageModel.PlumeRow(
      number: number, angle: "\(PageText.fixed(plume.positionAngle, 1))°",
      place: "\(PageText.latitude(plume.latitude)), \(PageText.longitudeWest(plume.longitude))",
      height: "\(PageText.fixed(plume.heightKm, 0)) ± \(PageText.fixed(plume.heightSigmaKm, 0)) km",
      peak: PageText.fixed(brightest, 4),
      significance: "\(PageText.fixed(plume.peakSignificance, 0)) σ")
  }
}
