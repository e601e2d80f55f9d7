import Synchronization

/// The files that this process has written and those that it is writing, for whoever ends it in the middle.
public enum ReportFiles {
  private struct State {
    var unfinished: Set<String> = []
    /// In order, each once.
    var written: [String] = []
    var known: Set<String> = []
    /// Folders that were looked through for what ended processes have left.
    var swept: Set<String> = []
  }
  private static let state = Mutex(State())

  /// Notes a file that is being written, to be removed where the process is ended.
  public static func begin(_ path: String) { state.withLock { _ = $0.unfinished.insert(path) } }

  /// The file is gone.
  public static func forget(_ path: String) { state.withLock { _ = $0.unfinished.remove(path) } }

  /// Puts a finished file in its place, which its user calls `name`, nil where it is none of his: an end from outside comes before this or
  /// after it.
  public static func move(_ path: String, to target: String, named name: String? = nil) throws(FileProblem) {
    try state.withLock { (state) throws(FileProblem) in
      try Files.move(path, to: target)
      state.unfinished.remove(path)
      if let name, state.known.insert(name).inserted { state.written.append(name) }
    }
  }

  /// Whether `folder` is asked about for the first time.
  static func isNew(_ folder: String) -> Bool { state.withLock { $0.swept.insert(folder).inserted } }

  /// Removes the unfinished files and calls `body`, which ends the process, with what was written. No file is begun or put in its place
  /// meanwhile.
  static func end(_ body: (String) -> Void) {
    state.withLock { state in
      for path in state.unfinished { Files.remove(path) }
      body(summary(state.written))
    }
  }

  static func summary(_ written: [String]) -> String {
    switch written.count {
    case 0: "no report was written"
    case 1...3: "written: " + written.joined(separator: ", ")
    default: "\(written.count) reports were written, the last one \(written.last!)"
    }
  }
}
