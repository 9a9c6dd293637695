struct DAFSegment { var name: String; var doubles: [Double]; var ints: [Int32]; var data: [Double] }
enum TemporaryDAF {
  static func bytes(id: String, name: String, segments: [DAFSegment]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 1024 * 3)
    func put(_ s: String, _ at: Int, _ n: Int, _ o: inout [UInt8]) {
      let b = Array(s.utf8); for i in 0..<n { o[at + i] = i < b.count ? b[i] : 32 }
    }
    func put(_ v: Int32, _ at: Int, _ o: inout [UInt8]) {
      for i in 0..<4 { o[at + i] = UInt8(truncatingIfNeeded: v >> Int32(8 * i)) }
    }
    func put(_ v: Double, _ at: Int, _ o: inout [UInt8]) {
      let b = v.bitPattern;
      for i in 0..<8 { o[at + i] = UInt8(truncatingIfNeeded: b >> UInt64(8 * i)) }
    }
    for i in 2048..<3072 { out[i] = 32 }
    var next = 3 * 128 + 1
    put(0.0, 1024, &out); put(0.0, 1032, &out); put(Double(segments.count), 1040, &out)
    var data: [Double] = []
    for (k, s) in segments.enumerated() {
      let base = 1024 + 24 + 40 * k
      put(s.doubles[0], base, &out); put(s.doubles[1], base + 8, &out)
      let ints = s.ints + [Int32(next), Int32(next + s.data.count - 1)]
      for (i, v) in ints.enumerated() { put(v, base + 16 + 4 * i, &out) }
      put(s.name, 2048 + 40 * k, 40, &out)
      next += s.data.count
      data += s.data
    }
    put(id, 0, 8, &out); put(2 as Int32, 8, &out); put(6 as Int32, 12, &out);
    put(name, 16, 60, &out)
    put(2 as Int32, 76, &out); put(2 as Int32, 80, &out); put(Int32(next), 84, &out);
    put("LTL-IEEE", 88, 8, &out)
    let ftp: [UInt8] =
      Array("FTPSTR:".utf8) + [13, 58, 10, 58, 13, 10, 58, 13, 0, 58, 129, 58, 16, 206]
      + Array(":ENDFTP".utf8)
    for (i, b) in ftp.enumerated() { out[699 + i] = b }
    for v in data {
      let b = v.bitPattern;
      for i in 0..<8 { out.append(UInt8(truncatingIfNeeded: b >> UInt64(8 * i))) }
    }
    while out.count % 1024 != 0 { out.append(0) }
    return out
  }
}
