import Foundation

/// Reads the bytes of label files.
enum LabelFile {
  /// At most the first `count` bytes of a file.
  static func bytes(of url: URL, atMost count: Int) throws(LabelError) -> [UInt8] {
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      return Array(try handle.read(upToCount: count) ?? Data())
    } catch {
      let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
      let reason =
        underlying?.domain == NSPOSIXErrorDomain
        ? String(cString: strerror(Int32(underlying?.code ?? 0))) : error.localizedDescription
      throw .unreadable(source: url.path, reason: reason)
    }
  }
}
