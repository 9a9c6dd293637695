import Foundation
import TestSupport

/// A server's tree in NAIF's layout, with the sample frames' kernels under names like the real ones.
struct NAIFTree: Sendable {
  /// Bytes by path below the root.
  var files: [String: [UInt8]]

  static let spk = "JUNO/kernels/spk/juno_rec_231220_240105_240110.bsp"
  static let ck = "JUNO/kernels/ck/juno_sc_rec_231224_231230_v01.bc"

  init() throws {
    func read(_ name: String) throws -> [UInt8] {
      Array(
        try Data(
          contentsOf: DataPack.sampleFrames.appendingPathComponent("pj57/kernels/\(name)")))
    }
    files = [
      "JUNO/kernels/lsk/naif0011.tls": Array("nothing".utf8),
      "JUNO/kernels/lsk/naif0012.tls": try read("leapseconds.tls"),
      "JUNO/kernels/pck/pck00010.tpc": try read("bodies.tpc"),
      "JUNO/kernels/pck/gm_de431.tpc": Array("nothing".utf8),
      "JUNO/kernels/fk/juno_v12.tf": try read("frames.tf"),
      "JUNO/kernels/ik/juno_junocam_v03.ti": try read("junocam.ti"),
      "JUNO/kernels/sclk/jno_sclkscet_00090.tsc": Array("nothing".utf8),
      "JUNO/kernels/sclk/jno_sclkscet_00150.tsc": try read("clock.tsc"),
      "JUNO/kernels/spk/juno_rec_231101_231201_231210.bsp": Array("nothing".utf8),
      "JUNO/kernels/spk/spk_pre_231201_240201_231110.bsp": Array("nothing".utf8),
      Self.spk: try read("pj57.bsp"),
      "JUNO/kernels/ck/juno_sc_rec_231217_231223_v01.bc": Array("nothing".utf8),
      "JUNO/kernels/ck/juno_sc_raw_231224_231230_v09.bc": Array("nothing".utf8),
      Self.ck: try read("pj57.bc"),
    ]
  }

  /// What a plain server answers: index pages, files and parts of files.
  func response(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    let path = String(request.path.dropFirst("/pub/".count))
    if path.hasSuffix("/") {
      let names = files.keys.filter { $0.hasPrefix(path) }.map { $0.dropFirst(path.count) }.sorted()
      guard !names.isEmpty else { return .init(status: 404) }
      let links = names.map { "<tr><td><a href=\"\($0)\">\($0)</a></td></tr>" }.joined()
      return .init(
        headers: ["Content-Type": "text/html"],
        body: Array("<html><a HREF='/pub/'>Parent</a><a href=\"?C=M\">M</a>\(links)</html>".utf8))
    }
    guard let bytes = files[path] else { return .init(status: 404) }
    guard let start = request.rangeStart else {
      return .init(headers: ["ETag": "\"1\""], body: bytes)
    }
    guard start < bytes.count else {
      return .init(status: 416, headers: ["Content-Range": "bytes */\(bytes.count)"])
    }
    return .init(
      status: 206, headers: ["Content-Range": "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"],
      body: Array(bytes[start...]))
  }
}
