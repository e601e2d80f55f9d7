import ReadoutEngine
import ReadoutVectors

/// The folders that `lexicon(text, 'NAME')` looks in for `NAME.csv` or `NAME.tsv`, nearest first: two columns, term and weight.
struct LexiconFolders: Sendable {
  let folders: [String]

  /// `lexicons/` beside and in each folder of plugins: beside the analysis, in its parents up to the working folder, and
  /// with the plugins that come with Readout.
  init(plugins: PluginFolders, analysis: String?) {
    var folders = (PluginFolders.roots(of: analysis) + plugins.folders).map { Path.join($0, "lexicons") }
    folders = folders.filter { Files.kind($0) == .folder }
    var seen: Set<String> = []
    self.folders = folders.filter { seen.insert(Path.resolved($0)).inserted }
  }

  var lexicons: Lexicons {
    Lexicons(names: { names }, find: { name throws(ReadoutError) in try find(name) })
  }

  private var names: [String] {
    Set(folders.flatMap { ((try? Files.names(in: $0)) ?? []).filter(Self.isLexicon).map { Path.stem(of: $0) } })
      .sorted()
  }

  private func find(_ name: String) throws(ReadoutError) -> Lexicon? {
    guard !name.contains("/") else { return nil }
    for folder in folders {
      for ending in [".csv", ".tsv"] {
        let file = Path.join(folder, name + ending)
        guard let bytes = try? Files.contents(file) else { continue }
        return try Lexicon(name: name, csv: bytes, file: file)
      }
    }
    return nil
  }

  private static func isLexicon(_ name: String) -> Bool { name.hasSuffix(".csv") || name.hasSuffix(".tsv") }
}
