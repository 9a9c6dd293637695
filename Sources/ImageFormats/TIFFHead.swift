import CImageCodecs

/// The layout and the tags of a TIFF file to be written.
struct TIFFHead {
  private let width: Int
  private let height: Int
  private let bands: Int
  private let type: SampleType
  private let options: TIFFOptions

  init(
    _ width: Int, _ height: Int, _ bands: Int, _ type: SampleType, _ options: TIFFOptions
  ) {
    self.width = width
    self.height = height
    self.bands = bands
    self.type = type
    self.options = options
  }

  private enum Values {
    case doubles([Double])
    case shorts([UInt16])
    case text(String)
  }

  private var fields: [(tag: UInt32, values: Values)] {
    var fields: [(tag: UInt32, values: Values)] = []
    let caption = options.caption
    // TIFF has no tag for a credit line; it goes into the description.
    let description = [caption.description, caption.credit].filter { !$0.isEmpty }
    let texts = [
      (TIFFTag.documentName, caption.title),
      (TIFFTag.imageDescription, description.joined(separator: "\n")),
      (TIFFTag.software, caption.software), (TIFFTag.artist, caption.author),
      (TIFFTag.copyright, caption.copyright),
    ]
    for (tag, text) in texts where !text.isEmpty { fields.append((tag, .text(text))) }
    if let geo = options.geo {
      let numbers = [
        (TIFFTag.pixelScale, geo.pixelScale), (TIFFTag.tiepoints, geo.tiepoints),
        (TIFFTag.transformation, geo.transformation),
      ]
      for (tag, values) in numbers where !values.isEmpty { fields.append((tag, .doubles(values))) }
      if !geo.keys.isEmpty {
        let directory = geo.directory
        fields.append((TIFFTag.geoKeys, .shorts(directory.shorts)))
        if !directory.doubles.isEmpty {
          fields.append((TIFFTag.geoDoubles, .doubles(directory.doubles)))
        }
        if !directory.ascii.isEmpty { fields.append((TIFFTag.geoAscii, .text(directory.ascii))) }
      }
    }
    if let metadata = options.gdalMetadata {
      fields.append((TIFFTag.gdalMetadata, .text(metadata)))
    }
    if let noData = options.noData { fields.append((TIFFTag.gdalNoData, .text(Self.text(noData)))) }
    return fields
  }

  /// Whole numbers without a fraction, as GDAL writes them.
  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// Opens a libtiff writer and sets layout and tags.
  func open(_ file: AtomicFile) throws(ImageFormatError) -> OpaquePointer {
    let isColour = options.colourSpace != .unspecified && bands >= 3
    let profile = isColour ? ICCProfile.bytes(options.colourSpace, isGrey: false) ?? [] : []
    let bytes = width.multipliedReportingOverflow(by: height * bands * type.bytes)
    var layout = jc_tiff_layout()
    layout.width = UInt32(width)
    layout.height = UInt32(height)
    layout.bands = UInt32(bands)
    layout.sample_bytes = UInt32(type.bytes)
    layout.tile = UInt32(options.tile)
    layout.planar = options.isPlanar && bands > 1 ? 1 : 0
    layout.is_rgb = isColour ? 1 : 0
    // Packing may add a little; the directory and the last tiles must still lie below 4 GB.
    layout.big = bytes.overflow || bytes.partialValue > 4_000_000_000 ? 1 : 0
    var opened: OpaquePointer?
    try profile.withUnsafeBufferPointer { (profile) throws(ImageFormatError) in
      if !profile.isEmpty {
        layout.profile = profile.baseAddress
        layout.profile_count = UInt32(profile.count)
      }
      try withFields { (cFields) throws(ImageFormatError) in
        layout.fields = cFields.baseAddress
        layout.field_count = Int32(cFields.count)
        try codec(file.url.path, .tiff) {
          jc_tiff_writer_open(&layout, file.descriptor, &opened, $0)
        }
      }
    }
    guard let opened else { throw .outOfMemory(source: file.url.path) }
    return opened
  }

  /// Lends the fields as C values: all doubles, shorts and characters lie in three arrays.
  private func withFields(
    _ body: (UnsafeBufferPointer<jc_tiff_field>) throws(ImageFormatError) -> Void
  ) throws(ImageFormatError) {
    var doubles: [Double] = []
    var shorts: [UInt16] = []
    var text: [CChar] = []
    var places: [(tag: UInt32, kind: Int, start: Int, count: Int)] = []
    for field in fields {
      switch field.values {
      case .doubles(let values):
        places.append((field.tag, 0, doubles.count, values.count))
        doubles += values
      case .shorts(let values):
        places.append((field.tag, 1, shorts.count, values.count))
        shorts += values
      case .text(let string):
        let characters = Array(string.utf8CString)
        places.append((field.tag, 2, text.count, characters.count))
        text += characters
      }
    }
    try doubles.withUnsafeBufferPointer { (doubles) throws(ImageFormatError) in
      try shorts.withUnsafeBufferPointer { (shorts) throws(ImageFormatError) in
        try text.withUnsafeBufferPointer { (text) throws(ImageFormatError) in
          let cFields = places.map { place in
            jc_tiff_field(
              tag: place.tag, count: UInt32(place.count),
              doubles: place.kind == 0 ? doubles.baseAddress! + place.start : nil,
              shorts: place.kind == 1 ? shorts.baseAddress! + place.start : nil,
              text: place.kind == 2 ? text.baseAddress! + place.start : nil)
          }
          try cFields.withUnsafeBufferPointer(body)
        }
      }
    }
  }
}
