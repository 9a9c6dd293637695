import Foundation
import Synchronization

/// A small HTTP/1.1 server on the loopback address and a port of the system's choice: one answer
/// for each connection, and a record of what was asked.
final class LoopbackServer: Sendable {
  struct Request: Sendable {
    var path: String
    /// Names in lower case.
    var headers: [String: String]

    /// First byte that a Range header asks for.
    var rangeStart: Int? {
      headers["range"].flatMap { $0.split(separator: "=").last?.split(separator: "-").first }
        .flatMap { Int($0) }
    }
  }

  struct Response: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    /// What Content-Length says, if not the truth.
    var announced: Int?
    /// Bytes of the body after which the connection is cut.
    var cutAfter: Int?
  }

  typealias Handler = @Sendable (Request) -> Response

  let port: UInt16
  private let socket: Int32
  private let handler: Handler
  private let log = Mutex<[Request]>([])

  init(_ handler: @escaping Handler) throws {
    self.handler = handler
    signal(SIGPIPE, SIG_IGN)
    #if os(Linux)
      socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let fd = socket
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        bind(fd, place, length) == 0 && listen(fd, 16) == 0
          && getsockname(fd, place, &length) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(fd, nil, nil)
        guard connection >= 0 else { return }
        serve(connection)
        close(connection)
      }
    }
  }

  /// Ends the server; connections are refused from then on.
  func stop() {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  var base: String { "http://127.0.0.1:\(port)/pub/" }
  var requests: [Request] { log.withLock { $0 } }

  private func serve(_ connection: Int32) {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard head.count < 16_384, recv(connection, &byte, 1, 0) == 1 else { return }
      head.append(byte)
    }
    let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3, words[0] == "GET" else { return }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    let request = Request(path: String(words[1]), headers: headers)
    log.withLock { $0.append(request) }
    let response = handler(request)
    var fields = response.headers
    fields["Content-Length"] = "\(response.announced ?? response.body.count)"
    fields["Connection"] = "close"
    let text =
      "HTTP/1.1 \(response.status) Answer\r\n"
      + fields.map { "\($0.key): \($0.value)\r\n" }.sorted().joined() + "\r\n"
    let bytes =
      Array(text.utf8) + response.body.prefix(response.cutAfter ?? response.body.count)
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        send(connection, buffer.baseAddress.map { $0 + sent }, bytes.count - sent, 0)
      }
      guard count > 0 else { return }
      sent += count
    }
    shutdown(connection, Int32(SHUT_WR))
  }
}
