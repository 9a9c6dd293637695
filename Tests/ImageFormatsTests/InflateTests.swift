import CImageCodecs
import Foundation
import TestSupport
import Testing

@testable import ImageFormats

@Suite("DEFLATE decoder, against zlib")
struct InflateTests {
  /// Decodes a whole stream in pieces of `step` bytes; nil if it is refused.
  private func inflate(_ stream: [UInt8], count: Int, step: Int) -> [UInt8]? {
    let padded = stream + [UInt8](repeating: 0, count: Inflater.inputSlack)
    return padded.withUnsafeBufferPointer { input -> [UInt8]? in
      var inflater = Inflater(input.baseAddress!, count: stream.count)
      var output = [UInt8](repeating: 0, count: count + Inflater.outputSlack)
      return output.withUnsafeMutableBufferPointer { buffer -> [UInt8]? in
        let start = buffer.baseAddress!
        var end = start
        while end - start < count {
          let next = inflater.decode(
            from: start, to: end, limit: end + min(step, count - (end - start)))
          guard next > end, !inflater.isFailed else { return nil }
          end = next
        }
        guard end - start == count, inflater.decode(from: start, to: end, limit: end + 1) == end,
          inflater.isFinished, inflater.bytesLeft == 0
        else { return nil }
        return Array(buffer[..<count])
      }
    }
  }

