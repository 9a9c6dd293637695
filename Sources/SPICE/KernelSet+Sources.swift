/// Where a value of a kernel set comes from.
public enum KernelSource: Hashable, Sendable {
  /// A kernel file, by its path.
  case file(String)
  /// A kernel in memory that lies beneath the files, by its name.
  case layer(String)
}

extension KernelSet {
  /// Where the last assignment of a text-kernel variable stands; nil if there is none.
  public func source(variable name: String) -> KernelSource? {
    pool.origin(name).map { source(named: $0.file) }
  }

  /// The SPK that speaks for a body at an epoch (ET); nil if none covers it.
  public func source(body: Int, et: Double) -> KernelSource? {
    let place = store.ephemeris.segment(body: body, et: et)
    guard place >= 0 else { return nil }
    return source(named: store.binaries[store.ephemeris.segments[place].file].path)
  }

  private func source(named name: String) -> KernelSource {
    store.layer.contains(name) ? .layer(name) : .file(name)
  }
}
