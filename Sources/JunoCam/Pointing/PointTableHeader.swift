/// The first line of a table of points: which columns hold what.
struct PointTableHeader: Sendable {
  /// What the rows ask for.
  enum Kind: Sendable {
    /// What pixels see; columns of filter, frame, x and y.
    case pixels
    /// Which pixels see a place; columns of latitude and longitude.
    case places
  }

  let kind: Kind
  /// Places of the needed columns among all.
  let columns: [Int]

  private static let pixelNames = [["filter"], ["frame"], ["x"], ["y"]]
  private static let placeNames = [
    ["lat", "latitude"], ["lon", "longitude", "longitudeeast", "lon_east"],
  ]

  /// Reads the line. A table that has both kinds of columns, such as one that was written here, is
  /// taken by its pixels.
  init(_ line: UnsafeBufferPointer<UInt8>, path: String, number: Int) throws(JunoCamError) {
    let names = String(decoding: line, as: UTF8.self).split(
      separator: ",", omittingEmptySubsequences: false
    ).map { name in
      String(name.filter { $0 != "\"" && $0 != " " && $0 != "\t" && $0 != "\u{FEFF}" }).lowercased()
    }
    func places(_ wanted: [[String]]) -> [Int]? {
      let found = wanted.compactMap { spellings in
        names.firstIndex { spellings.contains($0) }
      }
      return found.count == wanted.count ? found : nil
    }
    if let columns = places(Self.pixelNames) {
      kind = .pixels
      self.columns = columns
    } else if let columns = places(Self.placeNames) {
      kind = .places
      self.columns = columns
    } else {
      let found = names.prefix(8).joined(separator: ", ")
      throw .badTable(
        path: path, line: number,
        problem: "the columns must be filter, frame, x, y or lat, lon, not \(found)")
    }
  }
}
