/// One file that a run wrote.
public struct ProductRecord: Codable, Hashable, Sendable {
  /// Relative to the manifest's folder, with forward slashes.
  public var path: String
  /// What it shows, for people.
  public var title: String
  /// `map`, `mosaic`, `view`, `limb`, or `backplane` for what lies beside one of these on the same grid.
  public var kind: String
  /// The entry of the pipeline file that it belongs to.
  public var name: String
  /// As spelled in the pipeline file: `png16`, `png`, `jpeg`, `geotiff`.
  public var format: String
  /// Product identifiers of the images in it.
  public var images: [String]
  public var projection: ProjectionRecord
  public var width: Int
  public var height: Int
  /// Filters, or `R`, `G`, `B` of a picture, in the order of the file's channels.
  public var bands: [String]
  /// Measurements only: I/F (or `quantity`) = offset + scale × code, the same for all bands.
  public var scale: Double?
  public var offset: Double?
  /// Measurements only: the code that means "no data".
  public var noData: Int?
  /// Backplanes only: `sigma`, `quality`, `incidence`, `emission`, `phase`, `groundSampleDistance`.
  public var quantity: String?
  /// Unit of the quantity.
  public var unit: String?
  /// Names of the bits of a `quality` code, the lowest first.
  public var flags: [String]?
  /// By image: the light that the ground is shown in, model and parameters, if it is not as seen.
  public var photometry: JSONValue?
  /// Pictures only: how colours came from the bands.
  public var look: JSONValue?
  /// What is known of the pixels that hold data.
  public var content: ContentRecord?
  /// Limbs only: plumes, and where the limb was found.
  public var limb: LimbRecord?
  /// Length of the file.
  public var bytes: Int
  /// SHA-256 of the file.
  public var sha256: String
  /// SHA-256 of the decoded samples: line by line, channels interleaved, 16-bit ones little-endian.
  public var samplesSHA256: String
  /// Library and version that wrote the file: only another version may change `sha256` and leave
  /// `samplesSHA256` as it is.
  public var codec: String

  public init(
    path: String, title: String, kind: String, name: String, format: String, images: [String],
    projection: ProjectionRecord, width: Int, height: Int, bands: [String], scale: Double? = nil,
    offset: Double? = nil, noData: Int? = nil, look: JSONValue? = nil,
    content: ContentRecord? = nil, bytes: Int, sha256: String, samplesSHA256: String, codec: String
  ) {
    self.path = path
    self.title = title
    self.kind = kind
    self.name = name
    self.format = format
    self.images = images
    self.projection = projection
    self.width = width
    self.height = height
    self.bands = bands
    self.scale = scale
    self.offset = offset
    self.noData = noData
    self.look = look
    self.content = content
    self.bytes = bytes
    self.sha256 = sha256
    self.samplesSHA256 = samplesSHA256
    self.codec = codec
  }
}

/// What the pixels of a product hold: lowest and highest values where there is data.
public struct ContentRecord: Codable, Hashable, Sendable {
  /// Part of the pixels that hold data; on a map, weighted by the area they stand for.
  public var coverage: Double
  /// Ground per detector pixel, km.
  public var groundSampleDistanceKm: [Double]?
  /// Degrees.
  public var incidence: [Double]?
  public var emission: [Double]?
  public var phase: [Double]?

  public init(
    coverage: Double, groundSampleDistanceKm: [Double]? = nil, incidence: [Double]? = nil,
    emission: [Double]? = nil, phase: [Double]? = nil
  ) {
    self.coverage = coverage
    self.groundSampleDistanceKm = groundSampleDistanceKm
    self.incidence = incidence
    self.emission = emission
    self.phase = phase
  }
}
