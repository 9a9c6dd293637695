import JunoCam

/// What registration adds to the predicted geometry of one image: a value for each parameter, 0
/// where nothing is said.
public struct ImageCorrections: Hashable, Sendable {
  private var values: [CorrectionParameter: Double] = [:]

  /// No correction.
  public init() {}

  /// Value of a parameter, in its unit.
  public subscript(parameter: CorrectionParameter) -> Double {
    get { values[parameter] ?? 0 }
    set { values[parameter] = newValue == 0 ? nil : newValue }
  }

  /// Parameters whose value is not 0, in the order of `CorrectionParameter.all`.
  public var parameters: [CorrectionParameter] {
    CorrectionParameter.all.filter { values[$0] != nil }
  }
}

extension ImageCorrections: Codable {
  /// An object of names and values.
  public init(from decoder: any Decoder) throws {
    let named = try decoder.singleValueContainer().decode([String: Double].self)
    for (name, value) in named {
      guard let parameter = CorrectionParameter(name: name) else {
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: decoder.codingPath,
            debugDescription: "no registration parameter is called \(name)"))
      }
      self[parameter] = value
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      Dictionary(uniqueKeysWithValues: values.map { ($0.key.name, $0.value) }))
  }
}
