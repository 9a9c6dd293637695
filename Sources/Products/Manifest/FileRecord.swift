import Foundation

/// A file that went into a run: its name without folders, and what identifies its content.
public struct FileRecord: Codable, Hashable, Sendable {
  public var name: String
  public var bytes: Int
  /// SHA-256 of the content, lower-case hexadecimal.
  public var sha256: String

  public init(name: String, bytes: Int, sha256: String) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// Reads the file once to hash it. Throws `ProductsError.inputUnreadable`.
  public init(hashing url: URL) throws(ProductsError) {
    let digest = try Digest.sha256(of: url)
    self.init(name: url.lastPathComponent, bytes: digest.bytes, sha256: digest.hexadecimal)
  }
}
