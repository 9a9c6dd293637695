import Raster

extension Array {
  /// The elements of the greatest worth, at most `limit`, in the order in which they stand; of equal
  /// ones the first.
  func best(_ limit: Int, by worth: (Element) -> Double) -> [Element] {
    guard count > limit else { return self }
    let order = indices.sorted {
      let (a, b) = (worth(self[$0]), worth(self[$1]))
      return a == b ? $0 < $1 : a > b
    }
    return order.prefix(limit).sorted().map { self[$0] }
  }

  /// The best elements of several lists, about `limit` together: of each list as large a share, and at
  /// least one, so that none goes away empty.
  static func best(_ limit: Int, of lists: [[Element]], by worth: (Element) -> Double) -> [Element]
  {
    let total = lists.reduce(0) { $0 + $1.count }
    guard total > limit else { return lists.flatMap { $0 } }
    return lists.flatMap { $0.best(Swift.max($0.count * limit / total, 1), by: worth) }
  }
}

extension [GroundChip] {
  /// What is found of each chip, in their order; several threads search, each with a matcher of its
  /// own.
  func finds<Find: Sendable>(
    _ matcher: @autoclosure @Sendable () -> PatchMatcher,
    _ find: @Sendable (GroundChip, inout PatchMatcher) -> Find?
  ) -> [Find] {
    let size = 32
    return Parallel.map(count: (count + size - 1) / size) { part in
      var matcher = matcher()
      return self[(part * size)..<Swift.min((part + 1) * size, count)].compactMap {
        find($0, &matcher)
      }
    }.flatMap { $0 }
  }
}
