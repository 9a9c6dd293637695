import Foundation
import Raster

/// Decompanding, black level, gain and flat in one pass from memory to memory, and a copy beside it.
struct StreamBench {
  var bytes: [UInt8]
  var flat: FloatArray
  var output: FloatArray

  /// Seconds for a copy of as many bytes as `calibrate` moves, half of them read and half written.
  func copy() -> String {
    let half = Double(count) * 9 / 2
    let whole = min(count * 4, Int(half))
    let seconds = Double(
      Seconds.text(threads: 1) {
        UnsafeMutableRawPointer(output.start).copyMemory(from: flat.start, byteCount: whole)
      })!
    return "\(seconds * half / Double(whole))"
  }

  func calibrate() -> String {
    let kernels = InstructionLevel.current.kernels
    let table = [Float](repeating: 0, count: 256)
    return Seconds.text(threads: 1) {
      kernels.decompand_sqroot(bytes, table, 3.5, 0.001, flat.start, count, output.start)
    }
  }

  private var count: Int { min(bytes.count, min(flat.count, output.count)) }
}
