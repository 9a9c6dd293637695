extension KernelSet {
  /// The bodies that the loaded SPKs give a body relative to during an interval of ET, ascending:
  /// their ephemerides are needed too.
  public func spkCentres(body: Int, during interval: ClosedRange<Double>) -> [Int] {
    var centres: Set<Int> = []
    for segment in store.ephemeris.segments
    where segment.target == body && segment.start <= interval.upperBound
      && segment.stop >= interval.lowerBound
    {
      centres.insert(segment.center)
    }
    return centres.sorted()
  }

  /// The kernels that a meta-kernel lists, its path symbols replaced and nothing looked for; nil if
  /// the file is no meta-kernel.
  ///
  /// - Throws: `cannotRead`, `badText`
  public static func list(ofMetaKernel path: String) throws(SPICEError) -> [String]? {
    let bytes = try FileBytes(mapping: path)
    guard !bytes.buffer.starts(with: "DAF/".utf8), !bytes.buffer.prefix(1024).contains(0) else {
      return nil
    }
    let text = try TextKernel(bytes: bytes.buffer, file: path)
    guard text.assignments.contains(where: { $0.name == "KERNELS_TO_LOAD" }) else { return nil }
    return try MetaKernel(text, file: path).kernels
  }
}
