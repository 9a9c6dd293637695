import Foundation
import Products
import Testing

@testable import Gallery

private func point(_ latitude: Double, _ longitude: Double, altitude: Double) -> GeometryPoint {
  GeometryPoint(
    utc: "2023-12-30T08:38:03.000", epochET: 757_197_550.25, subSpacecraftLatitude: latitude,
    subSpacecraftLongitude: longitude, altitudeKm: altitude, rangeKm: altitude + 1820,
    subSolarLatitude: 3.09, subSolarLongitude: 118.1, phaseAngle: 88.2,
    groundSampleDistanceKm: altitude * 0.000675, solarDistanceKm: 7.45e8)
}

private func product(
  _ path: String, kind: String, format: String, images: [String], title: String = "Io & Pele"
) -> ProductRecord {
  var projection = ProjectionRecord(
    name: kind == "view" ? "point-perspective" : "simple-cylindrical",
    ellipsoidRadiiKm: [1829.4, 1819.4, 1815.7])
  if kind != "view" {
    projection.pixelsPerDegree = 8
    projection.longitudes = [0, 360]
    projection.latitudes = [-90, 90]
  }
  return ProductRecord(
    path: path, title: title, kind: kind, name: kind, format: format, images: images,
    projection: projection, width: 2880, height: 1440, bands: ["R", "G", "B"],
    content: ContentRecord(coverage: 0.61, groundSampleDistanceKm: [1.02, 9.81]), bytes: 1_234_567,
    sha256: "00", samplesSHA256: "11", codec: "x")
}

private func manifest(title: String = "Io", note: String? = nil) throws -> Manifest {
  let ids = ["JNCE_2023364_57C00022_V01", "JNCE_2024034_58C00023_V01"]
  let images = ids.enumerated().map { index, id in
    let middle = point(index == 0 ? 60.9 : -40, 11.5, altitude: index == 0 ? 12_870.4 : 1580)
    return ImageRecord(
      id: id, title: nil, orbit: 57 + index, startTime: "2023-12-30T08:38:00.123",
      filters: ["BLUE", "GREEN", "RED"], frames: 16, exposureMilliseconds: 3.2, tdiStages: 1,
      geometry: GeometryRecord(first: middle, middle: middle, last: middle),
      corrections: [
        CorrectionRecord(
          name: "startTimeOffset", value: 0.0115, sigma: 0.0005, unit: "s",
          source: "pipeline file")
      ], registration: "given", notes: note.map { [$0] } ?? [])
  }
  return Manifest(
    title: title, target: "IO", credit: "Some <b>one</b>",
    products: [
      product("maps/m-16bit.png", kind: "mosaic", format: "png16", images: ids),
      product("maps/m.png", kind: "mosaic", format: "png", images: ids),
      product("maps/m.jpg", kind: "mosaic", format: "jpeg", images: ids),
      product("views/a.jpg", kind: "view", format: "jpeg", images: [ids[0]]),
      product("maps/a-16bit.png", kind: "map", format: "png16", images: [ids[0]]),
    ], images: images,
    failures: [FailureRecord(image: "X", stage: "poses", reason: "no <attitude>")],
    inputs: [FileRecord(name: "a.png", bytes: 12, sha256: "ab")], kernels: [],
    parameters: try ParameterRecord(["a": 1]))
}

/// All matches of a regular expression's first group.
private func matches(_ pattern: String, in text: String) throws -> [String] {
  let expression = try NSRegularExpression(pattern: pattern)
  return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap {
    Range($0.range(at: 1), in: text).map { String(text[$0]) }
  }
}

@Suite struct GalleryPageTests {
  @Test func everythingIsThere() throws {
    let html = try GalleryPage(manifest()).html()
    for text in [
      "JunoCam · Perijove 57 and 58", "JNCE_2023364_57C00022_V01", "11.5° E / 348.5° W",
      "60.9° N", "12\u{202F}870 km", "11.5 ± 0.5 ms", "16-bit PNG", "1.2 MB", "61 %",
      "1.02 – 9.81 km", "90° E\n270° W", "href=\"manifest.json\"", "<code>ab</code>",
    ] {
      #expect(html.contains(text), "\(text) is missing")
    }
    #expect(try matches("<article id=\"([^\"]*)\"", in: html).count == 2)
  }

