import ReadoutEngine
import ReadoutVectors

/// The folders that `lexicon(text, 'NAME')` looks in, nearest first, for `NAME.csv`, `.tsv` or `.txt` (term, weight, perhaps
/// a category) or `NAME.dic` (LIWC's layout).
struct LexiconFolders: Sendable {
  let folders: [String]
  private let inputs: InputFiles?

  /// `lexicons/` in each of these.
  init(in roots: [String], inputs: InputFiles? = nil) {
    self.inputs = inputs
    var seen: Set<String> = []
    folders = roots.map { Path.join($0, "lexicons") }
      .filter { Files.kind($0) == .folder && seen.insert(Path.resolved($0)).inserted }
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
      for ending in Self.endings {
        let file = Path.join(folder, name + ending)
        guard let bytes = try? Files.contents(file) else { continue }
        inputs?.note(file, as: .lexicon, contents: bytes)
        return try Lexicon(name: name, bytes: bytes, file: file)
      }
    }
    return nil
  }

  private static let endings = [".csv", ".tsv", ".txt", ".dic"]

  private static func isLexicon(_ name: String) -> Bool { endings.contains { name.hasSuffix($0) } }
}
