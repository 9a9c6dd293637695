/// Storage of several planes at once. Arrays lend theirs only to a closure, so one is asked within the other.
package enum PlaneStorage {
  /// Arrays of `count` samples, of which `body` fills all, where they will stay.
  package static func filled(
    _ number: Int, count: Int, _ body: ([UnsafeMutablePointer<Float>]) -> Void
  ) -> [[Float]] {
    filled(number, count: count, after: [], body)
  }

  private static func filled(
    _ number: Int, count: Int, after planes: [UnsafeMutablePointer<Float>],
    _ body: ([UnsafeMutablePointer<Float>]) -> Void
  ) -> [[Float]] {
    guard planes.count < number else {
      body(planes)
      return []
    }
    var others: [[Float]] = []
    // An empty array has no address.
    let plane = [Float](unsafeUninitializedCapacity: max(count, 1)) { buffer, initialized in
      others = filled(number, count: count, after: planes + [buffer.baseAddress!], body)
      initialized = count
    }
    return [plane] + others
  }

  /// Calls `body` with the addresses of the planes' samples.
  package static func read(
    _ planes: [Plane<Float>], _ body: ([UnsafePointer<Float>?]) -> Void
  ) {
    read(planes[...], after: [], body)
  }

  private static func read(
    _ planes: ArraySlice<Plane<Float>>, after pointers: [UnsafePointer<Float>?],
    _ body: ([UnsafePointer<Float>?]) -> Void
  ) {
    guard let plane = planes.first else { return body(pointers) }
    plane.samples.withUnsafeBufferPointer {
      read(planes.dropFirst(), after: pointers + [$0.baseAddress], body)
    }
  }
}