  @Test func nothingIsFetchedFromElsewhere() throws {
    let html = try GalleryPage(manifest()).html()
    #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("@import"))
    let links = try matches("(?:src|href)=\"([^\"#][^\"]*)\"", in: html)
    #expect(links.count > 5)
    #expect(links.allSatisfy { !$0.hasPrefix("/") && !$0.contains(":") })
    #expect(!html.contains("type=\"module\"") && !html.contains("fetch("))
  }

  @Test func picturesHaveSizesAndWords() throws {
    let html = try GalleryPage(manifest()).html()
    let images = try matches("(<img [^>]*src[^>]*>)", in: html)
    #expect(images.count == 2)
    for image in images {
      #expect(image.contains(" width=\"2880\" height=\"1440\""))
      #expect(try !matches("alt=\"([^\"]+)\"", in: image).isEmpty)
    }
    #expect(html.contains("alt=\"Io seen from 12\u{202F}870 km above 60.9° N, 348.5° W"))
  }

  @Test func textIsEscaped() throws {
    let html = try GalleryPage(
      manifest(title: "<script>alert(\"1\")</script>", note: "a & b < c")
    ).html()
    #expect(!html.contains("<script>alert"))
    #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"))
    #expect(html.contains("Some &lt;b&gt;one&lt;/b&gt;"))
    #expect(html.contains("Io &amp; Pele"))
    #expect(html.contains("a &amp; b &lt; c"))
    #expect(html.contains("no &lt;attitude&gt;"))
    #expect(!html.contains("{{"))
  }

  @Test func smallerCopiesAreOffered() throws {
    let page = GalleryPage(
      try manifest(), copies: ["maps/m.jpg": [PictureCopy(path: "small/m-960.jpg", width: 960)]])
    #expect(try page.html().contains("srcset=\"small/m-960.jpg 960w, maps/m.jpg 2880w\""))
  }

  @Test func emptyRunStillHasAPage() throws {
    var empty = try manifest()
    empty.images = []
    empty.products = []
    let html = try GalleryPage(empty).html()
    #expect(html.contains("No image of Io could be used."))
    #expect(!html.contains("class=\"hero\"") && !html.contains("class=\"facts\""))
  }

  @Test(arguments: [
    ("a b.png", "a%20b.png"), ("javascript:x", "javascript%3Ax"), ("a?b#c", "a%3Fb%23c"),
    ("maps/é.png", "maps/%C3%A9.png"),
  ])
  func linksAreOnlyPaths(path: String, link: String) {
    #expect(GalleryPage.link(path) == link)
  }

  @Test func numbersPrintAlikeEverywhere() {
    #expect(PageText.fixed(1234.56, 1) == "1234.6")
    #expect(PageText.fixed(1_234_567.0, 0) == "1\u{202F}234\u{202F}567")
    #expect(PageText.fixed(-0.04, 1) == "0.0")
    #expect(PageText.fixed(-2.05, 1) == "−2.1" || PageText.fixed(-2.05, 1) == "−2.0")
    #expect(PageText.fixed(.nan, 1) == "–")
    #expect(PageText.fixed(0.05, 2) == "0.05")
    #expect(PageText.longitudeWest(0) == "0.0° W")
    #expect(PageText.longitudeWest(11.5) == "348.5° W")
    #expect(PageText.longitudeEast(359.99) == "0.0° E")
    #expect(PageText.longitudeEast(-10) == "350.0° E")
    #expect(PageText.list(["a", "b", "c"]) == "a, b and c")
    #expect(PageText.size(bytes: 999_600) == "1.0 MB")
    #expect(PageText.date("2024-02-03T17:48:35") == "3 February 2024")
  }

  @Test func mapEdgesBoundTheOverlay() throws {
    var part = product("a.png", kind: "map", format: "png", images: [])
    part.projection.longitudes = [350, 380]
    part.projection.latitudes = [0, 20]
    let overlay = try #require(MapOverlay(part, images: try manifest().images))
    #expect(overlay.longitudes.map(\.text).first == "350° E\n10° W")
    #expect(overlay.longitudes.map(\.text).last == "20° E\n340° W")
    #expect(overlay.longitudes.map(\.position) == [0, 16.667, 33.333, 50, 66.667, 83.333, 100])
    #expect(overlay.spots.isEmpty)
    #expect(MapOverlay(product("a", kind: "view", format: "png", images: []), images: []) == nil)
  }
}
