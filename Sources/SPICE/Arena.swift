/// Owner of fixed arrays of plain values whose addresses never change.
///
/// Lookups from many threads read through plain pointers and so touch no reference count, which
/// would be a cache line that all of them fight for. Whoever holds such a pointer keeps the arena.
final class Arena: @unchecked Sendable {
  // Written only while a kernel set is being made, before any other thread sees the arena.
  private var blocks: [UnsafeMutableRawPointer] = []

  func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
    let size = max(1, elements.count * MemoryLayout<Element>.stride)
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: size, alignment: MemoryLayout<Element>.alignment)
    blocks.append(block)
    let storage = block.bindMemory(to: Element.self, capacity: elements.count)
    storage.initialize(from: elements, count: elements.count)
    return UnsafeBufferPointer(start: storage, count: elements.count)
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
