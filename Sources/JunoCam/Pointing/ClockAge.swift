import SPICE

/// How far beyond its last correlation a clock kernel is used.
public struct ClockAge: Sendable {
  /// Juno's clock drifts by milliseconds a day against a kernel that has ended.
  private static let toleratedDays = 90.0

  /// Days since the kernel's last correlation; 0 before it.
  public let days: Double

  /// - Parameters:
  ///   - clock: Juno's.
  ///   - et: when it is read.
  public init(_ clock: SpacecraftClock, et: Double) {
    days = max(0, et - clock.correlatedRange.upperBound) / 86_400
  }

  /// Whether attitude read with it may be some degrees of spin off.
  public var isOutdated: Bool { days > Self.toleratedDays }
}
