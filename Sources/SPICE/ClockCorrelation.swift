/// The piecewise straight line between a type 1 clock's encoded ticks and its parallel time; a plain
/// value, whose table the set's arena keeps.
struct ClockCorrelation: @unchecked Sendable, BitwiseCopyable {
  /// From `ticks` on, parallel time is `time` + `secondsPerTick` * elapsed ticks.
  struct Row: Sendable, BitwiseCopyable {
    var ticks: Double
    var time: Double
    var secondsPerTick: Double

    var ticksPerSecond: Double { 1 / secondsPerTick }
  }

  /// At least one row, ascending.
  let rows: UnsafeBufferPointer<Row>
  /// Ticks at which the clock's last partition ends.
  let lastTick: Double
  /// nil if the parallel time is TDB, else the model that turns TDT into TDB.
  let barycentric: BarycentricTime?

  var firstTick: Double { rows[0].ticks }
  var lastCorrelatedTick: Double { rows[rows.count - 1].ticks }

  @inline(__always)
  func et(time: Double) -> Double { barycentric?.tdb(tdt: time) ?? time }

  /// ET of encoded ticks; extends the first row before its start.
  @inline(__always)
  func et(ticks: Double) -> Double {
    let row = rows[lastRow { $0.ticks <= ticks }]
    return et(time: row.time + row.secondsPerTick * (ticks - row.ticks))
  }

  /// Encoded ticks of an ET; not a number before the clock starts, beyond `lastTick` after its end.
  @inline(__always)
  func ticks(et: Double) -> Double {
    let time = barycentric?.tdt(tdb: et) ?? et
    guard time >= rows[0].time else { return .nan }
    let row = rows[lastRow { $0.time <= time }]
    // SPICE multiplies by the reciprocal: a division would round otherwise in one case of a few
    // thousand, and a tick's last bit is 1e-8 rad of a spinning craft.
    return row.ticks + row.ticksPerSecond * (time - row.time)
  }

  /// Last row that the condition holds for; row 0 if it holds for none.
  @inline(__always)
  private func lastRow(_ isBefore: (Row) -> Bool) -> Int {
    var low = 1
    var high = rows.count
    while low < high {
      let middle = (low &+ high) >> 1
      if isBefore(rows[middle]) { low = middle &+ 1 } else { high = middle }
    }
    return low &- 1
  }
}
