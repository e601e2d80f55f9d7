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
    Set(folders.flatMap { ((try? Files.names(in: $0)) ?? []).compactMap(Self.name(ofFile:)) }).sorted()
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

  /// The name of the lexicon in a file; nil for other files.
  private static func name(ofFile file: String) -> String? {
    endings.first { file.hasSuffix($0) }.map { String(file.dropLast($0.count)) }
  }
}
