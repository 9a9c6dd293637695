import Raster

/// Cuts a stacked image into framelets and flags what is wrong with them.
///
/// Layout (SIS): framelet k = 0, 1, … holds lines 128 k ..< 128 (k + 1), of frame k / n and filter
/// k mod n, where n filters are stacked in the label's order.
struct FrameletSplitter {
  let label: ImageLabel
  /// Lines that the file has.
  let lines: Int
  /// Most threads to use at once.
  var jobs = 1

  private static let rows = FrameletShape.rows
  private static let columns = FrameletShape.columns

  /// Lines that the image would have if its last frame were whole.
  var wholeLines: Int { label.frameCount * label.filters.count * Self.rows }

  /// Framelets of 8-bit codes.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - start: offset of the first sample.
  ///   - stride: bytes from line to line. All lines must lie within `bytes`.
  func companded(
    _ bytes: UnsafeRawBufferPointer, start: Int, stride: Int
  ) -> FrameSet<Companded> {
    // Bytes are only read.
    nonisolated(unsafe) let bytes = bytes
    return split(zero: 0) { line in
      let place = start + line * stride
      return UnsafeRawBufferPointer(rebasing: bytes[place..<place + Self.columns])
    } copy: { line, samples in
      samples.withMemoryRebound(to: UInt8.self) { target in
        UnsafeMutableRawBufferPointer(target).copyMemory(from: line)
      }
    }
  }

  /// Framelets of 16-bit numbers, converted to native order; parameters as `companded`.
  func scaled(
    _ bytes: UnsafeRawBufferPointer, start: Int, stride: Int, littleEndian: Bool
  ) -> FrameSet<ArchiveScaled> {
    nonisolated(unsafe) let bytes = bytes
    return split(zero: 0) { line in
      let place = start + line * stride
      return UnsafeRawBufferPointer(rebasing: bytes[place..<place + 2 * Self.columns])
    } copy: { line, samples in
      for column in 0..<Self.columns {
        let raw = line.loadUnaligned(fromByteOffset: 2 * column, as: UInt16.self)
        samples[column] = littleEndian ? UInt16(littleEndian: raw) : UInt16(bigEndian: raw)
      }
    }
  }

  private func split<Stage: CalibrationStage>(
    zero: Stage.Sample, line: @Sendable (Int) -> UnsafeRawBufferPointer,
    copy: @Sendable (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<Stage.Sample>) -> Void
  ) -> FrameSet<Stage> {
    let scan = LineScan(lines: lines, jobs: jobs, line: line)
    let clean = Framelet<Stage>.unflagged()
    let filters = label.filters
    let frames = Parallel.map(count: label.frameCount, jobs: jobs) { frame in
      filters.indices.map { place in
        let first = (frame * filters.count + place) * Self.rows
        let present = min(Self.rows, max(0, lines - first))
        let count = Self.rows * Self.columns
        let samples = [Stage.Sample](unsafeUninitializedCapacity: count) { buffer, used in
          buffer.initialize(repeating: zero)
          for row in 0..<present {
            let place = row * Self.columns
            copy(line(first + row), .init(rebasing: buffer[place..<place + Self.columns]))
          }
          used = count
        }
        var flags = clean
        for row in 0..<Self.rows {
          let mark = row < present ? scan.marks[first + row] : .absent
          mark.apply(to: &flags.samples, at: row * Self.columns) { line(first + row) }
        }
        return Framelet<Stage>(
          frame: frame, filter: filters[place],
          samples: Plane(width: Self.columns, height: Self.rows, samples: samples), flags: flags)
      }
    }
    return FrameSet(label: label, frames: frames)
  }
}
