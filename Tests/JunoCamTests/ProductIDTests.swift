import Foundation
import JunoCam
import Testing

struct ProductIDTests {
  @Test(arguments: [
    "JNCE_2022229_44C00029_V01", "JNCR_2016240_01M06152_V01", "JNCE_2024034_58C00012_V01",
    "JNCM_2019360_00A99999_V99",
  ])
  func keepsARealIdentifier(text: String) throws {
    #expect(try #require(ProductID(text)).description == text)
  }

  @Test func readsTheParts() throws {
    let id = try #require(ProductID("JNCE_2023364_57C00022_V01"))
    #expect(id.kind == .edr)
    #expect(id.year == 2023 && id.dayOfYear == 364 && id.orbit == 57)
    #expect(id.filterCode == "C" && id.index == 22 && id.version == 1)
    #expect(id.filters == [.blue, .green, .red])
    #expect(id.sibling(.rdr).description == "JNCR_2023364_57C00022_V01")
  }

  @Test(arguments: [
    "", "JNCE", "JNCX_2022229_44C00029_V01", "JNCE_2022229_44C00029_V1",
    "JNCE_2022229_44c00029_V01", "JNCE-2022229_44C00029_V01", "JNCE_2022229_44C00029_V01 ",
    "JNCE_2022400_44C00029_V01", "JNCE_202222٩_44C0029_V01", "JNCE_2022229_44C000+9_V01",
  ])
  func refusesOthers(text: String) {
    #expect(ProductID(text) == nil)
  }

  @Test func findsItInFileNames() {
    #expect(
      ProductID(named: "ImageSet/JNCE_2022229_44C00029_V01-raw.png")?.description
        == "JNCE_2022229_44C00029_V01")
    #expect(ProductID(named: "JNCE_2022229_44C00029_V01.LBL")?.version == 1)
    #expect(ProductID(named: "jnce_2022229_44c00029_v01.img")?.filterCode == "C")
    #expect(ProductID(named: "JNCE_2022229_44C00029_V012.IMG") == nil)
    #expect(ProductID(named: "13541-Metadata.json") == nil)
    #expect(ProductID(named: "é") == nil)
  }

  @Test func highestVersionWins() {
    let names = [
      "JNCE_2022229_44C00030_V02", "JNCE_2022229_44C00029_V01", "JNCE_2022229_44C00030_V10",
      "JNCR_2022229_44C00030_V01",
    ]
    #expect(
      names.compactMap { ProductID($0) }.highestVersions.map(\.description) == [
        "JNCE_2022229_44C00029_V01", "JNCE_2022229_44C00030_V10", "JNCR_2022229_44C00030_V01",
      ])
  }

  @Test func isAStringInJSON() throws {
    let id = try #require(ProductID("JNCE_2022229_44C00029_V01"))
    let data = try JSONEncoder().encode([id])
    #expect(String(decoding: data, as: UTF8.self) == "[\"JNCE_2022229_44C00029_V01\"]")
    #expect(try JSONDecoder().decode([ProductID].self, from: data) == [id])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ProductID].self, from: Data("[\"JNCE\"]".utf8))
    }
  }
}
