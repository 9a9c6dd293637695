import Foundation
import JunoCam
import Pipeline
import SPICE
import Synchronization
import TestSupport
import Testing

/// Fetching from a server on the loopback address, end to end.
@Suite struct KernelFetchTests {
  /// A folder of its own for each test.
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("kernels-\(UUID().uuidString)")

  private func label() throws -> ImageLabel {
    try JunoCamProduct.open(
      DataPack.sampleFrames.appendingPathComponent(
        "pj57/frames/JNCE_2023364_57C90001_V01-raw.png")
    ).requireLabel()
  }

  private func fetch(
    _ server: LoopbackServer, attempts: Int = 3
  ) async throws -> KernelFetcher.Result {
    var options = try FetchOptions(base: server.base)
    options.attempts = attempts
    options.pause = 0.001
    options.timeout = 10
    return try await KernelFetcher(
      planner: KernelPlanner(labels: [try label()]), paths: [], folder: folder, options: options
    ).fetch { _ in }
  }

  private func served(_ path: String) -> URL {
    folder.appendingPathComponent((path as NSString).lastPathComponent)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: served(path)))
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  @Test func everythingThatIsMissingAndNothingElse() async throws {
    defer { remove() }
    let tree = try NAIFTree()
    let server = try LoopbackServer { tree.response($0) }
    defer { server.stop() }
    let result = try await fetch(server)
    #expect(result.plan.isComplete && result.plan.faults.isEmpty && result.failures.isEmpty)
    let wanted = [
      "lsk/naif0012.tls", "pck/pck00010.tpc", "fk/juno_v12.tf", "sclk/jno_sclkscet_00150.tsc",
      "spk/juno_rec_231220_240105_240110.bsp", "ck/juno_sc_rec_231224_231230_v01.bc",
    ]
    #expect(
      server.requests.map(\.path)
        == wanted.flatMap { name in
          let path = "/pub/JUNO/kernels/" + name
          return [String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]), path]
        })
    for name in wanted {
      #expect(try bytes(name) == tree.files["JUNO/kernels/" + name])
    }
    // Sizes and sums are kept, nothing is left over, and a second call asks for nothing.
    let record = FetchedFiles(folder: folder)
    #expect(record.files.count == wanted.count)
    #expect(record.files.allSatisfy { $0.sha256.count == 64 && $0.bytes > 0 })
    #expect(record.changes(in: folder, hashes: true).isEmpty)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.count == wanted.count + 1)
    let count = server.requests.count
    #expect(try await fetch(server).fetched.isEmpty)
    #expect(server.requests.count == count)
    // A file that is changed afterwards is noticed.
    try Data("x".utf8).write(to: served(NAIFTree.ck))
    #expect(record.changes(in: folder, hashes: false).count == 1)
  }

  /// A connection that ends half way goes on from there.
  @Test func cutConnection() async throws {
    defer { remove() }
    let tree = try NAIFTree()
    let cuts = Mutex(0)
    let server = try LoopbackServer { request in
      var response = tree.response(request)
      if request.path.hasSuffix(NAIFTree.spk),
        cuts.withLock({
          $0 += 1; return $0 == 1
        })
      {
        response.cutAfter = response.body.count / 2
      }
      return response
    }
    defer { server.stop() }
    let result = try await fetch(server)
    #expect(result.plan.isComplete)
    #expect(try bytes(NAIFTree.spk) == tree.files[NAIFTree.spk])
    let asked = server.requests.filter { $0.path.hasSuffix(NAIFTree.spk) }
    #expect(asked.count == 2)
    let half = try #require(tree.files[NAIFTree.spk]).count / 2
    #expect(asked.last?.rangeStart == half)
    #expect(asked.last?.headers["if-range"] == "\"1\"")
  }

  /// What one run could not finish, the next one does.
  @Test func goesOnInTheNextRun() async throws {
    defer { remove() }
    let tree = try NAIFTree()
    let isBroken = Mutex(true)
    let server = try LoopbackServer { request in
      var response = tree.response(request)
      if request.path.hasSuffix(NAIFTree.ck), isBroken.withLock({ $0 }) {
        response.cutAfter = 5000
      }
      return response
    }
    defer { server.stop() }
    let first = try await fetch(server, attempts: 1)
    #expect(!first.plan.isComplete)
    let failure = first.failures.first
    let size = try #require(tree.files[NAIFTree.ck]).count
    guard case .incomplete(_, received: 5000, expected: size, attempts: 1) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(!FileManager.default.fileExists(atPath: served(NAIFTree.ck).path))
    isBroken.withLock { $0 = false }
    #expect(try await fetch(server).plan.isComplete)
    #expect(server.requests.last { $0.path.hasSuffix(NAIFTree.ck) }?.rangeStart == 5000)
    #expect(try bytes(NAIFTree.ck) == tree.files[NAIFTree.ck])
  }

  /// A file that changes on the server between two attempts is fetched from its start.
  @Test func changedFile() async throws {
    defer { remove() }
    let tree = try NAIFTree()
    let count = Mutex(0)
    let server = try LoopbackServer { request in
      var response = tree.response(request)
      guard request.path.hasSuffix(NAIFTree.ck) else { return response }
      switch count.withLock({
        $0 += 1; return $0
      }) {
      case 1:
        response.body = Array(repeating: 7, count: 9000)
        response.cutAfter = 4000
      default: break
      }
      return response
    }
    defer { server.stop() }
    #expect(try await fetch(server).plan.isComplete)
    #expect(try bytes(NAIFTree.ck) == tree.files[NAIFTree.ck])
  }

  /// A server that announces more than it ever sends.
  @Test func wrongLength() async throws {
    defer { remove() }
    let tree = try NAIFTree()
    let server = try LoopbackServer { request in
      var response = tree.response(request)
      if request.path.hasSuffix(NAIFTree.ck) {
        // Ranges are not honoured: every answer is the whole file, and says it is longer.
        let body = tree.files[NAIFTree.ck] ?? []
        response = .init(body: body, announced: body.count + 1000)
      }
      return response
    }
    defer { server.stop() }
    let result = try await fetch(server, attempts: 2)
    #expect(!result.plan.isComplete)
    let size = try #require(tree.files[NAIFTree.ck]).count
    let incomplete = result.failures.contains {
      if case .incomplete(_, _, let expected, attempts: 2) = $0 {
        expected == size + 1000
      } else {
        false
      }
    }
    #expect(incomplete, "\(result.failures)")
    #expect(server.requests.filter { $0.path.hasSuffix(NAIFTree.ck) }.count == 2)
    #expect(!FileManager.default.fileExists(atPath: served(NAIFTree.ck).path))
  }

  /// Listed but gone, then damaged, then sound: the best file that works is taken.
  @Test func missingAndDamagedFiles() async throws {
    defer { remove() }
    var tree = try NAIFTree()
    let gone = "JUNO/kernels/ck/juno_sc_rec_231224_231230_v03.bc"
    let damaged = "JUNO/kernels/ck/juno_sc_rec_231224_231230_v02.bc"
    tree.files[gone] = [0]
    var bytes = try #require(tree.files[NAIFTree.ck])
    // The record number of the first summary.
    bytes.replaceSubrange(76..<80, with: [0xFF, 0xFF, 0xFF, 0x7F])
    tree.files[damaged] = bytes
    let server = try LoopbackServer { [tree] request in
      request.path.hasSuffix(gone) ? .init(status: 404) : tree.response(request)
    }
    defer { server.stop() }
    let result = try await fetch(server)
    #expect(result.plan.isComplete)
    #expect(result.fetched.last?.name == served(NAIFTree.ck).lastPathComponent)
    #expect(result.failures.first == .status(url: server.base + gone, code: 404))
    guard case .notAKernel(_, let problem) = result.failures.last else {
      Issue.record("\(result.failures)")
      return
    }
    #expect(problem.contains("summary record"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.filter { $0.contains("_v02") || $0.contains("_v03") } == [])
  }

  @Test func redirections() async throws {
    defer { remove() }
    let tree = try NAIFTree()
    let server = try LoopbackServer { request in
      if request.path.hasPrefix("/elsewhere/") {
        var moved = request
        moved.path = "/pub/" + request.path.dropFirst("/elsewhere/".count)
        return tree.response(moved)
      }
      if request.path.hasSuffix(NAIFTree.ck) || request.path.hasSuffix("/spk/") {
        return .init(
          status: 302,
          headers: ["Location": "/elsewhere/" + request.path.dropFirst("/pub/".count)])
      }
      return tree.response(request)
    }
    defer { server.stop() }
    #expect(try await fetch(server).plan.isComplete)
    #expect(try bytes(NAIFTree.ck) == tree.files[NAIFTree.ck])
    remove()
    let circle = try LoopbackServer { request in
      .init(status: 301, headers: ["Location": request.path])
    }
    defer { circle.stop() }
    await #expect(throws: FetchError.self) { try await fetch(circle) }
    #expect(circle.requests.count == 6)
    let trap = try LoopbackServer { _ in
      .init(status: 301, headers: ["Location": "file:///etc/hostname"])
    }
    defer { trap.stop() }
    await #expect(throws: FetchError.self) { try await fetch(trap) }
    #expect(trap.requests.count == 1)
  }

  /// Nothing for the date, an error page in place of a kernel, and a server that is not there.
  @Test func nothingSuitable() async throws {
    defer { remove() }
    var tree = try NAIFTree()
    tree.files[NAIFTree.ck] = nil
    tree.files["JUNO/kernels/fk/juno_v12.tf"] = Array("<html>busy</html>".utf8)
    let server = try LoopbackServer { [tree] in tree.response($0) }
    let result = try await fetch(server)
    #expect(!result.plan.isComplete)
    let roles = result.failures.compactMap { failure -> KernelRole? in
      if case .notFound(let role, _, _) = failure { role } else { nil }
    }
    #expect(roles == [.frames, .attitude])
    server.stop()
    remove()
    await #expect(throws: FetchError.self) { try await fetch(server, attempts: 2) }
    #expect(throws: FetchError.badAddress("ftp://naif.jpl.nasa.gov")) {
      try FetchOptions(base: "ftp://naif.jpl.nasa.gov")
    }
  }
}
