import JunoCam
import SpaceMath

/// Compares the defects that a run flagged in one image with those that the truth lists.
struct DefectAssessor: Sendable {
  let truth: ImageTruth
  let flags: FlagPicture
  let tdiStages: Int
  /// Charge in DN12 from which on a defect can be told from noise, by filter.
  let detectable: [Filter: Double]

  /// Flagged samples this near to a defect, px, belong to it: blooming, compression and the runs'
  /// own margins spread it.
  private static let reach = 2

  /// One defect: the samples that it fills, as indices into a framelet, and their charge.
  private struct Defect {
    var samples: [(index: Int, charge: Double)]
    /// DN12 that it makes to its strongest sample as sent.
    var sent = Double.infinity
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
      count(
        defects, in: flagged[...], as: .hot, alsoKnown: [], filter: filter, into: &result)
    }
    return result
  }

  private var hits: Assessment.Detection {
    var result = empty(.hits)
    let byFramelet = Dictionary(grouping: truth.hits) { "\($0.frame) \($0.filter.rawValue)" }
    for filter in filters {
      let standing = hotPixels(filter)
      for frame in 0..<flags.frames {
        let defects = (byFramelet["\(frame) \(filter.rawValue)"] ?? []).map { hit in
          Defect(
            samples: hit.deposits(width: FrameletShape.columns, height: FrameletShape.rows),
            sent: hit.sent ?? .infinity)
        }
        count(
          defects, in: flags.framelet(frame, filter), as: .hit, alsoKnown: standing,
          filter: filter, into: &result)
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
      image: truth.product, kind: kind, present: 0, detectable: 0, found: 0, flagged: 0,
      falselyFlagged: 0)
  }

  /// Adds one framelet's numbers.
  ///
  /// - Parameter known: defects of another kind, on which a flag is no false one.
  private func count(
    _ defects: [Defect], in flagged: ArraySlice<UInt8>, as flag: FrameletFlags,
    alsoKnown known: [Defect], filter: Filter, into result: inout Assessment.Detection
  ) {
    guard !flagged.isEmpty else { return }
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
    for defect in open {
      guard let strongest = defect.samples.max(by: { $0.charge < $1.charge }),
        min(strongest.charge, defect.sent) >= limit
      else { continue }
      result.detectable += 1
      let isGood = FrameletFlags(rawValue: flagged[start + strongest.index])
        .isDisjoint(with: .unusable)
      if !isGood { result.found += 1 }
    }
    let near = neighbourhood(of: defects + known)
    for place in flagged.indices
    where flagged[place] & flag.rawValue != 0 && flagged[place] & unseen.rawValue == 0 {
      result.flagged += 1
      if !near[place - start] { result.falselyFlagged += 1 }
    }
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
