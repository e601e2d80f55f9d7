import ReadoutEngine
import ReadoutIngest
import ReadoutLua
import ReadoutVectors

/// The folders that named formats are described in, nearest first: a format `NAME` is the file `NAME.lua`, which returns how its files are read, with the keys
/// of a `dataset.lua`'s tables.
struct FormatFolders: Sendable {
  private let folders: [String]
  /// What a description may take: of a format, or of a dataset.
  let limits: LuaLimits
  /// Where descriptions that are read are noted.
  private let inputs: InputFiles?

  /// `formats/` in each of these folders, then those that come with Readout.
  init(beside roots: [String], limits: LuaLimits = LuaLimits(), inputs: InputFiles? = nil) {
    self.init(roots.map { Path.join($0, "formats") } + [Self.standard].compactMap { $0 }, limits, inputs)
  }

  private init(_ folders: [String], _ limits: LuaLimits, _ inputs: InputFiles?) {
    self.limits = limits
    self.inputs = inputs
    var seen: Set<String> = []
    self.folders = folders.filter { Files.kind($0) == .folder && seen.insert(Path.resolved($0)).inserted }
  }

  /// These after `formats/` in a folder.
  func first(beside root: String) -> FormatFolders {
    FormatFolders([Path.join(root, "formats")] + folders, limits, inputs)
  }

  /// These after `formats/` beside a dataset: in it, or in the folder of its file.
  func first(besideData path: String) -> FormatFolders {
    first(beside: Files.kind(path) == .folder ? path : Path.folder(of: path))
  }

  /// The names of all formats, those of the engine included.
  var names: [String] {
    let described = folders.flatMap { (try? Files.names(in: $0)) ?? [] }.filter { $0.hasSuffix(".lua") }
    return Set(described.map { String($0.dropLast(".lua".count)) } + RecordFormat.allCases.map(\.rawValue)).sorted()
  }

  /// How the files of a format are read.
  /// - Throws: `ReadoutError` for an unknown name, with those there are, and for a description that is wrong.
  func options(named name: String, place: ReadoutError.Place) throws(ReadoutError) -> ReadingOptions {
    guard let file = file(of: name) else {
      throw ReadoutError(
        .request, "unknown format", value: name, place: place,
        hint: Suggestion.hint(for: name, among: names, kind: "formats"))
    }
    return try FormatDescription(file: file, name: name, limits: limits, inputs: inputs).options { columns in
      self.names(fitting: columns)
    }
  }

  /// The formats that files of so many columns fit. Those that cannot be read are left out; one that has used up its time
  /// ends the search.
  private func names(fitting columns: Int) -> [String] {
    var fitting: [String] = []
    for name in names {
      guard let file = file(of: name) else { continue }
      do throws(ReadoutError) {
        let format = try FormatDescription(file: file, name: name, limits: limits, inputs: nil)
        if format.fits(columns: columns) { fitting.append(name) }
      } catch {
        if error.endsQuery { break }
      }
    }
    return fitting
  }

  private func file(of name: String) -> String? {
    guard !name.isEmpty, !name.contains("/"), !name.contains("\0") else { return nil }
    return folders.map { Path.join($0, name + ".lua") }.first { Files.kind($0) == .file }
  }

  /// The folder of the formats that come with Readout, found as that of its plugins is, or named by `READOUT_FORMATS`.
  private static var standard: String? {
    Files.environment("READOUT_FORMATS") ?? PluginFolders.shipped("formats")
  }
}
