import Foundation

/// The number of the input that a worker is busy with, in a file that both processes map: it
/// survives whatever happens to the worker.
final class Progress {
  private let word: UnsafeMutablePointer<UInt64>

  init(path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
    defer { close(descriptor) }
    guard descriptor >= 0, ftruncate(descriptor, 8) == 0,
      let address = mmap(nil, 8, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      address != MAP_FAILED
    else { throw Options.Unusable(description: "cannot map \(path)") }
    word = address.bindMemory(to: UInt64.self, capacity: 1)
  }

  deinit { munmap(word, 8) }

  var index: UInt64 {
    get { word.pointee }
    set { word.pointee = newValue }
  }
}
