/// The georeferencing of a TIFF file (OGC GeoTIFF 1.1): how pixels lie in a coordinate system, and the
/// keys that name it. Plain values; what they mean is the business of cartography.
public struct GeoTags: Sendable, Equatable {
  /// One GeoKey.
  public struct Key: Sendable, Equatable {
    /// The value of a key.
    public enum Value: Sendable, Equatable {
      /// A code.
      case short(UInt16)
      /// Numbers.
      case doubles([Double])
      /// A text, without the `|` that ends it in the file.
      case ascii(String)
    }

    /// The key's number, such as 1024 for GTModelType.
    public let id: UInt16
    /// Its value.
    public let value: Value

    /// A key with any value.
    public init(id: UInt16, value: Value) {
      self.id = id
      self.value = value
    }

    /// A key with a code.
    public static func short(_ id: UInt16, _ value: UInt16) -> Key {
      Key(id: id, value: .short(value))
    }

    /// A key with one number.
    public static func double(_ id: UInt16, _ value: Double) -> Key {
      Key(id: id, value: .doubles([value]))
    }

    /// A key with a text.
    public static func ascii(_ id: UInt16, _ value: String) -> Key {
      Key(id: id, value: .ascii(value))
    }
  }

  /// ModelPixelScale (33550): size of a pixel in x, y and z, in units of the coordinate system.
  public var pixelScale: [Double]
  /// ModelTiepoint (33922): raster i, j, k and model x, y, z of one point or more.
  public var tiepoints: [Double]
  /// ModelTransformation (34264): 16 numbers, row by row; empty where scale and tiepoint say it all.
  public var transformation: [Double]
  /// The keys; written in ascending order.
  public var keys: [Key]

  /// Georeferencing from parts.
  public init(
    pixelScale: [Double] = [], tiepoints: [Double] = [], transformation: [Double] = [],
    keys: [Key] = []
  ) {
    self.pixelScale = pixelScale
    self.tiepoints = tiepoints
    self.transformation = transformation
    self.keys = keys
  }

  /// The value of a key.
  public func value(_ id: UInt16) -> Key.Value? { keys.first { $0.id == id }?.value }

  /// GeoKeyDirectory (34735), GeoDoubleParams (34736) and GeoAsciiParams (34737).
  var directory: (shorts: [UInt16], doubles: [Double], ascii: String) {
    var entries: [UInt16] = []
    var doubles: [Double] = []
    var ascii = ""
    for key in keys.sorted(by: { $0.id < $1.id }) {
      switch key.value {
      case .short(let value):
        entries += [key.id, 0, 1, value]
      case .doubles(let values):
        entries += [key.id, 34736, UInt16(clamping: values.count), UInt16(clamping: doubles.count)]
        doubles += values
      case .ascii(let text):
        let count = text.utf8.count + 1
        entries += [key.id, 34737, UInt16(clamping: count), UInt16(clamping: ascii.utf8.count)]
        ascii += text + "|"
      }
    }
    // Version 1, revision 1.0, and the number of keys.
    return ([1, 1, 0, UInt16(clamping: keys.count)] + entries, doubles, ascii)
  }

  /// Keys out of the three tags; entries that point outside of them are left out.
  static func keys(_ shorts: [UInt16], _ doubles: [Double], _ ascii: [UInt8]) -> [Key] {
    guard shorts.count >= 4, shorts[0] == 1 else { return [] }
    return (0..<Int(shorts[3])).compactMap { index -> Key? in
      let start = 4 + 4 * index
      guard start + 4 <= shorts.count else { return nil }
      let (id, place) = (shorts[start], shorts[start + 1])
      let (count, offset) = (Int(shorts[start + 2]), Int(shorts[start + 3]))
      switch place {
      case 0: return .short(id, shorts[start + 3])
      case 34736 where offset + count <= doubles.count:
        return Key(id: id, value: .doubles(Array(doubles[offset..<offset + count])))
      case 34737 where offset + count <= ascii.count:
        var text = ascii[offset..<offset + count]
        if text.last == UInt8(ascii: "|") { text.removeLast() }
        return .ascii(id, String(decoding: text, as: UTF8.self))
      default: return nil
      }
    }
  }
}
