/// How bands become the colours of a picture.
public enum ColourMode: String, CaseIterable, Codable, Sendable {
  /// I/F of the red, green and blue bands as linear red, green and blue; nothing else.
  case radiometric
  /// What an eye would see by sunlight (`NaturalColour`); saturation is not touched.
  case natural
  /// Natural colour with detail and colour differences drawn out (`Enhancement`), for a public
  /// picture.
  case enhanced
}
