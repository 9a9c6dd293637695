/// What a file says of the place of its pixels: the GeoTIFF tags and texts, ready to be written.
public struct GeoReference: Hashable, Sendable {
  /// Name of the coordinate reference system.
  public var name: String
  /// Code in the authority IAU_2015 such as 50115; nil if the system has none.
  public var iauCode: Int?
  /// The system as WKT 2 (ISO 19162:2019).
  public var wkt2: String
  /// The system as a PROJ string.
  public var projString: String
  /// GeoTIFF keys in ascending order; empty where GeoTIFF cannot express the system.
  public var keys: [GeoKey]
  /// ModelPixelScaleTag (33550): m per pixel along x, along y, and 0.
  public var pixelScale: [Double]
  /// ModelTiepointTag (33922): sample, line and 0 of the upper-left corner, then its x and y in m
  /// and 0. Corners, not centres: GTRasterType is PixelIsArea.
  public var tiepoint: [Double]

  /// From its parts.
  public init(
    name: String, iauCode: Int?, wkt2: String, projString: String, keys: [GeoKey],
    pixelScale: [Double], tiepoint: [Double]
  ) {
    self.name = name
    self.iauCode = iauCode
    self.wkt2 = wkt2
    self.projString = projString
    self.keys = keys
    self.pixelScale = pixelScale
    self.tiepoint = tiepoint
  }

  /// GeoKeyDirectoryTag (34735): version 1, revision 1.0, the count, then four numbers for each key.
  public var keyDirectory: [UInt16] {
    guard !keys.isEmpty else { return [] }
    var directory: [UInt16] = [1, 1, 0, UInt16(keys.count)]
    var doubleOffset: UInt16 = 0
    var asciiOffset: UInt16 = 0
    for key in keys {
      switch key.value {
      case .short(let value): directory += [key.id, 0, 1, value]
      case .double:
        directory += [key.id, 34736, 1, doubleOffset]
        doubleOffset += 1
      case .ascii(let text):
        let count = UInt16(text.utf8.count + 1)
        directory += [key.id, 34737, count, asciiOffset]
        asciiOffset += count
      }
    }
    return directory
  }

  /// GeoDoubleParamsTag (34736).
  public var doubleParameters: [Double] {
    keys.compactMap { if case .double(let value) = $0.value { value } else { nil } }
  }

  /// GeoAsciiParamsTag (34737): the texts, each closed by a bar.
  public var asciiParameters: String {
    keys.compactMap { if case .ascii(let text) = $0.value { text + "|" } else { nil } }.joined()
  }

  /// Upper-left corner x, width of a pixel, 0, upper-left y, 0, minus height of a pixel: the affine
  /// map in GDAL's order, m.
  public var geoTransform: [Double] {
    [tiepoint[3], pixelScale[0], 0, tiepoint[4], 0, -pixelScale[1]]
  }

  /// Text of GDAL's auxiliary file (FILE.tif.aux.xml, FILE.png.aux.xml), for systems without
  /// GeoTIFF keys and formats without tags.
  public var auxiliaryXML: String {
    let text =
      wkt2
      .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
    let transform = geoTransform.map { "\($0)" }.joined(separator: ", ")
    return """
      <PAMDataset>
        <SRS dataAxisToSRSAxisMapping="1,2">\(text)</SRS>
        <GeoTransform>\(transform)</GeoTransform>
      </PAMDataset>

      """
  }
}
