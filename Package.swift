// swift-tools-version: 6.1
import PackageDescription

/// Versions are exact because `Package.resolved` is not part of the repository.
let dependencies: [Package.Dependency] = [
  .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// `SpaceMath` and `Raster` are the two rooms that everybody may enter.
func room(_ name: String, _ others: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: ["SpaceMath", "Raster"] + others)
}

func tests(_ name: String, _ others: [Target.Dependency] = []) -> Target {
  let shared: [Target.Dependency] = ["SpaceMath", "Raster"]
  let subject: [Target.Dependency] =
    ["SpaceMath", "Raster"].contains(name) ? [] : [.init(stringLiteral: name)]
  return .testTarget(
    name: "\(name)Tests", dependencies: shared + subject + ["TestSupport"] + others)
}

let package = Package(
  name: "JunoCam",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "junocam", targets: ["JunoCamCLI"])],
  dependencies: dependencies,
  targets: [
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"])]),
    .systemLibrary(name: "CTIFF", pkgConfig: "libtiff-4", providers: [.apt(["libtiff-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .target(
      name: "CImageCodecs", dependencies: ["CPNG", "CJPEG", "CTIFF", "CZlib", "CISAL"]),

    .target(name: "SpaceMath"),
    .target(name: "CRasterKernels"),
    .target(name: "Raster", dependencies: ["SpaceMath", "CRasterKernels"]),
    room("ImageFormats", ["CImageCodecs"]),
    room("ZipArchives", ["CZip"]),
    room("PlanetaryLabels"),
    room("SPICE"),
    room("Almanac", ["SPICE"]),
    room("Cartography"),
    room("ViewGeometry"),
    room(
      "JunoCam",
      [
        "CRasterKernels", "PlanetaryLabels", "ImageFormats", "ZipArchives", "SPICE",
        "ViewGeometry", crypto,
      ]),
    room("Mapping", ["CRasterKernels", "JunoCam", "ViewGeometry", "Cartography"]),
    room("Registration", ["Mapping", "JunoCam", "ViewGeometry", "SPICE", "Cartography"]),
    room("Restoration", ["Mapping", "JunoCam", "ViewGeometry"]),
    room("Photometry", ["CRasterKernels", "ViewGeometry"]),
    room(
      "Products", ["ImageFormats", "Cartography", "Mapping", "Photometry", crypto]),
    room("Gallery", ["Products", "ImageFormats", "Cartography", mustache]),
    room(
      "Simulation",
      [
        "JunoCam", "SPICE", "ViewGeometry", "Cartography", "Photometry", "ImageFormats",
        "PlanetaryLabels", "Products", "Registration", crypto, yams,
      ]),
    room(
      "Pipeline",
      [
        "PlanetaryLabels", "ImageFormats", "SPICE", "Almanac", "JunoCam", "ViewGeometry",
        "Cartography", "Mapping", "Registration", "Restoration", "Photometry", "Products", crypto,
        yams,
      ]),
    room(
      "Benchmarking",
      [
        "CRasterKernels", "ImageFormats", "SPICE", "JunoCam", "Mapping", "Restoration",
        "Photometry", "Pipeline",
      ]),
    .executableTarget(
      name: "JunoCamCLI",
      dependencies: [
        "Raster", "ImageFormats", "ZipArchives", "Pipeline", "Gallery", "Simulation",
        "Benchmarking",
        argumentParser,
      ]),

    .executableTarget(
      name: "benchmark-probe",
      dependencies: ["SpaceMath", "CRasterKernels", "Raster", "Mapping", "ImageFormats"],
      path: "Tests/Benchmarks/probe"),
    .executableTarget(
      name: "crosscheck-probe", dependencies: ["SPICE", "SpaceMath"],
      path: "Tests/crosscheck/probe"),
    .executableTarget(
      name: "FuzzKernels", dependencies: ["SPICE", "SpaceMath"], path: "Tests/Fuzz/Kernels"),

    .target(
      name: "TestSupport", dependencies: ["SpaceMath", "Raster"], path: "Tests/Support"),
    .executableTarget(
      name: "FuzzFormats", dependencies: ["ImageFormats", "PlanetaryLabels"],
      path: "Tests/Fuzz/Formats"),
    tests("SpaceMath"),
    tests("Raster", ["CRasterKernels"]),
    tests("ImageFormats"),
    tests("ZipArchives"),
    tests("PlanetaryLabels"),
    tests("SPICE"),
    tests("Almanac", ["SPICE"]),
    tests("Cartography"),
    tests("ViewGeometry"),
    tests("JunoCam", ["SPICE", "ViewGeometry", "PlanetaryLabels", "ImageFormats", "ZipArchives"]),
    tests("Mapping", ["CRasterKernels", "JunoCam", "ViewGeometry", "Cartography", "SPICE"]),
    tests(
      "Registration",
      ["Mapping", "JunoCam", "ViewGeometry", "SPICE", "Cartography", "ImageFormats", "Simulation"]),
    tests(
      "Restoration",
      ["Mapping", "JunoCam", "ViewGeometry", "SPICE", "ImageFormats", "Simulation"]),
    tests("Photometry"),
    tests("Products", ["ImageFormats", "Photometry", "Cartography"]),
    tests("Gallery", ["Products"]),
    tests(
      "Simulation",
      [
        "JunoCam", "SPICE", "ViewGeometry", "ImageFormats", "PlanetaryLabels", "Photometry",
        "Cartography", "Products",
      ]),
    tests(
      "JunoCamCLI", ["JunoCam", "SPICE", "ImageFormats", "ZipArchives", "Pipeline", "Products"]),
    tests(
      "Pipeline",
      [
        "Simulation", "Products", "JunoCam", "ImageFormats", "Mapping", "Cartography", "SPICE",
        "ViewGeometry", "Almanac", "ZipArchives",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
