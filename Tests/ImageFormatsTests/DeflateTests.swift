import CImageCodecs
import Foundation
import Testing

@testable import ImageFormats

@Suite("DEFLATE encoder, against zlib's decoder")
struct DeflateTests {
  /// Decodes through zlib: the bytes become the rows of a grey PNG, whose reader checks everything.
  private func survives(_ bytes: [UInt8], pieces: Int = 1) throws -> Bool {
    var stream: [UInt8] = []
    let step = max(1, (bytes.count + pieces - 1) / pieces)
    for start in stride(from: 0, to: max(bytes.count, 1), by: step) {
      let part = Array(bytes[start..<min(start + step, bytes.count)])
      stream += part.withUnsafeBufferPointer { input in
        [UInt8](unsafeUninitializedCapacity: DeflateEncoder.bound(part.count)) {
          $1 = DeflateEncoder.encode(
            input.baseAddress ?? UnsafePointer($0.baseAddress!), count: part.count,
            isLast: start + step >= bytes.count, into: $0.baseAddress!)
        }
      }
    }
    var output = [UInt8](repeating: 0, count: bytes.count + 1)
    var used = 0
    var failure = jc_failure()
    let status = jc_inflate(stream, stream.count, &output, output.count, &used, &failure)
    return status == JC_OK && Array(output[..<used]) == bytes
  }

  @Test("Short inputs", arguments: 0..<40)
  func short(count: Int) throws {
    var noise = Noise(UInt64(count))
    #expect(try survives((0..<count).map { _ in UInt8.random(in: 0...255, using: &noise) }))
    #expect(try survives([UInt8](repeating: 7, count: count)))
    #expect(try survives((0..<count).map { UInt8($0 / 9) }))
  }

  @Test("Runs of every length around the limits of DEFLATE")
  func runs() throws {
    for length in Array(1...40) + Array(255...280) + Array(510...540) + [65_530, 65_536, 70_000] {
      #expect(
        try survives([1, 2, 3] + [UInt8](repeating: 9, count: length) + [4, 5]), "\(length)")
    }
  }

  @Test("Mixtures of runs and noise, in one piece and in several", arguments: 1...12)
  func mixtures(seed: UInt64) throws {
    var noise = Noise(seed)
    var bytes: [UInt8] = []
    while bytes.count < 200_000 {
      let value = UInt8.random(in: 0...255, using: &noise)
      if Bool.random(using: &noise) {
        let length = Int.random(in: 1...600, using: &noise)
        bytes += [UInt8](repeating: value, count: length)
      } else {
        let bits = Int.random(in: 1...8, using: &noise)
        let length = Int.random(in: 1...5000, using: &noise)
        for _ in 0..<length { bytes.append(UInt8.random(in: 0...255, using: &noise) >> (8 - bits)) }
      }
    }
    #expect(try survives(bytes))
    #expect(try survives(bytes, pieces: 7))
  }

  @Test("Bytes without any order are stored, with little loss")
  func incompressible() throws {
    var noise = Noise(5)
    let bytes = (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &noise) }
    #expect(try survives(bytes))
    var output = [UInt8](repeating: 0, count: DeflateEncoder.bound(bytes.count))
    let size = DeflateEncoder.encode(bytes, count: bytes.count, isLast: true, into: &output)
    #expect(size < bytes.count + 64)
  }

  @Test("Frequencies like Fibonacci's numbers, whose code would be too long")
  func longCodes() throws {
    var bytes: [UInt8] = []
    var (a, b) = (1, 1)
    for symbol in 0..<22 {
      bytes += (0..<a).flatMap { _ in [UInt8(symbol)] }
      (a, b) = (b, a + b)
    }
    var noise = Noise(3)
    bytes.shuffle(using: &noise)
    #expect(try survives(Array(bytes.prefix(65_000))))
    #expect(try survives(bytes))
  }

  @Test("Codes fill Kraft's sum, keep their limit and reach the optimum where it allows")
  func huffman() {
    let frequencies: [[UInt32]] = [
      [1, 1], [0, 5, 0, 1], [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
      (0..<286).map { UInt32(1 + $0 * $0) }, (0..<30).map { UInt32(1) << UInt32($0) },
    ]
    for list in frequencies {
      for limit in [9, 14, 15] where list.count <= 1 << limit {
        let code = HuffmanCode(frequencies: list, limit: limit)
        let sum = code.lengths.filter { $0 > 0 }.reduce(0.0) { $0 + 1 / Double(1 << Int($1)) }
        #expect(sum == 1)
        #expect(code.lengths.max()! <= limit)
      }
    }
    // Powers of two: the n-th rarest has length n, the two rarest share the longest.
    let powers = HuffmanCode(frequencies: [1, 1, 2, 4, 8, 16], limit: 15)
    #expect(powers.lengths == [5, 5, 4, 3, 2, 1])
  }

  @Test("Length symbols are those of RFC 1951")
  func lengthSymbols() {
    let anchors = [
      (3, 257, 0, 0), (10, 264, 0, 0), (11, 265, 1, 0), (12, 265, 1, 1), (19, 269, 2, 0),
      (34, 272, 2, 3), (35, 273, 3, 0), (67, 277, 4, 0), (114, 279, 4, 15), (131, 281, 5, 0),
      (257, 284, 5, 30), (258, 285, 0, 0),
    ]
    for (length, symbol, bits, extra) in anchors {
      let made = LengthSymbol(length)
      #expect(made.symbol == symbol && made.extraBits == bits && made.extra == extra, "\(length)")
    }
  }
}
