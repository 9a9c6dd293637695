import JunoCam
import Mapping
import Raster

/// The bands of an image that share a file: red, green and blue together where there are all three,
/// every other filter alone. Of an image with two of the colours there is a picture of both besides, which no
/// measurement goes with.
struct RasterGroup: Sendable {
  var filters: [Filter]
  /// What file names get after the product's name.
  var suffix: String
  /// Whether it is for pictures only.
  var isPicture = false

  /// - Parameter pictures: whether a picture of two colours is wanted.
  static func groups(_ filters: [Filter], pictures: Bool = false) -> [RasterGroup] {
    let colours: [Filter] = [.red, .green, .blue]
    let hasColour = colours.allSatisfy(filters.contains)
    let others = hasColour ? filters.filter { !colours.contains($0) } : filters
    // An image of one filter needs no word for it.
    let isOnly = !hasColour && others.count == 1
    let two = colours.filter(filters.contains)
    return (hasColour ? [RasterGroup(filters: colours, suffix: "")] : [])
      + others.map {
        RasterGroup(filters: [$0], suffix: isOnly ? "" : "-" + $0.rawValue.lowercased())
      }
      + (pictures && two.count == 2
        ? [RasterGroup(filters: two, suffix: "", isPicture: true)] : [])
  }

  /// The group's planes of a warp, in its order.
  func planes(_ result: WarpResult) -> [Plane<Float>] {
    filters.compactMap { result[$0]?.values }
  }
}
