public import Foundation

/// Where the sources, the data beside them and the built command are.
public enum Repository {
  /// The folder with `Package.swift`.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().standardizedFileURL

  /// Public data sets beside the repository; not there on every machine.
  public static let sharedData = root.deletingLastPathComponent().appending(path: "shared/data").standardizedFileURL

  /// The folder that holds the `readout` of this build: the test bundle's own, so that both are of one configuration.
  public static let binaries: URL = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    let candidates = [beside, root.appending(path: ".build/debug"), root.appending(path: ".build/release")]
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.appending(path: "readout").path) }
      ?? beside
  }()
}
