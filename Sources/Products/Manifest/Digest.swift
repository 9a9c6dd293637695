import Crypto
import Foundation

/// SHA-256 in lower-case hexadecimal.
public enum Digest {
  /// Of bytes in memory.
  public static func sha256(_ bytes: UnsafeRawBufferPointer) -> String {
    var hash = SHA256()
    hash.update(bufferPointer: bytes)
    return hexadecimal(hash.finalize())
  }

  /// Of bytes in memory.
  public static func sha256(_ bytes: some Sequence<UInt8>) -> String {
    let array = Array(bytes)
    return array.withUnsafeBytes { sha256($0) }
  }

  /// Of a file, read in pieces, and its length.
  static func sha256(of url: URL) throws(ProductsError) -> (hexadecimal: String, bytes: Int) {
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      var hash = SHA256()
      var count = 0
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        hash.update(data: piece)
        count += piece.count
      }
      return (hexadecimal(hash.finalize()), count)
    } catch {
      throw .inputUnreadable(path: url.path, reason: error.localizedDescription)
    }
  }

  /// The bytes of 16-bit samples in little-endian order, in which they are hashed on every machine.
  static func withLittleEndianBytes(
    _ values: [UInt16], _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    if UInt16(1).littleEndian == 1 { return values.withUnsafeBytes(body) }
    values.map(\.littleEndian).withUnsafeBytes(body)
  }

  static func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
