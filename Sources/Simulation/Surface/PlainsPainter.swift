import SpaceMath

/// The ground between the features: smooth plains, layered units, polar browning, frost patches
/// and fields of old flows.
enum PlainsPainter {
  private static let cream = Abundances(mixing: [
    .yellowPlains: 0.62, .greyPlains: 0.26, .polarBrown: 0.12,
  ])
  private static let white = Abundances(mixing: [.greyPlains: 0.82, .frost: 0.08, .polarBrown: 0.1])
  private static let yellow = Abundances(
    mixing: [.yellowPlains: 0.66, .polarBrown: 0.22, .green: 0.12])
  private static let olive = Abundances(
    mixing: [.yellowPlains: 0.5, .green: 0.32, .silicate: 0.18])
  private static let brown = Abundances(
    mixing: [.polarBrown: 0.78, .redSulphur: 0.12, .silicate: 0.1])
  private static let salmon = Abundances(
    mixing: [.redSulphur: 0.55, .polarBrown: 0.3, .greyPlains: 0.15])
  private static let oldLava = Abundances(
    mixing: [.silicate: 0.4, .green: 0.38, .polarBrown: 0.22])
  private static let snow = Abundances(mixing: [.frost: 0.6, .greyPlains: 0.4])

  static func plains(
    along direction: Vector3, bands: NoiseBands, filter: FootprintFilter
  ) -> SurfacePoint {
    let broad = bands.broad
    let middle = bands.middle
    let fine = bands.fine
    let z = Float(direction.z)
    let z2 = z * z
    let polar = smoothStep(0.46, 0.86, abs(z) + 0.20 * broad.y + 0.06 * middle.y)
    let soft = bands.soft(0.035, fineShare: 0.25)

    var mix = yellow
    let whiteness = 0.9 * broad.x + 0.35 * middle.x + 0.20 * (1 - 3.2 * z2) - 0.12
    mix.cover(with: cream, opacity: smoothStep(-0.55, 0.35, whiteness))
    mix.cover(with: white, opacity: 0.9 * smoothStep(0.15, 0.8, whiteness))
    let oliveness = broad.z + 0.45 * middle.z + 0.08
    mix.cover(with: olive, opacity: 0.62 * smoothStep(0.02, 0.75, oliveness))
    mix.cover(with: brown, opacity: 0.88 * polar)
    let salmonness = broad.w + 0.3 * middle.w + 0.45 * polar
    mix.cover(with: salmon, opacity: 0.66 * smoothStep(0.05, 0.95, salmonness))

    // How lively a region is: some plains are nearly bare, others are patchwork.
    let lively = smoothStep(-0.32, 0.42, 1.1 * broad.y - 0.5 * broad.w + 0.25 * middle.x)

    // Layered plains: scarps where a field crosses a level, one unit paler than the other.
    let layer = middle.y + 0.45 * broad.z + 0.16 * fine.y
    let upper = smoothStep(0.34 - soft, 0.34 + soft, layer)
    mix.cover(with: cream, opacity: 0.22 * upper * lively)
    let scarp = upper * (1 - smoothStep(0.34 + soft, 0.46 + 2 * soft, layer))
    mix.cover(with: white, opacity: 0.30 * scarp * lively)

    // Frost: patches with lobate, sharp outlines, more of them away from the equator, ragged and
    // of many sizes.
    let frostiness =
      0.8 * middle.z + 0.7 * broad.x + 0.34 * fine.z + 0.22 * z2 + 0.3 * (lively - 0.7)
    let frost = smoothStep(0.74 - soft, 0.74 + 3 * soft, frostiness)
    let grain = 0.72 + 0.28 * smoothStep(-0.5, 0.5, fine.y + 0.6 * middle.w)
    mix.cover(with: snow, opacity: 0.72 * frost * grain)

    // Old flow fields: dark greenish interior, brown in places, pale margin.
    let lava =
      0.9 * middle.w + 0.55 * broad.z - 0.25 * broad.x + 0.36 * fine.w + 0.25 * (lively - 0.6)
    let margin = smoothStep(0.42 - 3 * soft, 0.60, lava)
    mix.cover(with: cream, opacity: 0.62 * margin * (1 - 0.3 * polar))
    let interior = smoothStep(0.66 - soft, 0.66 + soft, lava)
    let blotch = 0.5 + 0.5 * smoothStep(-0.45, 0.45, fine.x + 0.7 * middle.x)
    mix.cover(with: oldLava, opacity: 0.74 * interior * blotch)

    var brightness: Float = 0.97 + 0.05 * fine.x + 0.06 * middle.x + 0.05 * broad.w
    brightness -= 0.09 * polar
    return SurfacePoint(abundances: mix, brightness: brightness, gradient: .zero, heightKm: 0)
  }
}
