import ArgumentParser
import JunoCam

/// Numbers with commas between them, such as 800.5,64.5.
struct NumberList {
  var values: [Double]

  init(parsing text: String, count: Int) throws {
    let fields = text.split(separator: ",", omittingEmptySubsequences: false)
    values = fields.compactMap {
      Double($0.trimmingPrefix { $0 == " " }).flatMap { $0.isFinite ? $0 : nil }
    }
    guard values.count == count, fields.count == count else {
      throw ValidationError("'\(text)' is not \(count) numbers with commas between them.")
    }
  }
}

/// A number for one filter, such as RED=-151.52.
struct FilterValue {
  var filter: Filter
  var value: Double

  init(parsing text: String) throws {
    let sides = text.split(separator: "=", maxSplits: 1)
    guard sides.count == 2, let filter = Filter(spelled: sides[0]),
      let value = Double(sides[1]), value.isFinite
    else {
      throw ValidationError("'\(text)' is not FILTER=number, for example RED=-151.52.")
    }
    self.filter = filter
    self.value = value
  }
}

extension Filter {
  /// A filter by its name or first letter, in any case.
  init?(spelled text: some StringProtocol) {
    let name = text.uppercased()
    let match = Filter.allCases.first {
      $0.rawValue == name || String($0.rawValue.prefix(1)) == name
    }
    guard let match else { return nil }
    self = match
  }
}
