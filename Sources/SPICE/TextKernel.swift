/// The assignments of one text kernel, in order (KERNEL Required Reading).
///
/// Data stand between lines `\begindata` and `\begintext`. Lines end with LF, CR LF or CR. What
/// SPICE's reader would cut off or misread is an error here, with the line.
struct TextKernel {
  /// `NAME = values` or `NAME += values`.
  struct Assignment: Equatable {
    var name: String
    var appends: Bool
    var values: KernelPool.Values
    /// Line of the name, from 1.
    var line: Int
  }

  /// Longest line of a data block (SPICE reads no further).
  static let dataLineLimit = 132
  /// Longest line of commentary; a longer one says that this is no text kernel.
  static let commentLineLimit = 65_536
  /// Longest variable name.
  static let nameLimit = 32

  private(set) var assignments: [Assignment] = []

  /// Reads all data blocks.
  ///
  /// - Parameters:
  ///   - bytes: the whole file
  ///   - file: its path, for messages
  /// - Throws: `badText` with the line of the first fault.
  init(bytes: UnsafeRawBufferPointer, file: String) throws(SPICEError) {
    var parser = Parser(file: file)
    var number = 0
    var start = 0
    while start < bytes.count {
      var end = start
      let limit = parser.inData ? bytes.count : min(bytes.count, start + Self.commentLineLimit + 1)
      while end < limit, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      number += 1
      guard end - start <= Self.commentLineLimit else {
        throw .badText(
          file: file, line: number,
          problem: "is longer than \(Self.commentLineLimit) characters; is this a text kernel?")
      }
      try parser.line(bytes[start..<end], number: number)
      if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
      start = end + 1
    }
    try parser.finish()
    assignments = parser.assignments
  }
}

