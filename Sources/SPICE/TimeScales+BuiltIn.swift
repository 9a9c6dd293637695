extension TimeScales {
  /// The numbers of naif0012.tls from 2009 on (no leap second has followed 2017 so far), for
  /// planning without kernels. Products take theirs from the kernels that a user loads.
  public static let builtIn = TimeScales(
    terrestrialOffset: 32.184,
    barycentric: BarycentricTime(
      amplitude: 1.657e-3, eccentricity: 1.671e-2, anomalyAtEpoch: 6.239996,
      anomalyRate: 1.99096871e-7),
    leaps: [(2009, 1, 34), (2012, 7, 35), (2015, 7, 36), (2017, 1, 37)])

  /// - Parameter leaps: year and month from whose first day on TAI - UTC takes a value.
  private init(
    terrestrialOffset: Double, barycentric: BarycentricTime,
    leaps: [(year: Int, month: Int, offset: Double)]
  ) {
    self.terrestrialOffset = terrestrialOffset
    self.barycentric = barycentric
    leapDays = leaps.map { CalendarDate.dayNumber(year: $0.year, month: $0.month, day: 1) }
    offsets = leaps.map(\.offset)
  }
}
