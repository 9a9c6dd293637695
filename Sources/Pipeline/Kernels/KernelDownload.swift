import Foundation
import Products
import SPICE

/// Fetches one file: goes on where an earlier attempt ended, checks what came, and only then gives
/// the file its name.
struct KernelDownload {
  let url: URL
  /// Folder for the file.
  let folder: URL
  let options: FetchOptions
  let report: @Sendable (FetchEvent) -> Void

  private var name: String { url.lastPathComponent }

  /// How an attempt ended that did not fail for good.
  private enum Outcome {
    case complete
    case broken(reason: String)
    case restart
    case redirect(URL)
  }

  /// - Throws: `FetchError`, `CancellationError`
  func run() async throws -> FetchedFile {
    let destination = folder.appendingPathComponent(name)
    let part = try PartialFile(for: destination, source: url.absoluteString)
    report(.started(name: name, url: url.absoluteString, offset: part.count))
    do {
      try await fill(part)
    } catch {
      // A part worth going on from is kept; an empty one would only be litter.
      if part.count == 0 { part.remove() }
      throw error
    }
    try part.close()
    do {
      try Self.check(part.url, name: name, source: url.absoluteString)
    } catch {
      part.remove()
      throw error
    }
    let record = try FileRecord(hashing: part.url)
    try part.commit(as: destination)
    let file = FetchedFile(
      name: name, url: url.absoluteString, bytes: record.bytes, sha256: record.sha256)
    report(.finished(file))
    return file
  }

  private func fill(_ part: PartialFile) async throws {
    var source = url
    var redirects = 0
    var attempt = 1
    var pause = options.pause
    while true {
      switch try await self.attempt(source, part) {
      case .complete:
        return
      case .redirect(let target):
        redirects += 1
        guard redirects <= options.redirects else {
          throw FetchError.badRedirect(url: url.absoluteString, target: target.absoluteString)
        }
        source = target
        continue
      case .restart:
        try part.restart(validator: nil, bytes: nil)
        try await next(&attempt, part, reason: "the file on the server has changed")
      case .broken(let reason):
        try await next(&attempt, part, reason: reason)
      }
      source = url
      try await Task.sleep(for: .seconds(pause))
      pause *= 2
    }
  }

  private func next(_ attempt: inout Int, _ part: PartialFile, reason: String) async throws {
    guard attempt < options.attempts else {
      throw FetchError.incomplete(
        url: url.absoluteString, received: part.count, expected: part.origin.bytes,
        attempts: attempt)
    }
    attempt += 1
    report(.retrying(name: name, attempt: attempt, reason: reason))
  }

  private func attempt(_ source: URL, _ part: PartialFile) async throws -> Outcome {
    let offset = part.count
    var headers: [String: String] = [:]
    if offset > 0 {
      headers["Range"] = "bytes=\(offset)-"
      if let validator = part.origin.validator { headers["If-Range"] = validator }
    }
    let name = name
    let report = report
    do {
      let head = try await HTTPExchange.get(
        source, headers: headers, timeout: options.timeout
      ) { head in
        switch head.status {
        case 200:
          try part.restart(
            validator: Self.validator(head), bytes: head["content-length"].flatMap { Int($0) })
          return true
        case 206:
          return Self.continues(head, from: offset, total: part.origin.bytes)
        default:
          return false
        }
      } receive: { data in
        try part.append(data)
        report(.progress(name: name, received: part.count, expected: part.origin.bytes))
      }
      return try outcome(head, source: source, offset: offset, part: part)
    } catch FetchError.connection(_, let reason) {
      return .broken(reason: reason)
    }
  }

  private func outcome(
    _ head: HTTPExchange.Head, source: URL, offset: Int, part: PartialFile
  ) throws -> Outcome {
    switch head.status {
    case 200, 206:
      if head.status == 206,
        !Self.continues(head, from: offset, total: part.origin.bytes)
      {
        return .restart
      }
      guard let expected = part.origin.bytes else { return .complete }
      if part.count > expected {
        let received = part.count
        part.remove()
        throw FetchError.wrongLength(
          url: url.absoluteString, received: received, expected: expected)
      }
      return part.count == expected ? .complete : .broken(reason: "the connection ended early")
    case 301, 302, 303, 307, 308:
      return .redirect(try Self.target(of: head, from: source))
    case 416:
      // All of it may be there already.
      let total = head["content-range"]?.split(separator: "/").last.flatMap { Int($0) }
      return offset > 0 && total == offset ? .complete : .restart
    case 429, 500...599:
      return .broken(reason: "status \(head.status)")
    default:
      throw FetchError.status(url: source.absoluteString, code: head.status)
    }
  }

  /// Whether a partial answer goes on just where the file ends, and is of the same file.
  private static func continues(_ head: HTTPExchange.Head, from offset: Int, total: Int?) -> Bool {
    guard let range = head["content-range"], range.hasPrefix("bytes ") else { return false }
    let sides = range.dropFirst(6).split(separator: "/")
    guard sides.count == 2, let start = sides[0].split(separator: "-").first.flatMap({ Int($0) })
    else { return false }
    return start == offset && (total == nil || Int(sides[1]) == nil || Int(sides[1]) == total)
  }

  /// What tells this version of the file from others. A weak tag does not vouch for bytes.
  private static func validator(_ head: HTTPExchange.Head) -> String? {
    if let tag = head["etag"], !tag.hasPrefix("W/") { return tag }
    return head["last-modified"]
  }

  /// Where a redirection leads: to http or https, and never from https down to http.
  static func target(of head: HTTPExchange.Head, from source: URL) throws(FetchError) -> URL {
    let text = head["location"] ?? ""
    guard let target = URL(string: text, relativeTo: source)?.absoluteURL,
      target.scheme == "https" || (target.scheme == "http" && source.scheme == "http")
    else { throw .badRedirect(url: source.absoluteString, target: text) }
    return target
  }

  /// Opens the file as a kernel of the kind that its name says.
  private static func check(_ file: URL, name: String, source: String) throws(FetchError) {
    let set: KernelSet
    do {
      set = try KernelSet(loading: [file.path])
    } catch {
      throw .notAKernel(url: source, problem: "\(error)")
    }
    let isBinary = set.files.first.map { $0.kind == .spk || $0.kind == .ck } ?? false
    switch name.lowercased().split(separator: ".").last {
    case "bsp" where set.files.first?.kind != .spk, "bc" where set.files.first?.kind != .ck:
      throw .notAKernel(url: source, problem: "it is no binary kernel of its kind")
    case "bsp", "bc":
      return
    default:
      guard !isBinary, !set.pool.names.isEmpty else {
        throw .notAKernel(url: source, problem: "it assigns no variable")
      }
    }
  }
}
