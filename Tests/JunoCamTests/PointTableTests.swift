import Foundation
import JunoCam
import SpaceMath
import Testing

@Suite struct PointTableTests {
  private func answer(
    _ text: String, jobs: Int = 2, image: ImagePointing? = nil
  ) throws -> [[String]] {
    let image = try image ?? PointFixture.image()
    let table = PointTable(image: image, path: "points.csv", jobs: jobs)
    var bytes: [UInt8] = []
    try Array(text.utf8).withUnsafeBytes { source in
      try table.answer(source) { bytes += $0 }
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func pixelsInAnyLayout() throws {
    let image = try PointFixture.image()
    let pixels = try PointFixture.load().pixels.filter { $0.correction == .lightTimeAndStellar }
    var text = "# made by hand\r\n\"Y\", name ,FILTER,X,frame\r\n\r\n"
    for pixel in pixels {
      text +=
        " \(pixel.y),a,\(pixel.filter.rawValue.lowercased()),\"\(pixel.x)\",\(pixel.frame)\r\n"
    }
    let rows = try answer(text, image: image)
    #expect(rows.first == PointTable.columns)
    #expect(rows.count == pixels.count + 1)
    for (index, (row, pixel)) in zip(rows.dropFirst(), pixels).enumerated() {
      #expect(row.count == PointTable.columns.count)
      let cells = Dictionary(uniqueKeysWithValues: zip(PointTable.columns, row))
      #expect(cells["point"] == "\(index)" && cells["filter"] == pixel.filter.rawValue)
      #expect(cells["utc"] == pixel.utc && cells["sclk"] == pixel.sclk)
      func near(_ column: String, _ golden: Double?, _ tolerance: Double) {
        let value = cells[column].flatMap(Double.init)
        #expect((value == nil) == (golden == nil))
        if let value, let golden { #expect((value - golden).magnitude < tolerance) }
      }
      near("x", pixel.x, 1e-6)
      near("et", pixel.et, 2e-6)
      near("rightAscension", pixel.rightAscension, 2e-9)
      near("radiusKm", pixel.radiusKm, 1e-3)
      near("rangeKm", pixel.rangeKm, 1e-3)
      near("incidence", pixel.incidence, 6e-5)
      near("emission", pixel.emission, 6e-5)
      near("phase", pixel.phase, 6e-5)
      near("localSolarTime", pixel.localSolarTime, 1.5 / 3600)
    }
  }

  @Test func placesHaveOneRowForEachFramelet() throws {
    let image = try PointFixture.image()
    let places = try PointFixture.load().places
    let text =
      "lat,lon\n" + places.map { "\($0.latitude),\($0.longitudeEast)\n" }.joined()
    let rows = try answer(text, image: image).dropFirst()
    let expected = places.enumerated().flatMap { index, place in
      place.seen.map { ["\(index)", $0.filter.rawValue, "\($0.frame)"] }
    }
    #expect(rows.map { Array($0.prefix(3)) } == expected)
    // What was written here can be asked again, now by its pixels.
    let again = try answer(
      ([PointTable.columns] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n"),
      image: image
    ).dropFirst()
    #expect(again.count == rows.count)
    let emission = try #require(PointTable.columns.firstIndex(of: "emission"))
    for (first, second) in zip(rows, again) where (Double(first[emission]) ?? 90) < 80 {
      #expect(abs((Double(first[5]) ?? 99) - (Double(second[5]) ?? 0)) < 2e-5)
    }
  }

  /// Many chunks, any number of threads: the same bytes.
  @Test func threadsDoNotMatter() throws {
    let image = try PointFixture.image()
    var text = "filter,frame,x,y\n"
    for index in 0..<9000 { text += "GREEN,\(index % 16),\(index % 1640).25,\(index % 128).5\n" }
    let one = try answer(text, jobs: 1, image: image)
    #expect(one.count == 9001)
    #expect(try answer(text, jobs: 3, image: image) == one)
  }

  @Test(arguments: [
    ("", 1, "the table is empty"),
    ("\n\n# nothing\n", 1, "the table is empty"),
    ("filter,frame,x\n", 1, "the columns must be"),
    ("filter,frame,x,y\nRED,1,2\n", 2, "there are fewer columns"),
    ("filter,frame,x,y\n\nPINK,1,2,3\n", 3, "\"PINK\" is no filter"),
    ("filter,frame,x,y\nR,1.5,2,3\n", 2, "\"1.5\" is no frame number"),
    ("filter,frame,x,y\nR,1,nan,3\n", 2, "no pixel coordinates"),
    ("filter,frame,x,y\nR,1,5,3\nR,16,5,3\n", 3, "frames 0 to 15"),
    ("filter,frame,x,y\nM,1,5,3\n", 2, "no filter METHANE"),
    ("lat,lon\n91,0\n", 2, "no latitude"),
    ("lat,lon\n1,1e999\n", 2, "no latitude"),
  ])
  func faultsNameTheLine(text: String, line: Int, problem: String) throws {
    let image = try PointFixture.image()
    let error = try #require(throws: JunoCamError.self) { try answer(text, image: image) }
    guard case .badTable("points.csv", line, let found) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(found.contains(problem), "\(found)")
  }

  /// The fault of the first bad line is reported even if a later piece fails earlier.
  @Test func firstFaultWins() throws {
    var text = "filter,frame,x,y\n"
    for index in 0..<20_000 { text += index == 12_000 || index == 400 ? "?\n" : "R,1,5,3\n" }
    let error = try #require(throws: JunoCamError.self) { try answer(text, jobs: 3) }
    #expect("\(error)".hasPrefix("points.csv, line 402:"))
  }
}
