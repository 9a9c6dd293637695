/// Memory for a benchmark's arrays, touched before it is timed.
final class Block<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int, _ value: (Int) -> Element) {
    self.count = count
    start = .allocate(capacity: count)
    for index in 0..<count { (start + index).initialize(to: value(index)) }
  }

  deinit { start.deallocate() }
}
