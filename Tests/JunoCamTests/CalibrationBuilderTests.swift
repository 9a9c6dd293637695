import Foundation
import JunoCam
import Raster
import Testing

/// Calibration files from made-up images: what was put in comes out, also through files.
struct CalibrationBuilderTests {
  private static let lit = 10..<40
  private static let brightPixel = (row: 30, column: 600)
  private static let hotPixel = (row: 90, column: 1200)

  /// Lit rows above, dark rows below; one pixel responds by a tenth more, one is hot.
  private func image() throws -> DecodedImage {
    var product = SyntheticProduct()
    product.frames = 10
    product.code = { line, column in
      let row = line % FrameletShape.rows
      guard FrameletShape.photoactiveColumns.contains(column) else { return 2 }
      if row == Self.brightPixel.row && column == Self.brightPixel.column { return 188 }
      if row == Self.hotPixel.row && column == Self.hotPixel.column { return 60 }
      return Self.lit.contains(row) ? 180 : 5
    }
    return try withTemporaryFolder {
      try JunoCamProduct.open(try product.writeWebsiteSet(to: $0)).decode()
    }
  }

  @Test func whatWasPutInComesOut() throws {
    var builder = CalibrationBuilder()
    try builder.add(try image())
    let flat = try #require(builder.flat()[.green])
    // Codes 180 and 188 are 975 and 1071 DN12 (SIS table), black 2.
    #expect(abs(flat[Self.brightPixel.row, Self.brightPixel.column] - 1069 / 974.5) < 2e-3)
    #expect(abs(flat[Self.brightPixel.row, 700] - 1) < 1e-4 && flat[100, 700] == 1)
    let dark = try #require(builder.dark()[.green])
    #expect(abs(dark[100, 800] - 3) < 0.3 && dark[20, 800] == 0)
    let defects = builder.defects()
    #expect(defects.contains(.blue, row: Self.hotPixel.row, column: Self.hotPixel.column))
    #expect(!defects.contains(.blue, row: 100, column: 800))

    try withTemporaryFolder { folder in
      let flatFile = folder.appendingPathComponent("flat.tif")
      try CalibrationPlanes.write(builder.flat(), to: flatFile, missing: 1)
      let read = try CalibrationPlanes.read(flatFile)
      #expect(read[.green] == flat && read.count == 3)
      _ = try FlatField(read, kind: .response, path: flatFile.path)
      let mapFile = folder.appendingPathComponent("defects.png")
      try defects.write(to: mapFile)
      #expect(try HotPixelMap(contentsOf: mapFile) == defects)
    }
  }

  @Test func wrongSizeIsRefused() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("flat.png")
      try PlainPNG.data(
        width: 1648, height: 100, samples: [UInt8](repeating: 1, count: 164_800)
      ).write(to: file)
      #expect(message { _ = try CalibrationPlanes.read(file) }.contains("1648 × 100"))
    }
  }
}
