// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableExperimentalFeature("Lifetimes"),
]
let c: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "Readout",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Readout", targets: ["Readout"]),
    .executable(name: "readout", targets: ["ReadoutCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"]), .brew(["lua@5.4"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "CICU", pkgConfig: "icu-uc", providers: [.apt(["libicu-dev"]), .brew(["icu4c"])]),
    .systemLibrary(
      name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),
    .target(name: "CUnicode", dependencies: ["CICU"], cSettings: c),
    .target(name: "CLuaBridge", dependencies: ["CLua"], cSettings: c),
    .target(name: "CVectors", cSettings: c),
    .target(name: "CJSON", cSettings: c),
    .target(
      name: "ReadoutVectors", dependencies: ["CVectors", "CJSON", "CNettle", "CPCRE2", "CStemmer", "CUnicode"],
      swiftSettings: swift),
    .target(name: "ReadoutEngine", dependencies: ["ReadoutVectors"], swiftSettings: swift),
    .target(name: "ReadoutIngest", dependencies: ["ReadoutEngine", "CArchive", "CZlib"], swiftSettings: swift),
    .target(name: "ReadoutReport", dependencies: ["ReadoutEngine", "ReadoutVectors"], swiftSettings: swift),
    .target(name: "ReadoutLua", dependencies: ["ReadoutEngine", "CLuaBridge"], swiftSettings: swift),
    .target(
      name: "Readout", dependencies: ["ReadoutIngest", "ReadoutReport", "ReadoutLua", "ReadoutVectors"],
      swiftSettings: swift),
    .executableTarget(
      name: "ReadoutCLI",
      dependencies: [
        "Readout", "ReadoutEngine", "ReadoutVectors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: swift),
    .target(name: "Transcripts", path: "Tests/Transcripts", swiftSettings: swift),
    .executableTarget(
      name: "Endurance", dependencies: ["Readout", "ReadoutVectors"], path: "Tests/Endurance", swiftSettings: swift),
    .testTarget(name: "ReadoutVectorsTests", dependencies: ["ReadoutVectors"], swiftSettings: swift),
    .testTarget(name: "ReadoutIngestTests", dependencies: ["ReadoutIngest", "ReadoutVectors"], swiftSettings: swift),
    .testTarget(name: "ReadoutLuaTests", dependencies: ["ReadoutLua", "ReadoutVectors"], swiftSettings: swift),
    .testTarget(
      name: "ReadoutReportTests", dependencies: ["ReadoutReport", "ReadoutIngest", "ReadoutVectors"],
      swiftSettings: swift),
    .testTarget(
      name: "ReadoutTests", dependencies: ["Readout", "ReadoutEngine", "ReadoutReport", "ReadoutVectors"],
      swiftSettings: swift),
    .testTarget(name: "OracleTests", dependencies: ["ReadoutEngine", "ReadoutVectors"], swiftSettings: swift),
    .testTarget(name: "DocumentTests", dependencies: ["Transcripts", "ReadoutCLI"], swiftSettings: swift),
    .testTarget(name: "RealDataTests", dependencies: ["Readout", "Transcripts"], swiftSettings: swift),
    .testTarget(
      name: "HostileTests", dependencies: ["Readout", "ReadoutVectors", "Transcripts", "ReadoutCLI"],
      swiftSettings: swift),
    .testTarget(name: "CaseTests", dependencies: ["Transcripts", "ReadoutCLI", "Endurance"], swiftSettings: swift),
    .testTarget(name: "ReadoutEngineTests", dependencies: ["ReadoutEngine", "ReadoutVectors"], swiftSettings: swift),
  ]
)
