/// What is wrong with a segment's contents, found while it is opened or evaluated; small, so that
/// the evaluators carry no strings.
enum SegmentFault: Error {
  case unsupportedType
  case badSize
  case badCount
  case badWindow
  case badStep
  case epochsOutOfOrder
  case badDifferenceCount
  case badRecord
  case zeroQuaternion

  var text: String {
    switch self {
    case .unsupportedType: "its data type is not supported"
    case .badSize: "its length does not fit its record count"
    case .badCount: "its record count is no positive whole number"
    case .badWindow: "its interpolation window is out of range"
    case .badStep: "its record interval is no positive number"
    case .epochsOutOfOrder: "its epochs or its epoch directory are out of order"
    case .badDifferenceCount: "a difference line has an impossible number of terms"
    case .badRecord: "a record gives no finite value"
    case .zeroQuaternion: "a record holds no rotation (zero or non-finite quaternion)"
    }
  }
}
