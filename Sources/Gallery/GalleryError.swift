/// What can stop a gallery. Every message says what, where and what to do.
public enum GalleryError: Error, Hashable, Sendable {
  /// The built-in template cannot be used.
  case template(reason: String)
  /// The page or a picture's copy cannot be written.
  case notWritten(path: String, reason: String)
  /// A manifest names a file that is not in its own folder.
  case outsideRun(path: String)
}

extension GalleryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .template(let reason):
      "the page's own template is faulty (\(reason)); please report this"
    case .notWritten(let path, let reason):
      "'\(path)' cannot be written: \(reason)"
    case .outsideRun(let path):
      "the manifest names '\(path)', which is not in the run folder; run the pipeline again"
    }
  }
}
