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
  private static let ochre = Abundances(
    mixing: [.yellowPlains: 0.5, .polarBrown: 0.36, .redSulphur: 0.14])
  private static let snow = Abundances(mixing: [.frost: 0.6, .greyPlains: 0.4])

  static func plains(
    along direction: Vector3, bands: NoiseBands
  ) -> SurfacePoint {
    let broad = bands.broad
    let middle = bands.middle
    let fine = bands.fine
    let z = Float(direction.z)
    let z2 = z * z
    let polar = bands.step(
      0.46, 0.86, abs(z) + 0.20 * broad.y + 0.06 * middle.y, middle: 0.06)

    var mix = yellow
    let whiteness = 0.9 * broad.x + 0.35 * middle.x + 0.20 * (1 - 3.2 * z2) - 0.12
    mix.cover(with: cream, opacity: bands.step(-0.55, 0.35, whiteness, middle: 0.35))
    mix.cover(with: white, opacity: 0.9 * bands.step(0.15, 0.8, whiteness, middle: 0.35))
    let oliveness = broad.z + 0.45 * middle.z + 0.08
    mix.cover(with: olive, opacity: 0.62 * bands.step(0.02, 0.75, oliveness, middle: 0.45))
    mix.cover(with: brown, opacity: 0.88 * polar)
    let salmonness = broad.w + 0.3 * middle.w + 0.45 * polar
    mix.cover(with: salmon, opacity: 0.66 * bands.step(0.05, 0.95, salmonness, middle: 0.3))

    // How lively a region is: some plains are nearly bare, others are patchwork.
    let lively = bands.step(
      -0.32, 0.42, 1.1 * broad.y - 0.5 * broad.w + 0.25 * middle.x, middle: 0.25)

    // Layered plains: scarps where a field crosses a level, one unit paler than the other.
    let layer = middle.y + 0.45 * broad.z + 0.16 * fine.y
    let upper = bands.step(0.305, 0.375, layer, middle: 1, fine: 0.16)
    mix.cover(with: cream, opacity: 0.22 * upper * lively)
    let top = bands.step(0.375, 0.53, layer, middle: 1, fine: 0.16)
    mix.cover(with: white, opacity: 0.30 * max(upper - top, 0) * lively)

    // Sheets of older and younger fallout with lobed edges.
    let unit = middle.x + 0.5 * broad.w - 0.35 * middle.y + 0.2 * fine.z
    let sheet = bands.step(0.165, 0.235, unit, middle: 1.06, fine: 0.2)
    mix.cover(with: ochre, opacity: 0.34 * sheet * lively)
    let pale = 1 - bands.step(-0.475, -0.405, unit, middle: 1.06, fine: 0.2)
    mix.cover(with: white, opacity: 0.30 * pale * lively * (1 - 0.4 * polar))

    // Frost: patches with lobate, sharp outlines, more of them away from the equator, ragged and
    // of many sizes.
    let frostiness =
      0.8 * middle.z + 0.7 * broad.x + 0.34 * fine.z + 0.22 * z2 + 0.3 * (lively - 0.7)
    let frost = bands.step(0.705, 0.845, frostiness, middle: 0.8, fine: 0.34)
    let grain =
      0.72 + 0.28 * bands.step(-0.5, 0.5, fine.y + 0.6 * middle.w, middle: 0.6, fine: 1)
    mix.cover(with: snow, opacity: 0.72 * frost * grain)

    // Old flow fields: dark greenish interior, brown in places, pale margin.
    let lava =
      0.9 * middle.w + 0.55 * broad.z - 0.25 * broad.x + 0.36 * fine.w + 0.25 * (lively - 0.6)
    let margin = bands.step(0.315, 0.60, lava, middle: 0.9, fine: 0.36)
    mix.cover(with: cream, opacity: 0.62 * margin * (1 - 0.3 * polar))
    let interior = bands.step(0.625, 0.695, lava, middle: 0.9, fine: 0.36)
    let blotch =
      0.5 + 0.5 * bands.step(-0.45, 0.45, fine.x + 0.7 * middle.x, middle: 0.7, fine: 1)
    mix.cover(with: oldLava, opacity: 0.74 * interior * blotch)

    var brightness: Float = 0.97 + 0.03 * fine.x + 0.06 * middle.x + 0.05 * broad.w
    brightness -= 0.09 * polar
    return SurfacePoint(abundances: mix, brightness: brightness, gradient: .zero, heightKm: 0)
  }
}
