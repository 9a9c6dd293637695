import Foundation
import SpaceMath
import Testing
import TestSupport

@testable import SPICE

/// A piece of the golden file, which was computed with CSPICE.
enum Golden: Decodable, Sendable {
  case object([String: Golden])
  case list([Golden])
  case number(Double)
  case text(String)
  case flag(Bool)
  case nothing

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode([String: Golden].self) {
      self = .object(value)
    } else if let value = try? container.decode([Golden].self) {
      self = .list(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else {
      self = .nothing
    }
  }

  static func read(_ url: URL) -> Golden {
    guard let data = try? Data(contentsOf: url) else { return .nothing }
    return (try? JSONDecoder().decode(Golden.self, from: data)) ?? .nothing
  }

  static let file = read(DataPack.url("golden/spice_golden.json"))

  subscript(key: String) -> Golden {
    if case .object(let values) = self { values[key] ?? .nothing } else { .nothing }
  }

  subscript(index: Int) -> Golden { array.indices.contains(index) ? array[index] : .nothing }

  var keys: [String] { if case .object(let values) = self { values.keys.sorted() } else { [] } }
  var array: [Golden] { if case .list(let values) = self { values } else { [] } }
  var double: Double { if case .number(let value) = self { value } else { .nan } }
  var int: Int { Int(exactly: double) ?? .min }
  var string: String { if case .text(let value) = self { value } else { "" } }
  var doubles: [Double] { array.map(\.double) }

  var vector: Vector3 {
    let values = doubles
    return values.count >= 3 ? Vector3(values[0], values[1], values[2]) : Vector3(.nan, .nan, .nan)
  }

  var matrix: Matrix3 {
    let rows = array
    guard rows.count >= 3 else { return Matrix3(vector, vector, vector) }
    return Matrix3(rows[0].vector, rows[1].vector, rows[2].vector)
  }

  static func kernel(_ name: String) -> String { DataPack.url("kernels/\(name)").path }

  static func set(_ names: String...) throws -> KernelSet {
    try KernelSet(loading: names.map(kernel))
  }
}

/// Largest difference of any element.
func largestDifference(_ a: Matrix3, _ b: Matrix3) -> Double {
  max(
    largestDifference(a.row0, b.row0), largestDifference(a.row1, b.row1),
    largestDifference(a.row2, b.row2))
}

func largestDifference(_ a: Vector3, _ b: Vector3) -> Double {
  let d = a - b
  // A comparison with not-a-number must not pass.
  guard d.x.isFinite, d.y.isFinite, d.z.isFinite else { return .infinity }
  return max(abs(d.x), abs(d.y), abs(d.z))
}
