import SpaceMath

/// The yearly difference between TDB and TDT as a leap-second kernel models it.
struct BarycentricTime: Sendable, BitwiseCopyable {
  var amplitude: Double
  var eccentricity: Double
  var anomalyAtEpoch: Double
  var anomalyRate: Double

  /// TDB - TDT at a TDT, s.
  @inline(__always)
  private func periodicTerm(_ tdt: Double) -> Double {
    let anomaly = anomalyAtEpoch + anomalyRate * tdt
    return amplitude * Elementary.sin(anomaly + eccentricity * Elementary.sin(anomaly))
  }

  @inline(__always)
  func tdb(tdt: Double) -> Double { tdt + periodicTerm(tdt) }

  /// The three substitutions of SPICE's unitim.
  @inline(__always)
  func tdt(tdb: Double) -> Double {
    var tdt = tdb
    for _ in 0..<3 { tdt = tdb - periodicTerm(tdt) }
    return tdt
  }
}
