import Foundation

/// Reference numbers in `Tests/Fixtures`, each file written by a script of the same name in
/// `Tests/Scripts`.
public enum Fixture {
  /// Decodes Tests/Fixtures/NAME.json.
  public static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let url = DataPack.repository.appendingPathComponent("Tests/Fixtures/\(name).json")
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }
}
