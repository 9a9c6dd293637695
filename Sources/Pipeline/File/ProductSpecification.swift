import Products

/// One entry of the pipeline file's `products`.
public struct ProductSpecification: Hashable, Sendable {
  /// What is made.
  public enum Kind: Hashable, Sendable {
    /// One map for each image.
    case map(MapSpecification)
    /// One map of all images together, best resolution first.
    case mosaic(MapSpecification)
    /// One view from the craft for each image.
    case view(ViewSpecification)
    /// One unrolled limb for each image.
    case limb(LimbSpecification)

    /// The key in the pipeline file and the `kind` in the manifest.
    public var key: String {
      switch self {
      case .map: "map"
      case .mosaic: "mosaic"
      case .view: "view"
      case .limb: "limb"
      }
    }
  }

  public var kind: Kind
  public var formats: [ProductFormat]
  /// What is written beside it, in those of its formats that hold measurements.
  public var backplanes: [BackplaneKind] = []
  /// The light that it shows the ground in.
  public var photometry = PhotometryMode.lit
  /// Last part of the file names, unique in a run; the kind's key if the file does not say.
  public var name: String

  public init(kind: Kind, formats: [ProductFormat], name: String? = nil) {
    self.kind = kind
    self.formats = formats
    self.name = name ?? kind.key
  }

  init?(reading reader: MappingReader) {
    let map = reader.mapping("map").map { Kind.map(MapSpecification(reading: $0)) }
    let mosaic = reader.mapping("mosaic").map { Kind.mosaic(MapSpecification(reading: $0)) }
    let view = reader.mapping("view").map { Kind.view(ViewSpecification(reading: $0)) }
    let limb = reader.mapping("limb").map { Kind.limb(LimbSpecification(reading: $0)) }
    let kinds = [map, mosaic, view, limb].compactMap { $0 }
    let formats = reader.choices("formats", of: ProductFormat.self)
    let backplanes = reader.choices("backplanes", of: BackplaneKind.self) ?? []
    let photometry = reader.choice("photometry", of: PhotometryMode.self)
    let name = reader.string("name")
    reader.finish()
    guard kinds.count == 1, let kind = kinds.first else {
      let names = ["map", "mosaic", "view", "limb"]
      if kinds.count > 1 || reader.keys.allSatisfy({ !names.contains($0) }) {
        reader.collector.report(
          reader.place,
          "'\(reader.path)' must hold exactly one of 'map', 'mosaic', 'view' and 'limb'")
      }
      return nil
    }
    if formats?.isEmpty ?? !reader.keys.contains("formats") {
      reader.collector.report(
        reader.place,
        "'\(reader.path)' names no format; write for example `formats: [png16, png, jpeg]`")
    }
    if case .view = kind, formats?.contains(.geotiff) ?? false {
      reader.collector.report(
        reader.place(of: "formats"),
        "a view cannot be a geotiff: a point perspective has no GeoTIFF keys; make a map")
    }
    if !backplanes.isEmpty, let formats, !formats.contains(where: \.isMeasurement) {
      reader.collector.report(
        reader.place(of: "backplanes"),
        "backplanes are written in formats that hold measurements: add png16 or geotiff to "
          + "'\(reader.path).formats'")
    }
    if case .mosaic = kind, let odd = backplanes.first(where: { !$0.isPerBand }) {
      reader.collector.report(
        reader.place(of: "backplanes"),
        "a mosaic has no \(odd.rawValue) of its own, each image has; ask for it in a map")
    }
    if case .limb = kind, !backplanes.isEmpty || photometry != nil {
      reader.collector.report(
        reader.place(of: backplanes.isEmpty ? "photometry" : "backplanes"),
        "a limb has its sigma beside it and is shown as seen: leave out 'backplanes' and 'photometry'"
      )
    }
    if case .limb = kind, formats?.contains(.geotiff) ?? false {
      reader.collector.report(
        reader.place(of: "formats"),
        "a limb cannot be a geotiff: its altitudes are no map coordinates; write png16")
    }
    if let name, !Self.isFileName(name) {
      reader.collector.report(
        reader.place(of: "name"),
        "'\(name)' becomes part of file names: use letters, digits, '.', '-' and '_' only")
    }
    self.init(kind: kind, formats: formats.map(Self.unique) ?? [], name: name)
    self.photometry = photometry ?? .lit
    self.backplanes = BackplaneKind.allCases.filter(backplanes.contains)
  }

  private static func unique(_ formats: [ProductFormat]) -> [ProductFormat] {
    ProductFormat.allCases.filter { formats.contains($0) }
  }

  /// Whether the errors of its values must be worked out: for a backplane, or to tell what may be
  /// shown in another light.
  var wantsErrors: Bool {
    backplanes.contains(where: \.isPerBand) || photometry != .lit
  }

  static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && name.first != "." && name.count <= 64
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

extension ProductSpecification: Codable {
  private enum CodingKeys: String, CodingKey {
    case map, mosaic, view, limb, formats, backplanes, photometry, name
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let map = try container.decodeIfPresent(MapSpecification.self, forKey: .map) {
      kind = .map(map)
    } else if let map = try container.decodeIfPresent(MapSpecification.self, forKey: .mosaic) {
      kind = .mosaic(map)
    } else if let limb = try container.decodeIfPresent(LimbSpecification.self, forKey: .limb) {
      kind = .limb(limb)
    } else {
      kind = .view(try container.decode(ViewSpecification.self, forKey: .view))
    }
    formats = try container.decode([ProductFormat].self, forKey: .formats)
    backplanes = try container.decodeIfPresent([BackplaneKind].self, forKey: .backplanes) ?? []
    photometry =
      try container.decodeIfPresent(PhotometryMode.self, forKey: .photometry) ?? .lit
    name = try container.decode(String.self, forKey: .name)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch kind {
    case .map(let map): try container.encode(map, forKey: .map)
    case .mosaic(let map): try container.encode(map, forKey: .mosaic)
    case .view(let view): try container.encode(view, forKey: .view)
    case .limb(let limb): try container.encode(limb, forKey: .limb)
    }
    try container.encode(formats, forKey: .formats)
    try container.encode(backplanes, forKey: .backplanes)
    try container.encode(photometry, forKey: .photometry)
    try container.encode(name, forKey: .name)
  }
}
