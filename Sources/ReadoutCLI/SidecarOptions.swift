import ArgumentParser

/// Whether reports get a sidecar.
struct SidecarOptions: ParsableArguments {
  @Flag(help: "Write no sidecar (REPORT.run.json, for why and verify) beside a report.")
  var noSidecar = false

  var isWanted: Bool { !noSidecar }
}
