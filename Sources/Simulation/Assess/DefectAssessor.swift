import JunoCam
import SpaceMath

/// Compares the defects that a run flagged in one image with those that the truth lists.
struct DefectAssessor: Sendable {
  let truth: ImageTruth
  let flags: FlagPicture
  let tdiStages: Int
  /// Charge in DN12 from which on a defect can be told from noise, by filter.
  let detectable: [Filter: Double]
  /// What defects did to samples beside them; nil: only lists of defects decide.
  var damage: DamagePicture?

  /// Flagged samples this near to a defect, px, belong to it: blooming, compression and the runs'
  /// own margins spread it.
  private static let reach = 2
  /// Damage from which on a flag is no false one wherever its cause is, in standard deviations of noise.
  private static let leastDamage = 4.0

  /// One defect: the samples that it fills, as indices into a framelet, and their charge.
  private struct Defect {
    var samples: [(index: Int, charge: Double)]
    /// DN12 that it makes to its strongest sample as sent.
    var sent = Double.infinity
    /// The same in standard deviations of noise and of its surroundings; nil if not known.
    var strength: Double?
  }

  /// Both kinds.
  var detections: [Assessment.Detection] {
    [hotPixels, hits]
  }

  private var filters: [Filter] { Filter.allCases.filter { truth.hotPixels[$0.rawValue] != nil } }

  private var hotPixels: Assessment.Detection {
    var result = empty(.hotPixels)
    for filter in filters {
      let flagged = (0..<flags.frames).reduce(
        into: [UInt8](repeating: 0, count: FlagPicture.frameletSize)
      ) { union, frame in
        for (place, value) in flags.framelet(frame, filter).enumerated() { union[place] |= value }
      }
      let defects = hotPixels(filter)
      _ = count(
        defects, in: flagged[...], as: .hot, alsoKnown: [], damage: [], filter: filter,
        into: &result)
    }
    return result
  }

  private var hits: Assessment.Detection {
    var result = empty(.hits)
    result.classes = Assessment.StrengthClass.none
    let sight = QuietSight(truth)
    let byFramelet = Dictionary(grouping: truth.hits) { "\($0.frame) \($0.filter.rawValue)" }
    for filter in filters {
      let standing = hotPixels(filter)
      for frame in 0..<flags.frames {
        let defects = (byFramelet["\(frame) \(filter.rawValue)"] ?? []).map { hit in
          Defect(
            samples: hit.deposits(width: FrameletShape.columns, height: FrameletShape.rows),
            sent: hit.sent ?? .infinity, strength: hit.strength)
        }
        let weighed = count(
          defects, in: flags.framelet(frame, filter), as: .hit, alsoKnown: standing,
          damage: damage?.framelet(frame, filter) ?? [], filter: filter, into: &result)
        for one in weighed {
          guard let strength = one.strength,
            let index = result.classes.lastIndex(where: { strength >= $0.from }),
            sight.isQuiet(frame: frame, filter: filter, index: one.index)
          else { continue }
          result.classes[index].struck += 1
          result.classes[index].found += one.isFound ? 1 : 0
        }
      }
    }
    return result
  }

  private func hotPixels(_ filter: Filter) -> [Defect] {
    (truth.hotPixels[filter.rawValue] ?? []).map { pixel in
      Defect(
        samples: (0..<tdiStages).filter { pixel.row + $0 < FrameletShape.rows }.map {
          ((pixel.row + $0) * FrameletShape.columns + pixel.column, pixel.level)
        })
    }
  }

  private func empty(_ kind: Assessment.Detection.Kind) -> Assessment.Detection {
    Assessment.Detection(
      image: truth.product, kind: kind, present: 0, detectable: 0, found: 0, classes: [],
      samples: 0, flagged: 0, falselyFlagged: 0)
  }

  /// A defect's strongest sample, and what the run made of it.
  private struct Weighed {
    var index: Int
    var strength: Double?
    var isFound: Bool
  }

  /// Adds one framelet's numbers.
  ///
  /// - Parameters:
  ///   - known: defects of another kind, on which a flag is no false one.
  ///   - damage: what all defects did to the samples, in standard deviations; may be empty.
  /// - Returns: the defects on samples that the run looked at.
  private func count(
    _ defects: [Defect], in flagged: ArraySlice<UInt8>, as flag: FrameletFlags,
    alsoKnown known: [Defect], damage: [Double], filter: Filter,
    into result: inout Assessment.Detection
  ) -> [Weighed] {
    guard !flagged.isEmpty else { return [] }
    let start = flagged.startIndex
    let unseen = FrameletFlags([.masked, .missing, .edge])
    // Samples that the run leaves out anyway are neither present nor missed.
    let open = defects.map { defect in
      var defect = defect
      defect.samples.removeAll {
        !FrameletFlags(rawValue: flagged[start + $0.index]).isDisjoint(with: unseen)
      }
      return defect
    }.filter { !$0.samples.isEmpty }
    result.present += open.count
    let limit = detectable[filter] ?? .infinity
    let weighed = open.compactMap { defect -> Weighed? in
      guard let strongest = defect.samples.max(by: { $0.charge < $1.charge }) else { return nil }
      let isFound = !FrameletFlags(rawValue: flagged[start + strongest.index])
        .isDisjoint(with: .unusable)
      if min(strongest.charge, defect.sent) >= limit {
        result.detectable += 1
        result.found += isFound ? 1 : 0
      }
      return Weighed(index: strongest.index, strength: defect.strength, isFound: isFound)
    }
    let near = neighbourhood(of: defects + known)
    for place in flagged.indices where flagged[place] & unseen.rawValue == 0 {
      result.samples += 1
      guard flagged[place] & flag.rawValue != 0 else { continue }
      result.flagged += 1
      let isDamaged = !damage.isEmpty && abs(damage[place - start]) >= Self.leastDamage
      if !near[place - start], !isDamaged { result.falselyFlagged += 1 }
    }
    return weighed
  }

  private func neighbourhood(of defects: [Defect]) -> [Bool] {
    var near = [Bool](repeating: false, count: FlagPicture.frameletSize)
    let columns = FrameletShape.columns
    for sample in defects.flatMap(\.samples) {
      let row = sample.index / columns
      let column = sample.index % columns
      for y in max(row - Self.reach, 0)...min(row + Self.reach, FrameletShape.rows - 1) {
        for x in max(column - Self.reach, 0)...min(column + Self.reach, columns - 1) {
          near[y * columns + x] = true
        }
      }
    }
    return near
  }
}
