import CImageCodecs

/// A quick way through sound PNG files of the layout that raw frames have: 8-bit grey, not interlaced.
///
/// Chunk checksums, the checksum over the rows, sizes and the end of the stream are all verified. For
/// anything else, be it another layout or the least damage, it gives up, and libpng, which is the
/// judge, reads the file and says what is wrong.
enum RawPNGDecoder {
  /// The frame without its texts, and whether the file may hold any; nil if libpng must look at it.
  static func decode(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ limits: DecodeLimits
  ) -> (frame: GreyFrame, mayHaveTexts: Bool)? {
    let file = UnsafeBufferPointer(start: bytes, count: count)
    guard let chunks = PNGChunks(file), let (width, height) = size(chunks.header),
      width <= limits.width, height <= limits.height, width * height <= limits.imageBytes
    else { return nil }
    // A byte of DEFLATE makes at most 1032 bytes.
    let streamCount = chunks.data.reduce(0) { $0 + $1.count }
    guard streamCount > 6, (width + 1) * height / 1040 <= streamCount else { return nil }
    return withUnsafeTemporaryAllocation(
      of: UInt8.self, capacity: streamCount + Inflater.inputSlack
    ) { stream in
      var end = stream.baseAddress!
      for part in chunks.data {
        guard let start = part.baseAddress else { continue }
        end.initialize(from: start, count: part.count)
        end += part.count
      }
      end.initialize(repeating: 0, count: Inflater.inputSlack)
      guard isZlibHead(stream[0], stream[1]) else { return nil }
      var isSound = false
      let codes = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, used in
        isSound = rows(
          UnsafePointer(stream.baseAddress! + 2), streamCount - 2, width, height,
          buffer.baseAddress!)
        used = isSound ? width * height : 0
      }
      guard isSound else { return nil }
      return (GreyFrame(width: width, height: height, codes: codes, texts: []), chunks.hasOthers)
    }
  }

  /// Width and height out of an IHDR chunk, nil unless it says 8-bit grey without interlacing.
  private static func size(_ header: UnsafeBufferPointer<UInt8>) -> (Int, Int)? {
    guard header.count == 13, Array(header[8...]) == [8, 0, 0, 0, 0] else { return nil }
    let width = PNGChunks.word(header, 0)
    let height = PNGChunks.word(header, 4)
    return width > 0 && height > 0 ? (width, height) : nil
  }

  /// RFC 1950: DEFLATE, a window of up to 32 KiB, no preset dictionary.
  private static func isZlibHead(_ method: UInt8, _ flags: UInt8) -> Bool {
    method & 15 == 8 && method >> 4 <= 7 && flags & 0x20 == 0
      && (UInt16(method) << 8 | UInt16(flags)) % 31 == 0
  }

  /// Filtered bytes that are decoded before rows are made of them: they stay in the cache.
  private static let pieceBytes = 1 << 17

  private static func rows(
    _ stream: UnsafePointer<UInt8>, _ count: Int, _ width: Int, _ height: Int,
    _ codes: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    let rowBytes = width + 1
    let total = rowBytes * height
    // Before a piece lie the window and the beginning of an unfinished row.
    let front = Inflater.windowBytes + rowBytes
    let capacity = front + pieceBytes + rowBytes + Inflater.outputSlack
    var inflater = Inflater(stream, count: count)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity + width) { memory in
      let start = memory.baseAddress!
      let zeros = start + capacity
      zeros.initialize(repeating: 0, count: width)
      var above = UnsafePointer(zeros)
      var checksum: UInt32 = 1
      var done = 0
      var row = 0
      // The first byte of an unfinished row, and the end of what is decoded.
      var (rowStart, end) = (start, start)
      while done < total {
        let limit = end + min(pieceBytes, total - done)
        let new = inflater.decode(from: start, to: end, limit: limit)
        let piece = new - end
        guard piece > 0, !inflater.isFailed, done + piece <= total else { return false }
        checksum = jc_adler32(checksum, end, piece)
        done += piece
        end = new
        while end - rowStart >= rowBytes {
          let target = codes + row * width
          guard
            PNGUnfilter.row(
              rowStart[0], UnsafePointer(rowStart + 1), above: above, count: width, into: target)
          else { return false }
          above = UnsafePointer(target)
          row += 1
          rowStart += rowBytes
        }
        let kept = min(end - start, max(Inflater.windowBytes, end - rowStart))
        if end - start > front {
          start.update(from: end - kept, count: kept)
          rowStart -= end - start - kept
          end = start + kept
        }
      }
      // Nothing may follow but the end mark of the stream and the checksum.
      guard inflater.decode(from: start, to: end, limit: end + 1) == end, inflater.isFinished,
        inflater.bytesLeft == 4
      else { return false }
      let trailer = UnsafeBufferPointer(start: stream + count - 4, count: 4)
      return PNGChunks.word(trailer, 0) == Int(checksum)
    }
  }
}
