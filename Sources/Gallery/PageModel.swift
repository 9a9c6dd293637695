/// What the page's template prints, as plain values: one property for each tag.
struct PageModel {
  var title: String
  var kicker: String
  var summary: String
  var generator: String
  var credit: String
  var style: String
  var script: String
  var facts: Group<Fact>?
  var hero: Hero?
  var images: [Article]
  var failures: Group<Failure>?
  var inputs: [Input]

  /// A list with markup around it that appears only if it has items.
  struct Group<Item> {
    var items: [Item]

    init?(_ items: [Item]) {
      guard !items.isEmpty else { return nil }
      self.items = items
    }
  }

  struct Fact {
    var term: String
    var value: String
    var unit: String?
  }

  struct Picture {
    var path: String
    var width: Int
    var height: Int
    var alt: String
    /// `srcset` with the smaller copies, if there are any.
    var sources: String?
  }

  struct File {
    var label: String
    var path: String
    var size: String
    var title: String
  }

  struct Hero {
    var heading: String
    var caption: String
    var picture: Picture
    var files: [File]
    var overlay: MapOverlay?
  }

  struct Article {
    var anchor: String
    var number: Int
    var heading: String
    var id: String
    var caption: String
    var rows: [Row]
    var notes: Group<String>?
    /// Link to the picture of the registration's fit.
    var fit: String?
    var view: View?
    var limb: Limb?
    var maps: [Map]
  }

  struct Row {
    var term: String
    var value: String
    var second: String?
    var range: String

    init(_ term: String, _ value: String, second: String? = nil, range: String = "") {
      self.term = term
      self.value = value
      self.second = second
      self.range = range
    }
  }

  struct View {
    var picture: Picture
    var files: [File]
  }

  struct Map {
    var picture: Picture?
    var caption: String
    var files: [File]
  }

  struct Limb {
    var picture: Picture?
    var caption: String
    var files: [File]
    var tables: [File]
    var ticks: [Tick]
    var spots: [Spot]
    var plumes: Group<PlumeRow>?
  }

  /// A label under a picture, per cent from its left edge.
  struct Tick {
    var text: String
    var position: Double
  }

  /// A number over a picture, per cent from its left edge.
  struct Spot {
    var number: Int
    var left: Double
  }

  struct PlumeRow {
    var number: Int
    var angle: String
    var place: String
    var height: String
    var peak: String
    var significance: String
  }

  struct Failure {
    var image: String
    var stage: String
    var reason: String
  }

  struct Input {
    var name: String
    var size: String
    var sha256: String
  }
}
