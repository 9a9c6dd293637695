/// One entry of a GeoTIFF key directory.
public struct GeoKey: Hashable, Sendable {
  /// Its value, which the directory holds itself or in one of two parameter lists.
  public enum Value: Hashable, Sendable {
    case short(UInt16)
    case double(Double)
    case ascii(String)
  }

  /// Key number, such as 1024 (GTModelTypeGeoKey).
  public var id: UInt16
  /// Value.
  public var value: Value

  /// From number and value.
  public init(_ id: UInt16, _ value: Value) {
    self.id = id
    self.value = value
  }
}
