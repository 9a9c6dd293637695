/// A file at NAIF that fills a gap, as far as can be told without asking the server.
public struct KernelSuggestion: Codable, Hashable, Sendable {
  /// Folder below the server's root.
  public var folder: String
  /// Name; stars stand for what only the server knows.
  public var name: String
  /// How to choose among several.
  public var note: String?

  /// Suggestions for a role, the best first.
  ///
  /// - Parameters:
  ///   - role: what is missing.
  ///   - days: days on which it is missing, ascending.
  static func list(_ role: KernelRole, days: [KernelDate]) -> [KernelSuggestion] {
    let folders = role.folders
    func one(_ name: String, _ note: String? = nil, folder: Int = 0) -> KernelSuggestion {
      KernelSuggestion(folder: folders[folder], name: name, note: note)
    }
    switch role {
    case .leapSeconds: return [one("naif0012.tls", "or a later one")]
    case .planetaryConstants: return [one("pck00011.tpc", "pck00010.tpc does as well")]
    case .frames: return [one("juno_v12.tf", "or a later one")]
    case .instrument: return [one("juno_junocam_v03.ti", "or a later one")]
    case .clock:
      return [one("jno_sclkscet_*.tsc", "the one with the highest number")]
    case .satelliteEphemeris:
      return [one("jup380s.bsp"), one("jup365.bsp", "large", folder: 1)]
    case .planetEphemeris:
      return [
        one("de440s.bsp", "only if the SPK of Juno does not hold Sun and planets", folder: 1)
      ]
    case .spacecraftEphemeris:
      return days.flatMap { day in
        let note = "whose two dates enclose \(day.digits)"
        return [
          one("spk_rec_*_*_*.bsp", note),
          one("spk_pre_*_*_*.bsp", note + "; predicted, if none is reconstructed"),
        ]
      }
    case .attitude:
      var weeks: [KernelDate] = []
      for day in days where weeks.last != day.weekStart { weeks.append(day.weekStart) }
      return weeks.map { week in
        one(
          "juno_sc_rec_\(week.digits)_\(KernelDate(day: week.day + 6).digits)_v*.bc",
          "the highest version")
      }
    }
  }
}
