import Foundation

/// A file's bytes and the name that errors give them.
struct FileBytes {
  let data: Data
  let source: String

  init(_ url: URL) throws(ImageFormatError) {
    source = url.path
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw .unreadable(source: url.path, reason: Self.reason(of: error))
    }
  }

  init(_ bytes: [UInt8], source: String) {
    data = Data(bytes)
    self.source = source
  }

  /// Lends the bytes; the pointer is never nil, even for an empty file.
  func withBytes<Result>(
    _ body: (UnsafePointer<UInt8>, Int) throws(ImageFormatError) -> Result
  ) throws(ImageFormatError) -> Result {
    let outcome = data.withUnsafeBytes { raw -> Swift.Result<Result, ImageFormatError> in
      var empty: UInt8 = 0
      return Swift.Result { () throws(ImageFormatError) -> Result in
        guard let start = raw.bindMemory(to: UInt8.self).baseAddress else {
          return try body(&empty, 0)
        }
        return try body(start, raw.count)
      }
    }
    return try outcome.get()
  }

  private static func reason(of error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let underlying, underlying.domain == NSPOSIXErrorDomain else {
      return error.localizedDescription
    }
    return String(cString: strerror(Int32(underlying.code)))
  }
}
