import ReadoutEngine
import ReadoutLua
import ReadoutVectors
import Synchronization

/// The folders that plugins are found in, nearest first. A plugin is loaded when a query calls one of its metrics.
///
/// A metric's plugin is the file of its name; a file that holds several metrics is found under their names too, by its text.
public final class PluginFolders: FunctionSource {
  public let folders: [String]
  private let loaded = Mutex<[String: [FunctionRegistry.Entry]]>([:])

  public init(_ folders: [String]) { self.folders = folders }

  /// Every plugin's file, nearest folder first, in the order of their names within it. Of two with one name the nearer counts.
  public var files: [String] {
    var seen: Set<String> = []
    return folders.flatMap { folder in
      ((try? Files.names(in: folder)) ?? []).filter { $0.hasSuffix(".lua") && seen.insert($0).inserted }
        .map { Path.join(folder, $0) }
    }
  }

  public var names: [String] { files.map { Self.metric(of: $0) }.sorted() }

  public func functions(named name: String) throws(ReadoutError) -> [FunctionRegistry.Entry] {
    let files = files
    if let own = files.first(where: { Self.metric(of: $0) == name }) {
      let entries = try load(own)
      if entries.contains(where: { $0.signature.name == name }) { return entries }
    }
    for file in files {
      // Cheaper than running every plugin there is: one that gives the metric says its name.
      guard let text = try? Files.contents(file), text.contains(Array(name.utf8)) else { continue }
      let entries = try load(file)
      if entries.contains(where: { $0.signature.name == name }) { return entries }
    }
    return []
  }

  public func allFunctions() throws(ReadoutError) -> [FunctionRegistry.Entry] {
    var entries: [FunctionRegistry.Entry] = []
    for file in files { entries += try load(file) }
    return entries
  }

  /// The metrics of a plugin's file.
  /// - Throws: `ReadoutError` that names file and line where the plugin cannot be loaded.
  public func load(_ file: String) throws(ReadoutError) -> [FunctionRegistry.Entry] {
    if let known = loaded.withLock({ $0[file] }) { return known }
    let entries = try PluginFile.load(file)
    loaded.withLock { $0[file] = entries }
    return entries
  }

  /// The metric that a file is named after.
  private static func metric(of file: String) -> String { String(Path.name(of: file).dropLast(".lua".count)) }
}
