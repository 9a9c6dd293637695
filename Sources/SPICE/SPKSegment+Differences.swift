import SpaceMath

extension SPKSegment {
  /// SPK types 1 and 21: modified difference arrays, as SPICE's spke01 and spke21.
  ///
  /// The record that serves is the first whose final epoch is not before `et`.
  func differenceState(
    et: Double, order: Int, recordWords: Int, epochs: WordArray.Table
  ) throws(SegmentFault) -> PositionVelocity {
    let found = words.partition(epochs, by: et, orEqual: false)
    let record = min(found, epochs.entries - 1)
    guard words.encloses(epochs, next: found, x: et, orEqual: false) else {
      throw .epochsOutOfOrder
    }
    let base = record * recordWords
    let counts = base + recordWords - 4
    guard let mostTerms = Int(exactly: words[counts]), (1...(order + 1)).contains(mostTerms),
      let x = Int(exactly: words[counts + 1]), (0..<mostTerms).contains(x),
      let y = Int(exactly: words[counts + 2]), (0..<mostTerms).contains(y),
      let z = Int(exactly: words[counts + 3]), (0..<mostTerms).contains(z)
    else { throw .badDifferenceCount }
    return differences(
      delta: et - words[base], base: base, order: order, mostTerms: mostTerms, terms: (x, y, z))
  }

  private func differences(
    delta: Double, base: Int, order: Int, mostTerms: Int, terms: (Int, Int, Int)
  ) -> PositionVelocity {
    withUnsafeTemporaryAllocation(
      of: Double.self, capacity: 3 * (Self.largestOrder + 3)
    ) { scratch in
      // One-based as in the literature: fc[1...], wc[1...], w[1...mostTerms].
      let fc = scratch.baseAddress!
      let wc = fc + (Self.largestOrder + 3)
      let w = wc + (Self.largestOrder + 3)
      fc[1] = 1
      var tp = delta
      var j = 1
      while j <= mostTerms - 2 {
        let step = words[base &+ j]
        fc[j &+ 1] = tp / step
        wc[j] = delta / step
        tp = delta + step
        j &+= 1
      }
      for j in 1...mostTerms { w[j] = 1 / Double(j) }
      var ks = mostTerms - 1
      var jx = 0
      while ks >= 2 {
        jx &+= 1
        reduce(fc: fc, wc: wc, w: w, terms: jx, ks: ks)
        ks &-= 1
      }
      let reference = base + order + 1
      let position = Vector3(words[reference], words[reference + 2], words[reference + 4])
      let velocity = Vector3(words[reference + 1], words[reference + 3], words[reference + 5])
      let table = reference + 6
      let first = sums(table: table, order: order, w: w + ks, terms: terms)
      // With a single difference term there is no further reduction to make.
      if ks >= 1 {
        reduce(fc: fc, wc: wc, w: w, terms: jx, ks: ks)
        ks &-= 1
      }
      let second = sums(table: table, order: order, w: w + ks, terms: terms)
      return (
        position + (velocity + first * delta) * delta,
        velocity + second * delta
      )
    }
  }

  @inline(__always)
  private func reduce(
    fc: UnsafeMutablePointer<Double>, wc: UnsafeMutablePointer<Double>,
    w: UnsafeMutablePointer<Double>, terms: Int, ks: Int
  ) {
    var j = 1
    while j <= terms {
      w[j &+ ks] = fc[j &+ 1] * w[j &+ ks &- 1] - wc[j] * w[j &+ ks]
      j &+= 1
    }
  }

  /// For each axis the sum of table entries times weights, last term first.
  @inline(__always)
  private func sums(
    table: Int, order: Int, w: UnsafeMutablePointer<Double>, terms: (Int, Int, Int)
  ) -> Vector3 {
    Vector3(
      sum(table: table, w: w, terms: terms.0),
      sum(table: table &+ order, w: w, terms: terms.1),
      sum(table: table &+ 2 &* order, w: w, terms: terms.2))
  }

  @inline(__always)
  private func sum(table: Int, w: UnsafeMutablePointer<Double>, terms: Int) -> Double {
    var total = 0.0
    var j = terms
    while j > 0 {
      total += words[table &+ j &- 1] * w[j]
      j &-= 1
    }
    return total
  }
}
