import CImageCodecs
import Testing

@testable import ImageFormats

@Suite("Pieces of a DEFLATE stream, against zlib's decoder")
struct ZlibPieceTests {
  /// Encodes in pieces, decodes as one stream.
  private func survives(_ bytes: [UInt8], pieces: Int, strategy: ZlibPiece.Strategy) -> Bool {
    var stream: [UInt8] = []
    let step = max(1, (bytes.count + pieces - 1) / pieces)
    for start in stride(from: 0, to: max(bytes.count, 1), by: step) {
      let part = Array(bytes[start..<min(start + step, bytes.count)])
      stream += part.withUnsafeBufferPointer { input in
        [UInt8](unsafeUninitializedCapacity: ZlibPiece.bound(part.count)) {
          $1 =
            ZlibPiece.encode(
              input.baseAddress ?? UnsafePointer($0.baseAddress!), count: part.count,
              strategy: strategy, isLast: start + step >= bytes.count, into: $0.baseAddress!) ?? 0
        }
      }
    }
    var output = [UInt8](repeating: 0, count: bytes.count + 1)
    var used = 0
    var failure = jc_failure()
    let status = jc_inflate(stream, stream.count, &output, output.count, &used, &failure)
    return status == JC_OK && Array(output[..<used]) == bytes
  }

  @Test(arguments: [0, 1, 2, 255, 70_000], ZlibPiece.Strategy.allCases)
  func piecesJoin(count: Int, strategy: ZlibPiece.Strategy) {
    var noise = Noise(UInt64(count))
    let random = (0..<count).map { _ in UInt8.random(in: 0...255, using: &noise) }
    let runs = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 300) }
    for pieces in [1, 2, 7] {
      #expect(survives(random, pieces: pieces, strategy: strategy))
      #expect(survives(runs, pieces: pieces, strategy: strategy))
    }
  }
}
