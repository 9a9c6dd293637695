/// Numbers of the tags that reader and writer share.
enum TIFFTag {
  static let documentName: UInt32 = 269
  static let imageDescription: UInt32 = 270
  static let software: UInt32 = 305
  static let artist: UInt32 = 315
  static let copyright: UInt32 = 33432
  static let pixelScale: UInt32 = 33550
  static let tiepoints: UInt32 = 33922
  static let transformation: UInt32 = 34264
  static let geoKeys: UInt32 = 34735
  static let geoDoubles: UInt32 = 34736
  static let geoAscii: UInt32 = 34737
  static let gdalMetadata: UInt32 = 42112
  static let gdalNoData: UInt32 = 42113

  /// Text tags and the keywords they go under.
  static let texts: [(tag: UInt32, keyword: String)] = [
    (documentName, "Title"), (imageDescription, "Description"), (software, "Software"),
    (artist, "Author"), (copyright, "Copyright"),
  ]
}
