import CImageCodecs

/// Cuts tiles out of rows and packs them: predictor (TIFF 6.0, section 14; Technical Note 3 for
/// floats), then a zlib stream. The bytes are little-endian on every machine.
struct TIFFTileEncoder: Sendable {
  /// Columns of the image.
  let width: Int
  /// Bands of the image, interleaved in the rows that come in.
  let bands: Int
  /// Bytes per sample.
  let sampleBytes: Int
  /// Side of a tile.
  let tile: Int
  /// Whether each band has its own tiles.
  let isPlanar: Bool

  /// Tiles side by side.
  var across: Int { (width + tile - 1) / tile }

  /// The packed tile number `column` of a row of tiles; `band` counts only where tiles are planar.
  /// `rows` holds `count` rows of the image, at most `tile`; what lies outside the image is zero. nil
  /// if zlib finds no memory.
  func encode(_ rows: UnsafeRawPointer, count: Int, column: Int, band: Int) -> [UInt8]? {
    let tileBands = isPlanar ? 1 : bands
    let rowBytes = tile * tileBands * sampleBytes
    return withUnsafeTemporaryAllocation(byteCount: 2 * rowBytes * tile, alignment: 8) { memory in
      memory.initializeMemory(as: UInt8.self, repeating: 0)
      let packed = memory.baseAddress! + rowBytes * tile
      let columns = min(tile, width - column * tile)
      for row in 0..<tile {
        let cut = memory.baseAddress! + row * rowBytes
        if row < count { copy(rows, row, column * tile, columns, band, to: cut) }
        predict(cut, rowBytes, tileBands, into: packed + row * rowBytes)
      }
      return compress(packed, rowBytes * tile)
    }
  }

  private func copy(
    _ rows: UnsafeRawPointer, _ row: Int, _ column: Int, _ columns: Int, _ band: Int,
    to target: UnsafeMutableRawPointer
  ) {
    let pixel = bands * sampleBytes
    let source = rows + (row * width + column) * pixel
    guard isPlanar, bands > 1 else {
      target.copyMemory(from: source, byteCount: columns * pixel)
      return
    }
    for index in 0..<columns {
      (target + index * sampleBytes).copyMemory(
        from: source + index * pixel + band * sampleBytes, byteCount: sampleBytes)
    }
  }

  private func predict(
    _ row: UnsafeRawPointer, _ count: Int, _ step: Int, into target: UnsafeMutableRawPointer
  ) {
    switch sampleBytes {
    case 1:
      let source = row.assumingMemoryBound(to: UInt8.self)
      let output = target.assumingMemoryBound(to: UInt8.self)
      difference(source, count, step, into: output)
    case 2:
      let source = row.assumingMemoryBound(to: UInt16.self)
      let output = target.assumingMemoryBound(to: UInt16.self)
      difference(source, count / 2, step, into: output)
      for index in 0..<count / 2 { output[index] = output[index].littleEndian }
    default:
      // The bytes of all samples by significance, the highest first, then differences of bytes.
      let source = row.assumingMemoryBound(to: UInt32.self)
      let samples = count / 4
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { planes in
        let start = planes.baseAddress!
        for index in 0..<samples {
          let bits = source[index]
          start[index] = UInt8(truncatingIfNeeded: bits >> 24)
          start[index + samples] = UInt8(truncatingIfNeeded: bits >> 16)
          start[index + 2 * samples] = UInt8(truncatingIfNeeded: bits >> 8)
          start[index + 3 * samples] = UInt8(truncatingIfNeeded: bits)
        }
        difference(
          UnsafePointer(start), count, step, into: target.assumingMemoryBound(to: UInt8.self))
      }
    }
  }

  @inline(__always)
  private func difference<Value: FixedWidthInteger>(
    _ source: UnsafePointer<Value>, _ count: Int, _ step: Int,
    into target: UnsafeMutablePointer<Value>
  ) {
    for index in 0..<min(step, count) { target[index] = source[index] }
    for index in stride(from: step, to: count, by: 1) {
      target[index] = source[index] &- source[index - step]
    }
  }

  private func compress(_ bytes: UnsafeRawPointer, _ count: Int) -> [UInt8]? {
    let input = bytes.assumingMemoryBound(to: UInt8.self)
    let packed = [UInt8](unsafeUninitializedCapacity: jc_zlib_bound(count)) { buffer, used in
      var failure = jc_failure()
      let status = jc_zlib_compress(
        input, count, Self.level, buffer.baseAddress, buffer.count, &used, &failure)
      if status != JC_OK { used = 0 }
    }
    return packed.isEmpty ? nil : packed
  }

  /// zlib's level: beyond it differences of samples take longer and hardly less room.
  private static let level: Int32 = 4
}