extension TextKernel {
  /// Reads line by line; remembers whether it stands in a data block and in a list.
  fileprivate struct Parser {
    typealias Line = Slice<UnsafeRawBufferPointer>

    let file: String
    var assignments: [Assignment] = []
    var inData = false
    private var number = 0
    private var pending: (name: String, appends: Bool, line: Int)?
    private var inList = false
    private var values: KernelPool.Values?

    init(file: String) { self.file = file }

    mutating func line(_ raw: Line, number: Int) throws(SPICEError) {
      self.number = number
      let line = Self.trimmed(raw)
      if line.first == UInt8(ascii: "\\") {
        if line.elementsEqual("\\begindata".utf8) {
          inData = true
          return
        }
        if line.elementsEqual("\\begintext".utf8) {
          try finish()
          inData = false
          return
        }
      }
      guard inData, !line.isEmpty else { return }
      guard line.endIndex - raw.startIndex <= dataLineLimit else {
        throw fault(
          "a data line has \(line.endIndex - raw.startIndex) characters, and SPICE reads only the "
            + "first \(dataLineLimit); break it up")
      }
      for byte in line where (byte < 0x20 && byte != 0x09) || byte > 0x7E {
        throw fault("a data line holds the byte \(byte), which is no printable ASCII character")
      }
      var rest = line
      if pending == nil { try beginAssignment(&rest) }
      try readValues(&rest)
    }

    /// Called at `\begintext` and at the end of the file.
    mutating func finish() throws(SPICEError) {
      guard let pending else { return }
      throw .badText(
        file: file, line: pending.line,
        problem: inList
          ? "the list of \(pending.name) has no closing parenthesis"
          : "\(pending.name) has no value")
    }

    private func fault(_ problem: String) -> SPICEError {
      .badText(file: file, line: number, problem: problem)
    }

    private mutating func beginAssignment(_ rest: inout Line) throws(SPICEError) {
      guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else {
        throw fault("expected NAME = VALUE, found \"\(Self.text(rest))\"")
      }
      var nameEnd = equals
      let appends = equals > rest.startIndex && rest[equals - 1] == UInt8(ascii: "+")
      if appends { nameEnd -= 1 }
      let name = Self.trimmed(rest[rest.startIndex..<nameEnd])
      guard !name.isEmpty, !name.contains(where: { Self.isSeparator($0) || "('".utf8.contains($0) })
      else { throw fault("expected a variable name before =, found \"\(Self.text(name))\"") }
      guard name.count <= nameLimit else {
        throw fault("the name \(Self.text(name)) is longer than \(nameLimit) characters")
      }
      pending = (Self.text(name), appends, number)
      inList = false
      values = nil
      rest = Self.trimmed(rest[(equals + 1)...])
      guard let first = rest.first else { throw fault("\(Self.text(name)) has no value") }
      if first == UInt8(ascii: "(") {
        inList = true
        rest = rest.dropFirst()
      }
    }

    private mutating func readValues(_ rest: inout Line) throws(SPICEError) {
      guard let pending else { return }
      while true {
        rest = rest.drop(while: Self.isSeparator)
        guard let first = rest.first else { return }
        if first == UInt8(ascii: ")") {
          guard inList else { throw fault("unexpected closing parenthesis") }
          try endAssignment(Self.trimmed(rest.dropFirst()))
          return
        }
        if first == UInt8(ascii: "'") {
          try append(.strings([try quoted(&rest)]), to: pending.name)
        } else {
          let end =
            rest.firstIndex { Self.isSeparator($0) || "()'".utf8.contains($0) } ?? rest.endIndex
          let token = rest[rest.startIndex..<end]
          rest = rest[end...]
          try append(.numbers([try value(token)]), to: pending.name)
        }
        if !inList {
          try endAssignment(Self.trimmed(rest))
          return
        }
      }
    }

    private mutating func append(_ new: KernelPool.Values, to name: String) throws(SPICEError) {
      if values == nil {
        values = new
      } else if values?.append(new) != true {
        throw fault("the list of \(name) mixes numbers and strings")
      }
    }

    private mutating func endAssignment(_ rest: Line) throws(SPICEError) {
      guard let pending else { return }
      guard rest.isEmpty else {
        throw fault("\"\(Self.text(rest))\" after the value of \(pending.name)")
      }
      guard let values else { throw fault("the list of \(pending.name) is empty") }
      assignments.append(
        Assignment(
          name: pending.name, appends: pending.appends, values: values, line: pending.line))
      self.pending = nil
      self.values = nil
      inList = false
    }

    /// A string in single quotes; two quotes stand for one.
    private func quoted(_ rest: inout Line) throws(SPICEError) -> String {
      var bytes: [UInt8] = []
      var index = rest.startIndex + 1
      while index < rest.endIndex {
        if rest[index] == UInt8(ascii: "'") {
          guard index + 1 < rest.endIndex, rest[index + 1] == UInt8(ascii: "'") else {
            guard !bytes.isEmpty else {
              throw fault("a quoted string with no characters, which SPICE refuses; write ' '")
            }
            rest = rest[(index + 1)...]
            return String(decoding: bytes, as: UTF8.self)
          }
          index += 1
        }
        bytes.append(rest[index])
        index += 1
      }
      throw fault("the quote that opens \(Self.text(rest)) is not closed on its line")
    }

    private func value(_ token: Line) throws(SPICEError) -> Double {
      if token.first == UInt8(ascii: "@") {
        let text = Self.text(token.dropFirst())
        guard let date = CalendarDate(parsing: text) else {
          throw fault("@\(text) is no date; write it like @2017-JAN-1 or @2019-08-18/17:03:03")
        }
        return date.secondsPastJ2000
      }
      guard let number = KernelNumber.parse(token) else {
        throw fault("\"\(Self.text(token))\" is neither a number, a date nor a quoted string")
      }
      return number
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",")
    }

    private static func trimmed(_ line: Line) -> Line {
      let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
      let front = line.drop(while: isBlank)
      guard let last = front.lastIndex(where: { !isBlank($0) }) else { return front }
      return front[...last]
    }

    /// Text for a message or a name, at most 80 characters of it.
    private static func text(_ line: Line) -> String {
      let shown = String(decoding: line.prefix(80), as: UTF8.self)
      return line.count > 80 ? shown + "..." : shown
    }
  }
}
