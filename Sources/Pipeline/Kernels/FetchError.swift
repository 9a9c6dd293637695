/// What can go wrong while a kernel is fetched. Every message says what, where and what to do.
public enum FetchError: Error, Hashable, Sendable {
  /// The server's root is no http or https address.
  case badAddress(String)
  /// The server answered with another status than it should.
  case status(url: String, code: Int)
  /// No connection, or one that broke.
  case connection(url: String, reason: String)
  /// The connection broke in every attempt.
  case incomplete(url: String, received: Int, expected: Int?, attempts: Int)
  /// The file is not as long as the server said.
  case wrongLength(url: String, received: Int, expected: Int)
  /// A redirection that leads nowhere.
  case badRedirect(url: String, target: String)
  /// What came is no sound kernel.
  case notAKernel(url: String, problem: String)
  /// The server has no file that fills a gap.
  case notFound(role: KernelRole, folders: [String], tried: [String])
  /// A file on disk could not be written.
  case notWritten(path: String, reason: String)
}

extension FetchError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badAddress(let text):
      "'\(text)' is no http or https address; give --base URL"
    case .status(let url, 404):
      "\(url): is not on the server (404); check --base"
    case .status(let url, let code):
      "\(url): the server answered with status \(code); try again later or check --base"
    case .connection(let url, let reason):
      "\(url): \(reason); check the network and try again"
    case .incomplete(let url, let received, let expected, let attempts):
      "\(url): the connection ended after \(received) of \(expected.map(String.init) ?? "?") bytes "
        + "in each of \(attempts) attempts; run the command again to go on from there"
    case .wrongLength(let url, let received, let expected):
      "\(url): \(received) bytes came where the server announced \(expected); try again later"
    case .badRedirect(let url, let target):
      "\(url): redirects to '\(target)', which cannot be followed; check --base"
    case .notAKernel(let url, let problem):
      "\(url): what came is no sound kernel: \(problem)"
    case .notFound(let role, let folders, let tried):
      "no kernel for \(role.title) fills the gap: looked in \(folders.joined(separator: ", "))"
        + (tried.isEmpty ? "" : ", tried \(tried.joined(separator: ", "))")
    case .notWritten(let path, let reason):
      "cannot write \(path): \(reason)"
    }
  }
}
