/// What light a product shows the ground in.
public enum PhotometryMode: String, Codable, Sendable, CaseIterable, Hashable {
  /// As seen. The default.
  case lit
  /// Brought to vertical light and view at the phase that `photometry.phase` states.
  case albedo
  /// As seen by day, and the night side that Jupiter lights as if it were as bright as day.
  case twoLights = "two-lights"
}
