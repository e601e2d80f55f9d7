import ReadoutEngine
import ReadoutLua
import ReadoutVectors

extension Session {
  /// Runs the examples of plugins, which are files, their names without `.lua`, or names of metrics, and tries the merge law
  /// of their folds; of all that are found where none is given.
  ///
  /// - Returns: What `readout check` prints, and whether every example and law holds.
  /// - Throws: `ReadoutError` for a name that no plugin has, and where the session's time is up.
  public func check(_ wanted: [String]) throws(ReadoutError) -> (text: String, isGood: Bool) {
    var text = ""
    var examples = 0
    var failures = 0
    let files = wanted.isEmpty ? plugins.files : try wanted.map { name throws(ReadoutError) in try file(of: name) }
    for file in files {
      text += "\(file)\n"
      do throws(ReadoutError) {
        let plugin = try plugins.load(file)
        let results = plugin.runExamples()
        if plugins.limits.isRunOver, let late = results.compactMap(\.failure).first(where: \.endsQuery) { throw late }
        let laws = try plugin.tryMergeLaws()
        examples += results.count
        for entry in plugin.functions {
          let own = results.filter { $0.metric == entry.signature.name }
          let count = ShownNumber.counted(own.count, "example")
          text += "  \(entry.signature.name): \(count)\(own.isEmpty ? "; add some" : "")\n"
          let law = laws.first { $0.metric == entry.signature.name }
          for failure in own.compactMap(\.failure) + [law?.failure].compactMap({ $0 }) {
            failures += 1
            text += Self.indented(failure)
          }
          if let note = law?.note { text += "    note: \(note)\n" }
        }
      } catch {
        if error.endsQuery, plugins.limits.isRunOver { throw error }
        failures += 1
        text += Self.indented(error)
      }
    }
    text += "\(ShownNumber.counted(files.count, "plugin")), \(ShownNumber.counted(examples, "example")), "
    return (text + ShownNumber.counted(failures, "failure") + "\n", failures == 0)
  }

  private func file(of name: String) throws(ReadoutError) -> String {
    if name.hasSuffix(".lua") || name.contains("/") {
      guard Files.kind(name) == .file else { throw ReadoutError(.request, "no such plugin", value: name) }
      return name
    }
    if let file = plugins.file(named: name) { return file }
    guard let plugin = try plugins.plugin(named: name) else {
      throw ReadoutError(
        .request, "no plugin has this metric", value: name,
        hint: Suggestion.hint(for: name, among: plugins.names, kind: "metrics"))
    }
    return plugin.file
  }

  private static func indented(_ error: ReadoutError) -> String {
    error.description.split(separator: "\n").map { "    \($0)\n" }.joined()
  }
}
