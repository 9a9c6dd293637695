import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One GET request whose body is handed over piece by piece. Redirections are not followed: the
/// answer tells where they lead.
final class HTTPExchange: NSObject, URLSessionDataDelegate, Sendable {
  /// The answer without its body.
  struct Head: Sendable {
    var status: Int
    private var fields: [String: String]

    init(_ response: HTTPURLResponse) {
      status = response.statusCode
      fields = [:]
      for (key, value) in response.allHeaderFields {
        fields["\(key)".lowercased()] = "\(value)"
      }
    }

    /// A header field by its name in lower case.
    subscript(_ name: String) -> String? { fields[name] }
  }

  /// Called once before the body; false ends the exchange.
  typealias Begin = @Sendable (Head) throws -> Bool
  typealias Receive = @Sendable (Data) throws -> Void

  private struct State {
    var continuation: CheckedContinuation<Head, any Error>?
    var head: Head?
    var failure: (any Error)?
    var isRefused = false
  }

  private let state = Mutex(State())
  private let begin: Begin
  private let receive: Receive

  private init(begin: @escaping Begin, receive: @escaping Receive) {
    self.begin = begin
    self.receive = receive
  }

  /// Sends the request and waits for the end of the body.
  ///
  /// - Throws: what `begin` and `receive` throw; `FetchError.connection` if the answer does not
  ///   come or breaks off; `CancellationError`.
  static func get(
    _ url: URL, headers: [String: String] = [:], timeout: TimeInterval, begin: @escaping Begin,
    receive: @escaping Receive
  ) async throws -> Head {
    var request = URLRequest(
      url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: timeout)
    // Lengths and offsets must be those of the file itself.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let exchange = HTTPExchange(begin: begin, receive: receive)
    let session = URLSession(
      configuration: .ephemeral, delegate: exchange, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    let task = session.dataTask(with: request)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        exchange.state.withLock { $0.continuation = continuation }
        task.resume()
      }
    } onCancel: {
      task.cancel()
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    state.withLock { $0.head = Head(response) }
    completionHandler(nil)
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    guard let response = response as? HTTPURLResponse else { return completionHandler(.cancel) }
    let head = Head(response)
    let goesOn = state.withLock { state in
      state.head = head
      do {
        state.isRefused = try !begin(head)
      } catch {
        state.failure = error
      }
      return !state.isRefused && state.failure == nil
    }
    completionHandler(goesOn ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let fails = state.withLock { state in
      guard state.failure == nil, !state.isRefused else { return true }
      do {
        try receive(data)
        return false
      } catch {
        state.failure = error
        return true
      }
    }
    if fails { dataTask.cancel() }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    let url = task.originalRequest?.url?.absoluteString ?? ""
    let (continuation, result) = state.withLock { state in
      defer { state.continuation = nil }
      return (state.continuation, Self.result(state, error: error, url: url))
    }
    continuation?.resume(with: result)
  }

  private static func result(
    _ state: State, error: (any Error)?, url: String
  ) -> Result<Head, any Error> {
    if let failure = state.failure { return .failure(failure) }
    if let head = state.head, state.isRefused || (300..<400).contains(head.status) {
      return .success(head)
    }
    if let error {
      if (error as? URLError)?.code == .cancelled { return .failure(CancellationError()) }
      return .failure(FetchError.connection(url: url, reason: error.localizedDescription))
    }
    guard let head = state.head else {
      return .failure(FetchError.connection(url: url, reason: "the server gave no answer"))
    }
    return .success(head)
  }
}
