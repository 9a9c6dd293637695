import Foundation
import Synchronization

/// Asks a server for the names in one folder.
struct IndexRequest {
  let url: URL
  let options: FetchOptions

  /// More than any index page has.
  private static let limit = 32 << 20

  /// Empty if the server has no such folder.
  ///
  /// - Throws: `FetchError`, `CancellationError`
  func names() async throws -> [String] {
    var source = url
    var pause = options.pause
    var attempt = 1
    var redirects = 0
    while true {
      let page = Page()
      do {
        let head = try await HTTPExchange.get(source, timeout: options.timeout) { head in
          head.status == 200
        } receive: { data in
          try page.append(data, limit: Self.limit, url: url)
        }
        switch head.status {
        case 200: return IndexPage(html: page.text).names
        case 404: return []
        case 301, 302, 303, 307, 308:
          redirects += 1
          let target = try KernelDownload.target(of: head, from: source)
          guard redirects <= options.redirects else {
            throw FetchError.badRedirect(
              url: url.absoluteString, target: target.absoluteString)
          }
          source = target
          continue
        case 429,
          500...599 where attempt < options.attempts:
          break
        default: throw FetchError.status(url: source.absoluteString, code: head.status)
        }
      } catch FetchError.connection where attempt < options.attempts {
        // Tried again below.
      }
      attempt += 1
      try await Task.sleep(for: .seconds(pause))
      pause *= 2
    }
  }

  /// The bytes of a page as they come.
  private final class Page: Sendable {
    private let data = Mutex(Data())

    var text: String { data.withLock { String(decoding: $0, as: UTF8.self) } }

    func append(_ piece: Data, limit: Int, url: URL) throws(FetchError) {
      let size = data.withLock { data in
        data.append(piece)
        return data.count
      }
      if size > limit {
        throw .wrongLength(url: url.absoluteString, received: size, expected: limit)
      }
    }
  }
}
