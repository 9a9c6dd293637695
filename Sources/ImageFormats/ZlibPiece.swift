import CImageCodecs

/// Pieces of a DEFLATE stream, made by zlib independently of each other.
enum ZlibPiece {
  /// How zlib looks for repetitions. A full search is neither the fastest nor the smallest way for
  /// filtered rows: noise holds no repetitions, and flat parts are runs of one byte.
  enum Strategy: CaseIterable {
    /// Huffman codes alone: best on noise.
    case huffmanOnly
    /// Runs of one byte as well: best where the picture is flat or empty.
    case runLength
  }

  /// Most bytes that `encode` writes.
  static func bound(_ count: Int) -> Int { jc_zlib_bound(count) + 64 }

  /// Encodes a piece and returns the number of bytes written; nil if zlib finds no memory. A piece that is not the last ends on a
  /// byte boundary (zlib's full flush), so that pieces can be joined. `output` must have room for
  /// `bound(count)` bytes.
  static func encode(
    _ input: UnsafePointer<UInt8>, count: Int, strategy: Strategy, isLast: Bool,
    into output: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    let written = jc_zlib_piece(
      input, count, strategy == .runLength ? 1 : 0, isLast ? 1 : 0, output, bound(count))
    return written > 0 ? written : nil
  }
}