  /// Runs, noise and copies from near and far; the streams below are zlib's of the same bytes.
  private static let bytes: [UInt8] = {
    var out: [UInt8] = []
    var state = 1
    func next() -> Int {
      state = (state &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
      return state >> 8
    }
    while out.count < 40_000 {
      let kind = next() % 4
      let length = 1 + next() % 300
      if kind == 0 {
        out += [UInt8](repeating: UInt8(next() % 7), count: length)
      } else if kind == 1 {
        for _ in 0..<length % 40 { out.append(UInt8(next() % 256)) }
      } else if !out.isEmpty {
        let draw = next()
        let back = 1 + draw % min(out.count, [9, 300, 33000, 33000][next() % 4])
        for _ in 0..<length { out.append(out[out.count - back]) }
      }
    }
    return out
  }()

  /// The first 20 000 bytes with codes of their own (level 9).
  private static let dynamicStream =
    "Y2IaBUMQMAw4YB1Z4O7CWWcZ6QEwreZTmeSxzqbmXoHJ3sD1ZoJrO/S/DZQo8zAAw79wkHH14b2TNHjtrl2d"
    + "fz3m99TTHc/ld8hFdmT9yt3huIpns790CMdoyT5AEck6CpCBsoiN3+/XRzzS9v1hOd9pyFHwgW9bk2TNxW+f"
    + "JYLF7vD/eP/O186XrW7QuZthBAPaVBdso4CNjYUEMARyyXAD/wIa2UzcPqx+/Uecp3HOJjMBYZuvpbyfrnp/"
    + "vaD44cekZ1SGA1XajNDmyZBsUA36Nj7jKKAuGBkjDSS4+8lU6b0UwYHtfAzWym60NTYKsIERlYVOsDvxdrrx"
    + "6XYP2hBodHhzZtiC4d8xGFxtC+ZRQDRgoTEYRNMWAzYZMwDmjITx7isa4V8eljsZHRod2x1sQ7tDdsaS1mlP"
    + "mclB5s0xfe73C33Pctjf+HiJ+9TB1Ub3vaZGbGVUK4870P+Jjbvn2vHTM97Xrf944pjSxPV//U2GD/Q0f8al"
    + "f+77hP83L/Ivu+yQcuHnBS2GUTAoAPfvRieLVjXfv7qdi8X+Hjf4d3Dngk/sw8Q5w3Usn2UUEAGG3Hj+JhmZ"
    + "SZ9/OEW8y5Ysrle4nefU2jp90pHLP3pOOcTxOI1OYY2CUTCgo8rfonlclix4IX2H53B4lfetZqkTmm/FN+TM"
    + "73svnxZtWHtW6mGz4sipkwbVyO5IGr0ZxM3JLjYrruWFB82OrpN4pS+R+ejTmYUzby3L8SlyMv3O/lszbNk7"
    + "kycS3wegA0qjucelOZ/fJKe0vDX6W3wsduo7449u99bvevupwll1asctn0+jC2ZGwSjAMpo2P4khh88yqzt4"
    + "MsNpztv7yvvsEub8WZHEZnD0v8NRBhOq5E03Z9EejceVTbEXn7rYW4nef8PVKm/7tmDCxdHW+ej8+/BbUzkk"
    + "wa5gb9npmbuPXuT39U2aFHN/FGFFoxR2alCXxEOyf0RhnTtC19lY/n5wQ014slVv07aNXl9aTvy88uvM14Ar"
    + "J6ODervZ25LmTY3y/zFyaq2iByx7HXhHB4NG0mDQKCAJTF6bmLHuE1dPrePb49XJz44+ez7h40hfHE5eYYMj"
    + "gEc9ih3QoU1PkzAj2pbB6Hgahsioe6kAcI2ueky1ObvuqDo77xnGa05h7MdeUOad77t/7xS873Hsd8rmbObl"
    + "mSmj1EihXO7k990dxquIVuV82H76Q1NXxoS+NxPdOWOXvUxhyC5+azDymtfDZIpxdIR6oMGhtZIt1UGvJl8/"
    + "9GeL469ZTs+2XYzaVJh742eE3vTDpmW7rvaI+v4ZCH8cKd6tIrX0ybRtnJqRJrxtO97f3n5gdB0lAeDusjvn"
    + "343Wbes3rPByd//AUnTrRcPs1LuS75fceRMltO7qkB7vAQA="

  /// The first 3 000 bytes with the fixed codes.
  private static let fixedStream =
    "Y2IaBUMQMAw4YB1Z4O7CWWcZ6QEwreZTmeSxzqbmXoHJ3sD1ZoJrO/S/DZQo8zAAw79wkHH14b2TNHjtrl2d"
    + "fz3m99TTHc/ld8hFdmT9yt3huIpns790CMdoyT5AEck6CpCBsoiN3+/XRzzS9v1hOd9pyFHwgW9bk2TNxW+f"
    + "JYLF7vD/eP/O186XrW7QuZthBAPaVBdsgxMAAA=="

  @Test("Streams that zlib made, in pieces of any size", arguments: [1, 7, 100, 1000, 100_000])
  func zlibStreams(step: Int) throws {
    let dynamic = Array(try #require(Data(base64Encoded: Self.dynamicStream)))
    #expect(inflate(dynamic, count: 20_000, step: step) == Array(Self.bytes[..<20_000]))
    let fixed = Array(try #require(Data(base64Encoded: Self.fixedStream)))
    #expect(inflate(fixed, count: 3000, step: step) == Array(Self.bytes[..<3000]))
  }

  @Test("Stored blocks, empty ones among them")
  func stored() {
    let stream: [UInt8] = [
      0, 0, 0, 0xFF, 0xFF, 0, 3, 0, 0xFC, 0xFF, 1, 2, 3, 1, 2, 0, 0xFD, 0xFF, 4, 5,
    ]
    for step in 1...5 { #expect(inflate(stream, count: 5, step: step) == [1, 2, 3, 4, 5]) }
  }

  @Test("Streams of our own encoder")
  func ownStreams() {
    var output = [UInt8](repeating: 0, count: DeflateEncoder.bound(Self.bytes.count))
    let size = DeflateEncoder.encode(
      Self.bytes, count: Self.bytes.count, isLast: true, into: &output)
    #expect(
      inflate(Array(output[..<size]), count: Self.bytes.count, step: 5000) == Self.bytes)
  }

  @Test("Truncated and damaged streams are refused or decode as zlib decodes them")
  func damage() throws {
    let stream = Array(try #require(Data(base64Encoded: Self.fixedStream)))
    for count in 0..<stream.count {
      #expect(inflate(Array(stream[..<count]), count: 3000, step: 500) == nil)
    }
    let dynamic = Array(try #require(Data(base64Encoded: Self.dynamicStream)))
    for source in [stream, dynamic] {
      var noise = Noise(2)
      for _ in 0..<150 {
        var damaged = source
        damaged[Int.random(in: 0..<min(200, source.count), using: &noise)] = UInt8.random(
          in: 0...255, using: &noise)
        var expected = [UInt8](repeating: 0, count: 1 << 16)
        var used = 0
        var failure = jc_failure()
        let status = jc_inflate(
          damaged, damaged.count, &expected, expected.count, &used, &failure)
        let found = inflate(damaged, count: used, step: 700)
        if status == JC_OK {
          #expect(found == Array(expected[..<used]))
        } else {
          #expect(found == nil)
        }
      }
    }
  }

  @Test("Codes that are none are refused")
  func badCodes() {
    // Block type 3; a dynamic block whose code length code has three codes of one bit.
    #expect(inflate([0b111], count: 1, step: 1) == nil)
    #expect(
      inflate([0b101, 0b0000_0000, 0b0100_1001, 0b0000_0010, 0, 0, 0, 0], count: 1, step: 1) == nil)
    // A match that reaches in front of the first byte: fixed codes, length 3, distance 1.
    #expect(inflate([0b0000_0011, 0b0000_0010, 0, 0], count: 3, step: 3) == nil)
  }

  @Test("The quick way and libpng read the same frame, whatever the filters", arguments: 1...6)
  func frames(seed: UInt64) throws {
    var noise = Noise(seed)
    let width = Int.random(in: 1...90, using: &noise)
    let height = Int.random(in: 1...60, using: &noise)
    let image = try Picture.make(width, height, 1, .u8, seed: seed)
    let bytes = try PNGWriter.bytes(of: image)
    let quick = bytes.withUnsafeBufferPointer {
      RawPNGDecoder.decode($0.baseAddress!, $0.count, .rawFrame)
    }
    #expect(try .u8(#require(quick).frame.codes) == image.samples)
    #expect(try PNGReader.image(from: bytes) == image)
  }

  @Test("Each filter is undone as the PNG specification says")
  func filters() {
    let above: [UInt8] = [10, 20, 200, 7, 255]
    let filtered: [UInt8] = [1, 250, 3, 128, 9]
    let expected: [[UInt8]] = [
      [1, 250, 3, 128, 9], [1, 251, 254, 126, 135], [11, 14, 203, 135, 8], [6, 7, 106, 184, 228],
      [11, 14, 203, 135, 8],
    ]
    for (filter, row) in expected.enumerated() {
      var output = [UInt8](repeating: 0, count: 5)
      #expect(PNGUnfilter.row(UInt8(filter), filtered, above: above, count: 5, into: &output))
      #expect(output == row, "filter \(filter)")
    }
    var output = [UInt8](repeating: 0, count: 5)
    // Paeth's predictor takes up, corner, up, left, up here.
    #expect(
      PNGUnfilter.row(4, [249, 174, 62, 11, 245], above: above, count: 5, into: &output))
    #expect(output == [3, 184, 6, 17, 244])
    #expect(!PNGUnfilter.row(5, filtered, above: above, count: 5, into: &output))
  }

  @Test(
    "The quick way takes real raw frames", .enabled(if: DataPack.isPresent, "no data pack"),
    arguments: ["JNCE_2022186_43M00081_V01", "JNCE_2022272_45C00088_V01"])
  func realFrames(product: String) throws {
    let url = DataPack.url("raw/\(product)-raw.png")
    let file = [UInt8](try Data(contentsOf: url))
    let quick = try #require(
      file.withUnsafeBufferPointer {
        RawPNGDecoder.decode($0.baseAddress!, $0.count, .rawFrame)
      })
    #expect(try PNGReader.image(at: url).samples == .u8(quick.frame.codes))
  }
}
