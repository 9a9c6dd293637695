/// A coordinate axis, with SPICE's numbers.
public enum Axis: Int, Codable, Sendable, CaseIterable {
  case x = 1
  case y = 2
  case z = 3
}
