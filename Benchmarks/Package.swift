// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "ReadoutBenchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Readout", path: "..")],
  targets: [
    .executableTarget(
      name: "readout-bench", dependencies: [.product(name: "Readout", package: "Readout")],
      path: "Sources/ReadoutBench",
      swiftSettings: [
        .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
        .enableExperimentalFeature("Lifetimes"),
      ])
  ]
)
