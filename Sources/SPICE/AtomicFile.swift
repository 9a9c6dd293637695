import Foundation

/// Writes whole files so that nobody ever sees half of one.
enum AtomicFile {
  /// Writes to a new file beside the target, then renames it over the target.
  ///
  /// - Throws: `cannotWrite` with the system's own words; the target is then as it was.
  static func write(_ bytes: [UInt8], to path: String) throws(SPICEError) {
    let temporary = path + ".\(getpid()).\(UInt32.random(in: 0 ... .max)).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let error = failure(path)
        close(descriptor)
        unlink(temporary)
        throw error
      }
      written += count
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let error = failure(path)
      unlink(temporary)
      throw error
    }
  }

  private static func failure(_ path: String) -> SPICEError {
    .cannotWrite(file: path, reason: String(cString: strerror(errno)))
  }
}
