/// Every parameter of a run, defaults included, and one digest over all of them.
///
/// Names of files and folders are not among them: inputs and kernels are told apart by content.
public struct ParameterRecord: Codable, Hashable, Sendable {
  /// SHA-256 of `values` as canonical JSON without white space.
  public var sha256: String
  public var values: JSONValue

  /// - Parameter values: the parameters, whose JSON form is recorded.
  public init(_ values: some Encodable) throws {
    self.values = try JSONValue(encoding: values)
    sha256 = Digest.sha256(try CanonicalJSON.bytes(self.values, pretty: false))
  }
}
