import Foundation

/// Where the program speaks: results on standard output, everything else on standard error.
enum Terminal {
  /// Whether standard error is a terminal that can move its cursor.
  static let isInteractive =
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  /// Whether colour is welcome (https://no-color.org).
  static let hasColour =
    isInteractive && ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty ?? true

  /// A line of a result.
  static func print(_ text: String, terminator: String = "\n") {
    FileHandle.standardOutput.write(Data((text + terminator).utf8))
  }

  /// A line about the work.
  static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Something went wrong; the first line is marked.
  static func error(_ text: String) {
    say(styled("error:", "1;31") + " " + text)
  }

  /// Something should be known.
  static func warning(_ text: String) {
    say(styled("warning:", "1;33") + " " + text)
  }

  /// Text in an SGR style, where colour is welcome.
  static func styled(_ text: String, _ style: String) -> String {
    hasColour ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }
}
