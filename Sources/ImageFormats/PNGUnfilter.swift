/// Undoes the row filters of PNG (specification, section 9) for one byte per pixel.
enum PNGUnfilter {
  /// Turns a filtered row of `count` bytes into pixels. `above` is the row before, already turned, or
  /// zeros. False for an unknown filter.
  static func row(
    _ filter: UInt8, _ filtered: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>, count: Int,
    into output: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    switch filter {
    case 0: output.update(from: filtered, count: count)
    case 1:
      var left: UInt8 = 0
      for index in 0..<count {
        left &+= filtered[index]
        output[index] = left
      }
    case 2: for index in 0..<count { output[index] = filtered[index] &+ above[index] }
    case 3:
      var left: UInt16 = 0
      for index in 0..<count {
        left = (UInt16(filtered[index]) &+ (left &+ UInt16(above[index])) &>> 1) & 0xFF
        output[index] = UInt8(truncatingIfNeeded: left)
      }
    case 4: paeth(filtered, above, count, output)
    default: return false
    }
    return true
  }

  private static func paeth(
    _ filtered: UnsafePointer<UInt8>, _ above: UnsafePointer<UInt8>, _ count: Int,
    _ output: UnsafeMutablePointer<UInt8>
  ) {
    var left: Int32 = 0
    var corner: Int32 = 0
    for index in 0..<count {
      let up = Int32(above[index])
      let toLeft = abs(up &- corner)
      let toUp = abs(left &- corner)
      let toCorner = abs(left &+ up &- 2 &* corner)
      let nearest =
        toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
      left = (Int32(filtered[index]) &+ nearest) & 0xFF
      corner = up
      output[index] = UInt8(truncatingIfNeeded: left)
    }
  }
}
