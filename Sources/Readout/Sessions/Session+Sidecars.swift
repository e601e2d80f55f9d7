import ReadoutEngine
import ReadoutLua
import ReadoutReport
import ReadoutVectors

extension Session {
  /// Writes an answer to a file, and remembers it for `writeSidecars`. Where `folders` are given, it has to lie in them.
  /// - Throws: `ReadoutError` where the file is one that the run has read.
  func write(
    _ table: Table, of query: Query, to file: String, named path: String, as format: ReportFormat,
    options: ReportOptions, run: ReportSidecar.Run, within folders: AllowedFolders? = nil
  ) throws(ReadoutError) {
    try refuseReplacing("the report", file, hint: "give it another name, or write to another folder")
    let report = Report(table)
    _ = reports.withLock { $0.insert(Path.resolved(file)) }
    guard writesSidecars else { return try report.write(to: file, as: format, options: options, within: folders) }
    let written = try report.writeHashed(to: file, as: format, options: options, within: folders) {
      digest throws(ReadoutError) in try UnfinishedSidecar(ofReport: digest.sha256).write(beside: file, within: folders)
    }
    guard let digest = written else { return }
    let new = WrittenReport(
      file: file, folders: folders,
      description: try .init(table, of: query, path: path, format: format, options: options, digest: digest),
      run: run, inputCount: inputs.count)
    self.written.withLock { reports in
      // By their bytes: two spellings of a letter are two files.
      reports.removeAll { $0.file.utf8.elementsEqual(file.utf8) }
      reports.append(new)
    }
  }

  /// Writes the answer to a request to a file, and remembers it for `writeSidecars`.
  public func write(
    _ report: Report, of request: QueryRequest, query: Query, to path: String, as format: ReportFormat,
    options: ReportOptions
  ) throws(ReadoutError) {
    try write(
      report.table, of: query, to: path, named: path, as: format, options: options,
      run: .init(query: request))
  }

  /// Writes a sidecar beside each report that was written, when the hashes of all that was read are known. A script that
  /// fails after it has written reports leaves them, so they get their sidecars as well.
  /// - Returns: What there is to say about files that changed meanwhile.
  public func writeSidecars() throws(ReadoutError) -> [String] {
    let reports = written.withLock { $0 }
    guard writesSidecars, !reports.isEmpty else { return [] }
    let files = try inputs.files()
    for report in reports {
      let bytes = try sidecar(of: report, files: Array(files.prefix(report.inputCount))).json()
      var file = try AtomicFile(ReportSidecar.path(ofReport: report.file), within: report.folders)
      try file.write(bytes.span)
      try file.commit()
    }
    return files.filter(\.hasChanged).map {
      "readout: warning: \($0.path) was written to while it was read; the sidecars have the hash of what it is now"
    }
  }

  private func sidecar(of report: WrittenReport, files: [InputFiles.File]) throws(ReadoutError) -> ReportSidecar {
    let folder = Path.folder(of: Path.resolved(report.file))
    func path(_ path: String) -> String { Path.relative(Path.resolved(path), from: folder) }
    var run = report.run
    run.analysis = run.analysis.map(path)
    run.plugins = namedPlugins.isEmpty ? nil : namedPlugins.map(path)
    return ReportSidecar(
      readout: Version.current, lua: LuaVersion.release, folder: path("."), run: run, report: report.description,
      inputs: files.map { file in
        let shipped = file.path == "-" ? nil : ShippedFiles.name(of: file.path)
        return ReportSidecar.Input(
          path: shipped ?? (file.path == "-" ? "-" : path(file.path)), role: file.role.rawValue,
          isShipped: shipped != nil, bytes: file.digest?.byteCount, sha256: file.digest?.sha256)
      })
  }
}

/// The plugins and lexicons that come with Readout, which stand wherever it is installed.
enum ShippedFiles {
  /// The name of a shipped file within their folder; nil for others, those in the working folder included.
  static func name(of path: String) -> String? {
    guard let folder = PluginFolders.standard.map(Path.resolved) else { return nil }
    let found = Path.resolved(path)
    guard Path.contains(folder, found), !Path.contains(Files.workingFolder, found) else { return nil }
    return Path.relative(found, from: folder)
  }

  /// Where the shipped file of a name stands here; nil where it would lie outside of their folder.
  static func path(of name: String) -> String? {
    guard let folder = PluginFolders.standard.map(Path.resolved) else { return nil }
    let path = Path.resolved(Path.join(folder, name))
    return Path.contains(folder, path) ? path : nil
  }
}
