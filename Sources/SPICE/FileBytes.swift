import Foundation

/// The bytes of a file, mapped into memory, read only.
///
/// Unchecked because of the raw pointer, which nothing writes through and which lives as long as
/// the object.
final class FileBytes: @unchecked Sendable {
  let pointer: UnsafeRawPointer
  let count: Int
  private let isMapped: Bool

  /// Maps a file; nothing is read before it is used.
  ///
  /// - Throws: `cannotRead` with the system's own words.
  init(mapping path: String) throws(SPICEError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotRead(file: path, reason: "it is no regular file")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      pointer = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 8, alignment: 8))
      isMapped = false
      return
    }
    guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { throw Self.failure(path) }
    pointer = UnsafeRawPointer(address)
    isMapped = true
  }

  /// Takes over bytes that are in memory already.
  init(copying bytes: [UInt8]) {
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(8, bytes.count), alignment: 8)
    copy.copyMemory(from: bytes, byteCount: bytes.count)
    pointer = UnsafeRawPointer(copy)
    count = bytes.count
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: pointer), count)
    } else {
      pointer.deallocate()
    }
  }

  var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: pointer, count: count) }

  private static func failure(_ path: String) -> SPICEError {
    .cannotRead(file: path, reason: String(cString: strerror(errno)))
  }
}
