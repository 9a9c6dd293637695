/// A kernel in memory: a text kernel, or a binary one as `SPKWriter` and `CKWriter` make them.
public struct KernelContents: Sendable {
  /// What messages call it.
  public var name: String
  public var bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// A text kernel.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }
}
