/// A rectangle of the output.
struct TileRange {
  var lines: Range<Int>
  var samples: Range<Int>
}
