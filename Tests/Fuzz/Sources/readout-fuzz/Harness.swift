/// One reader of outside bytes, as the fuzzer drives it.
///
/// `run` gets any bytes. It returns for whatever the reader says of them, an error included, and ends the process where a
/// promise is broken: a crash, an error that calls itself a bug, or two ways to read that do not agree.
struct Harness: Sendable {
  let name: String
  /// What is read, for the list that `readout-fuzz` prints.
  let summary: String
  let run: @Sendable ([UInt8]) -> Void

  init(_ name: String, _ summary: String, _ run: @escaping @Sendable ([UInt8]) -> Void) {
    self.name = name
    self.summary = summary
    self.run = run
  }

  /// All readers; a new one is a file with its harness, its line here, and a folder of the corpus.
  static let all: [Harness] = [
    .csv, .json, .archive, .lua, .plugin, .description, .expression, .lexicon, .terms,
  ]
}

/// Ends the process with what was promised and did not hold: libFuzzer keeps the input.
func broken(_ promise: String, _ details: String...) -> Never {
  fatalError(([promise] + details).joined(separator: "\n"))
}
