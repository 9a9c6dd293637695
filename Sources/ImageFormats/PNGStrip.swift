import CImageCodecs
import Raster

/// Rows of a PNG image that are filtered and compressed on their own.
public struct PNGStrip: Sendable {
  /// A piece of a DEFLATE stream.
  let compressed: [UInt8]
  /// Adler-32 of the filtered bytes.
  let checksum: UInt32
  /// Number of filtered bytes.
  let filteredCount: Int
}

/// Turns rows into strips. The grid of strips and every choice inside depend on the image alone, so
/// the bytes are the same for any number of threads.
public struct PNGStripEncoder: Sendable {
  /// Bytes per row as stored in the file, without the filter's number.
  let rowBytes: Int
  /// Bytes from one pixel to the next.
  let pixelBytes: Int
  /// Whether samples are 16-bit and must be turned to big-endian.
  let isWide: Bool
  /// Rows per strip.
  public let stripRows: Int

  /// Image bytes per strip, about: enough for a Huffman code to pay and for threads to share the work.
  private static let targetBytes = 1 << 18

  /// - Parameters:
  ///   - width: pixels in a row.
  ///   - type: `u8` or `u16`, of `channels` samples in a pixel.
  public init(width: Int, channels: Int, type: SampleType) {
    isWide = type == .u16
    pixelBytes = channels * type.bytes
    rowBytes = width * pixelBytes
    stripRows = max(1, Self.targetBytes / rowBytes)
  }

  /// Encodes whole strips of 8-bit rows, or such that end with the image; any thread may, in any order.
  ///
  /// - Parameters:
  ///   - rows: interleaved, of which the first `lead` (0 or 1) only stands above the others.
  ///   - isEnd: whether these are the last rows of the image.
  ///   - jobs: most threads to use at once.
  /// - Returns: nil if zlib finds no memory.
  public func strips(_ rows: [UInt8], lead: Int, isEnd: Bool, jobs: Int) -> [PNGStrip]? {
    precondition(!isWide, "samples of 16 bits go through a writer")
    let count = rows.count / rowBytes - lead
    let strips = (count + stripRows - 1) / stripRows
    let encoded: [PNGStrip?] = rows.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [] }
      nonisolated(unsafe) let start = base + lead * rowBytes
      return Parallel.map(count: strips, jobs: jobs) { index in
        let first = index * stripRows
        return encode(
          start + first * rowBytes, count: min(stripRows, count - first),
          above: first + lead > 0 ? start + (first - 1) * rowBytes : nil,
          isLast: isEnd && index == strips - 1)
      }
    }
    let made = encoded.compactMap { $0 }
    return made.count == strips ? made : nil
  }

  /// Encodes `count` rows at `rows`, in native byte order; `above` is the row before them, nil for
  /// the first of the image. nil if zlib finds no memory.
  func encode(
    _ rows: UnsafePointer<UInt8>, count: Int, above: UnsafePointer<UInt8>?, isLast: Bool
  ) -> PNGStrip? {
    // Rows are copied to where filters may read beyond both ends; the first slot is the row above.
    let front = 16
    let pitch = front + rowBytes + PNGFilter.slack
    let filteredRow = rowBytes + 1
    let filteredCount = filteredRow * count
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: pitch * (count + 1)) { staged in
      let first = staged.baseAddress! + front
      for row in 0...count {
        let slot = first + row * pitch
        (slot - front).initialize(repeating: 0, count: front)
        (slot + rowBytes).initialize(repeating: 0, count: PNGFilter.slack)
        if row > 0 {
          stage(rows + (row - 1) * rowBytes, to: slot)
        } else if let above {
          stage(above, to: slot)
        } else {
          slot.initialize(repeating: 0, count: rowBytes)
        }
      }
      let (filter, strategy) = choose(first, pitch, count)
      return withUnsafeTemporaryAllocation(
        of: UInt8.self, capacity: filteredCount + PNGFilter.slack
      ) { filtered in
        let output = filtered.baseAddress!
        for row in 0..<count {
          let slot = first + (row + 1) * pitch
          filter.apply(
            slot, above: slot - pitch, count: rowBytes, pixelBytes: pixelBytes,
            into: output + row * filteredRow)
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: ZlibPiece.bound(filteredCount)) {
          $1 =
            ZlibPiece.encode(
              output, count: filteredCount, strategy: strategy, isLast: isLast,
              into: $0.baseAddress!) ?? 0
        }
        guard !bytes.isEmpty else { return nil }
        return PNGStrip(
          compressed: bytes, checksum: jc_adler32(1, output, filteredCount),
          filteredCount: filteredCount)
      }
    }
  }

  private func stage(_ row: UnsafePointer<UInt8>, to slot: UnsafeMutablePointer<UInt8>) {
    guard isWide else {
      slot.initialize(from: row, count: rowBytes)
      return
    }
    let source = UnsafeRawPointer(row)
    let target = UnsafeMutableRawPointer(slot)
    for offset in stride(from: 0, to: rowBytes, by: 2) {
      let sample = source.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
      target.storeBytes(of: sample.bigEndian, toByteOffset: offset, as: UInt16.self)
    }
  }

  /// The filter that leaves the fewest bits on a sample of the strip's rows, and whether runs of
  /// equal bytes are worth looking for.
  private func choose(
    _ first: UnsafeMutablePointer<UInt8>, _ pitch: Int, _ count: Int
  ) -> (PNGFilter, ZlibPiece.Strategy) {
    let samples = min(count, max(1, Self.sampleBytes / rowBytes))
    var best = PNGFilter.sub
    var strategy = ZlibPiece.Strategy.huffmanOnly
    var bestCost = Double.infinity
    var runs: [RunScanner.Run] = []
    let length = rowBytes + 1
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length * samples + PNGFilter.slack) {
      let output = $0.baseAddress!
      for filter in PNGFilter.allCases {
        for sample in 0..<samples {
          let slot = first + (1 + sample * count / samples) * pitch
          filter.apply(
            slot, above: slot - pitch, count: rowBytes, pixelBytes: pixelBytes,
            into: output + sample * length)
        }
        var frequencies = [UInt32](repeating: 0, count: 286)
        let extra = RunScanner.scan(output, length * samples, &frequencies, &runs)
        let matches = frequencies[257...].reduce(0) { $0 + Int($1) }
        let cost = Entropy.bits(frequencies) + Double(extra + matches)
        guard cost < bestCost else { continue }
        (best, bestCost) = (filter, cost)
        // The same bytes without any match.
        var literals = [UInt32](frequencies[..<256])
        for run in runs { literals[Int(output[run.start])] += UInt32(run.length - 1) }
        let isWorthwhile = cost < Entropy.bits(literals) * Self.worthwhile
        strategy = isWorthwhile ? .runLength : .huffmanOnly
      }
    }
    return (best, strategy)
  }

  /// zlib takes every run, not the best ones only: the gain must show.
  private static let worthwhile = 0.98
  /// Image bytes that the choices of filter and strategy look at.
  private static let sampleBytes = 1 << 14
}
