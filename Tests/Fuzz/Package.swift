// swift-tools-version: 6.2
import PackageDescription

// A package of its own: its products are instrumented and never part of Readout. `Tests/Fuzz/run` builds it.
let package = Package(
  name: "ReadoutFuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Readout", path: "../..")],
  targets: [
    .systemLibrary(name: "CFuzzer"),
    .executableTarget(
      name: "readout-fuzz", dependencies: ["CFuzzer", .product(name: "Readout", package: "Readout")],
      swiftSettings: [
        .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
        .enableExperimentalFeature("Lifetimes"),
      ]),
  ]
)
