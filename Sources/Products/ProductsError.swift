/// What can go wrong with products and manifests. Every message says what, where and what to do.
public enum ProductsError: Error, Hashable, Sendable {
  /// A manifest that cannot be read or is no manifest.
  case manifestUnreadable(path: String, reason: String)
  /// A manifest of a layout that this program does not know.
  case manifestSchema(path: String, schema: Int)
  /// An input cannot be read to be hashed.
  case inputUnreadable(path: String, reason: String)
}

extension ProductsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .manifestUnreadable(let path, let reason):
      "the manifest '\(path)' cannot be read: \(reason); run the pipeline again to make it anew"
    case .manifestSchema(let path, let schema):
      "the manifest '\(path)' has schema \(schema), this program reads "
        + "\(Manifest.currentSchema); use the version of junocam that wrote it, or run again"
    case .inputUnreadable(let path, let reason):
      "'\(path)' cannot be read: \(reason)"
    }
  }
}
