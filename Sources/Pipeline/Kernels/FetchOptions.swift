import Foundation

/// How kernels are fetched.
public struct FetchOptions: Sendable {
  /// NAIF's own server.
  public static let naif = "https://naif.jpl.nasa.gov/pub/naif/"

  /// Root of a server that is laid out as NAIF's, with a slash at its end.
  public let base: URL
  /// Connections that one file may take.
  public var attempts = 4
  /// s before the second attempt; doubled before each further one.
  public var pause = 1.0
  /// s without a byte after which a connection counts as broken.
  public var timeout: TimeInterval = 60
  /// Redirections that one request may follow.
  public var redirects = 5

  /// - Throws: `FetchError.badAddress`.
  public init(base: String = FetchOptions.naif) throws(FetchError) {
    let text = base.hasSuffix("/") ? base : base + "/"
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
      ["http", "https"].contains(scheme), url.host?.isEmpty == false
    else { throw .badAddress(base) }
    self.base = url
  }
}

/// What fetching reports while it works.
public enum FetchEvent: Sendable {
  /// A folder's index page is asked for.
  case listing(url: String)
  /// A file begins, from an offset if part of it is on disk.
  case started(name: String, url: String, offset: Int)
  /// Bytes of a file that are on disk, and how many it will have.
  case progress(name: String, received: Int, expected: Int?)
  /// The connection broke and is made again.
  case retrying(name: String, attempt: Int, reason: String)
  /// A file is complete, sound and has its name.
  case finished(FetchedFile)
  /// A file could not be used; another may be.
  case failed(name: String, reason: String)
}

/// A file that was fetched.
public struct FetchedFile: Codable, Hashable, Sendable {
  public var name: String
  /// Where it came from.
  public var url: String
  public var bytes: Int
  /// Lower-case hexadecimal.
  public var sha256: String
}
