import Synchronization

/// The files that this process has written and those that it is writing, for whoever ends it in the middle.
public enum ReportFiles {
  private struct State {
    var unfinished: [UnfinishedFile] = []
    /// In order, each once.
    var written: [String] = []
    var known: Set<String> = []
    /// Folders that were looked through for what ended processes have left.
    var swept: Set<String> = []
  }
  private static let state = Mutex(State())

  /// Notes a file that is being written, to be removed where the process is ended.
  public static func begin(_ file: UnfinishedFile) { state.withLock { $0.unfinished.append(file) } }

  /// Takes a file away that is not to be.
  public static func remove(_ file: UnfinishedFile) {
    state.withLock { state in
      file.folder.remove(file.name)
      state.unfinished.removeAll { $0 == file }
    }
  }

  /// Puts a finished file in its place beside it, which its user calls `name`, nil where it is none of his: an end from outside comes
  /// before this or after it.
  public static func move(_ file: UnfinishedFile, to target: String, named name: String? = nil) throws(FileProblem) {
    try state.withLock { (state) throws(FileProblem) in
      try file.folder.move(file.name, to: target)
      state.unfinished.removeAll { $0 == file }
      if let name, state.known.insert(name).inserted { state.written.append(name) }
    }
  }

  /// Whether `folder` is asked about for the first time.
  static func isNew(_ folder: String) -> Bool { state.withLock { $0.swept.insert(folder).inserted } }

  /// Removes the unfinished files and calls `body`, which ends the process, with what was written. No file is begun or put in its place
  /// meanwhile.
  static func end(_ body: (String) -> Void) {
    state.withLock { state in
      for file in state.unfinished { file.folder.remove(file.name) }
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

/// A file that is being written under another name than it will have.
public struct UnfinishedFile: Sendable, Equatable {
  public let folder: OpenFolder
  public let name: String

  public init(_ name: String, in folder: OpenFolder) {
    self.name = name
    self.folder = folder
  }

  public static func == (a: UnfinishedFile, b: UnfinishedFile) -> Bool { a.folder === b.folder && a.name == b.name }
}
