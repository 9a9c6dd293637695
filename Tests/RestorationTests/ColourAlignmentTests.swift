import JunoCam
import Testing

@testable import Restoration

/// When colours are moved, and by how much.
struct ColourAlignmentTests {
  private static let filters: [Filter] = [.blue, .green, .red]

  /// Blue as given, green the reference, red without a word.
  private func alignment(_ blue: [FrameletShift?]) -> ColourAlignment {
    ColourAlignment(blue.map { [$0, nil, nil] }, filters: Self.filters)
  }

  private func shift(_ columns: Double, _ rows: Double, sigma: Double) -> FrameletShift {
    FrameletShift(columns: columns, rows: rows, sigma: sigma, patches: 20)
  }

  @Test func aShiftOfTheWholeColourMovesAllFramelets() throws {
    let errors = [0.03, -0.02, 0.04, -0.05, 0, 0.01]
    let aligned = alignment(
      [nil] + errors.map { shift(0.15 + $0, 0.25 - $0, sigma: 0.04) } + [nil])
    let band = try #require(aligned.summary.bands.first)
    #expect(aligned.summary.bands.count == 1 && band.filter == .blue)
    #expect(band.movedColumns == band.columns && band.movedRows == band.rows)
    #expect(!band.movesFramelets)
    #expect(band.framelets == 6 && band.strays == 0)
    #expect(abs(band.sigma - 0.04 / 6.0.squareRoot()) < 0.003)
    let moves = aligned.moves(.blue)
    #expect(moves.count == 8)
    for move in moves {
      #expect(abs(move.x - 0.15) < 0.01 && abs(move.y - 0.25) < 0.01)
    }
    #expect(aligned.moves(.green).isEmpty && aligned.moves(.red).isEmpty)
  }

  @Test(arguments: [(0.05, 0.01, 6), (0.3, 0.25, 4), (0.3, 0.02, 1)])
  func whatIsSmallOrUncertainStays(size: Double, sigma: Double, count: Int) throws {
    let aligned = alignment((0..<count).map { _ in shift(size, 0, sigma: sigma) })
    let band = try #require(aligned.summary.bands.first)
    #expect(band.movedColumns == 0 && band.movedRows == 0 && !band.movesFramelets)
    #expect(aligned.moves(.blue).isEmpty)
  }

  @Test func onlyTheSignificantCoordinateMoves() {
    let aligned = alignment((0..<5).map { _ in shift(0.08, 0.25, sigma: 0.02) })
    for move in aligned.moves(.blue) { #expect(move.x == 0 && abs(move.y - 0.25) < 1e-9) }
    #expect(aligned.moves(.blue).count == 5)
  }

  @Test func straysOfSingleFrameletsAreFollowedAsFarAsTheirErrorsAllow() throws {
    let sizes = [0.5, -0.4, 0.3, -0.5, 0.4, -0.3]
    let sigmas = [0.03, 0.03, 0.03, 0.03, 0.03, 0.6]
    let aligned = alignment(zip(sizes, sigmas).map { shift(0, $0, sigma: $1) } + [nil])
    let band = try #require(aligned.summary.bands.first)
    // The two coordinates share the scatter of 0.4 pixels that is in the rows only.
    #expect(band.movesFramelets && band.strays > 0.2 && band.strays < 0.45, "\(band)")
    let moves = aligned.moves(.blue)
    for (move, size) in zip(moves.prefix(5), sizes) { #expect(abs(move.y - size) < 0.03) }
    // An uncertain framelet hardly moves, and one that tells nothing not at all.
    #expect(abs(moves[5].y) < 0.12 && moves[6] == .zero)
  }
}
