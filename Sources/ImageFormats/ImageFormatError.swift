import Foundation

/// Why an image file could not be read or written. `source` is a path, or a word for bytes that did
/// not come from a file.
public enum ImageFormatError: Error, Equatable, Sendable {
  /// The file does not exist or may not be read.
  case unreadable(source: String, reason: String)
  /// The first bytes are not those of the format.
  case notThisFormat(source: String, format: ImageFormat)
  /// The bytes break the format's rules: truncated, damaged, or checksums that do not match. `row`
  /// is the image row being decoded, `byteOffset` how far the file had been read.
  case corrupt(
    source: String, format: ImageFormat, row: Int?, byteOffset: Int?, detail: String)
  /// The image exceeds the reader's `DecodeLimits`.
  case tooLarge(source: String, format: ImageFormat, detail: String)
  /// A sound file whose layout is not the one that is needed here.
  case unexpectedLayout(source: String, found: String, expected: String)
  /// A sound file that uses a feature this reader lacks, or a request no such file can hold.
  case unsupported(source: String, format: ImageFormat, detail: String)
  /// The caller handed over a number of samples or rows that does not fit the image.
  case wrongSampleCount(expected: Int, found: Int)
  /// A file could not be created, written, flushed or renamed. `code` is the system's errno.
  case notWritten(path: String, step: String, code: Int32)
  /// The target exists and overwriting was not asked for.
  case exists(path: String)
  /// The system refused memory.
  case outOfMemory(source: String)
  /// The surrounding task was cancelled; nothing was left behind.
  case cancelled(path: String)
}

extension ImageFormatError: CustomStringConvertible, LocalizedError {
  /// What is wrong, where, and what to do next.
  public var description: String {
    switch self {
    case .unreadable(let source, let reason):
      return "\(source): cannot be read: \(reason). Check the path and its permissions."
    case .notThisFormat(let source, let format):
      return "\(source): is not a \(format.rawValue) file. Check that the right file is named."
    case .corrupt(let source, let format, let row, let byteOffset, let detail):
      var place: [String] = []
      if let row { place.append("image row \(row)") }
      if let byteOffset { place.append("byte \(byteOffset)") }
      let at = place.isEmpty ? "" : " at " + place.joined(separator: ", ")
      return "\(source): damaged \(format.rawValue)\(at): \(detail). Fetch the file again."
    case .tooLarge(let source, let format, let detail):
      return
        "\(source): \(format.rawValue) image too large: \(detail). "
        + "If it is meant, raise the reader's limits."
    case .unexpectedLayout(let source, let found, let expected):
      return "\(source): holds \(found), but \(expected) is needed. Use the unprocessed file."
    case .unsupported(let source, let format, let detail):
      return "\(source): \(format.rawValue): \(detail)."
    case .wrongSampleCount(let expected, let found):
      return "\(found) samples were given for an image part that holds \(expected)."
    case .notWritten(let path, let step, let code):
      return "\(path): cannot \(step): \(String(cString: strerror(code))). "
        + Self.remedy(forErrno: code)
    case .exists(let path):
      return "\(path): exists already. Allow overwriting or choose another name."
    case .outOfMemory(let source):
      return "\(source): not enough memory. Close other programs or lower the number of jobs."
    case .cancelled(let path):
      return "\(path): cancelled before it was complete; no part of it was kept."
    }
  }

  /// The same text, for those who print errors through Foundation.
  public var errorDescription: String? { description }

  private static func remedy(forErrno code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "Free some disk space or choose another output folder."
    case EACCES, EPERM, EROFS: "Choose an output folder that may be written."
    case ENOENT, ENOTDIR: "Create the folder first."
    default: "Check the output folder."
    }
  }
}
