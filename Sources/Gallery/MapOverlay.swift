import Products

/// Grid, tick labels and numbered spots that lie over a simple cylindrical map.
struct MapOverlay {
  var west: Double
  var east: Double
  var south: Double
  var north: Double
  var width: Double
  var height: Double
  var hint: String
  var lines: [Line]
  var spots: [Spot]
  var longitudes: [Tick]
  var latitudes: [Tick]

  struct Line {
    var path: String
    var isMain: Bool
  }

  struct Spot {
    var anchor: String
    var number: Int
    var label: String
    var left: Double
    var top: Double
  }

  struct Tick {
    var text: String
    var position: Double
  }

  /// nil for a product that is no simple cylindrical map.
  /// - Parameter images: those to mark, in the order of their numbers.
  init?(_ product: ProductRecord, images: [ImageRecord]) {
    let projection = product.projection
    guard projection.name == "simple-cylindrical", let longitudes = projection.longitudes,
      let latitudes = projection.latitudes, longitudes.count == 2, latitudes.count == 2,
      longitudes[1] > longitudes[0], latitudes[1] > latitudes[0]
    else { return nil }
    (west, east) = (longitudes[0], longitudes[1])
    (south, north) = (latitudes[0], latitudes[1])
    width = longitudes[1] - longitudes[0]
    height = latitudes[1] - latitudes[0]
    hint = "Numbers mark the points below the craft"
    let longitudeStep = Self.step(width)
    let latitudeStep = Self.step(height)
    let meridians = Self.multiples(of: longitudeStep, from: west, through: east)
    let parallels = Self.multiples(of: latitudeStep, from: south, through: north)
    let north = north
    let south = south
    let west = west
    let width = width
    let height = height
    lines =
      meridians.filter { $0 > longitudes[0] && $0 < longitudes[1] }.map {
        Line(path: "M\($0 - west) 0V\(height)", isMain: Int($0) % 180 == 0)
      }
      + parallels.filter { $0 > south && $0 < north }.map {
        Line(path: "M0 \(north - $0)H\(width)", isMain: $0 == 0)
      }
    self.longitudes = meridians.map { meridian in
      Tick(
        text: Self.longitudeText(meridian),
        position: PageText.percent((meridian - west) / width))
    }
    self.latitudes = parallels.filter { $0 > south && $0 < north }.map {
      Tick(
        text: $0 == 0 ? "0°" : "\(Int(abs($0)))° \($0 < 0 ? "S" : "N")",
        position: PageText.percent((north - $0) / height))
    }
    spots = images.enumerated().compactMap { index, image in
      let place = image.geometry.middle
      var offset = place.subSpacecraftLongitude - west
      offset -= 360 * (offset / 360).rounded(.down)
      let latitude = place.subSpacecraftLatitude
      guard offset <= width, latitude >= south, latitude <= north else { return nil }
      return Spot(
        anchor: image.id, number: index + 1,
        label: "\(image.id), craft above \(PageText.latitude(latitude)), "
          + PageText.longitudeWest(place.subSpacecraftLongitude),
        left: PageText.percent(offset / width), top: PageText.percent((north - latitude) / height))
    }
  }

  /// East longitude over west longitude, whole degrees.
  private static func longitudeText(_ degrees: Double) -> String {
    let east = (Int(degrees) % 360 + 360) % 360
    return "\(east)° E\n\((360 - east) % 360)° W"
  }

  private static func step(_ span: Double) -> Double {
    span > 120 ? 30 : span > 60 ? 15 : span > 20 ? 5 : 1
  }

  private static func multiples(of step: Double, from low: Double, through high: Double)
    -> [Double]
  {
    let first = Int((low / step).rounded(.up))
    let last = Int((high / step).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }
}
