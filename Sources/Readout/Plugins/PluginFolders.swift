import ReadoutEngine
import ReadoutLua
import ReadoutVectors
import Synchronization

/// The folders that plugins are found in, nearest first. A plugin is loaded when a query calls one of its metrics.
///
/// A metric's plugin is the file of its name; a file that holds several metrics is found under their names too, by its text.
public final class PluginFolders: FunctionSource {
  public let folders: [String]
  /// What each call of a metric may take.
  let limits: LuaLimits
  /// The lexicons beside the plugins and in their folders.
  let lexicons: Lexicons
  /// Where the files that are read are noted.
  private let inputs: InputFiles?
  private let loaded = Mutex<[String: Plugin]>([:])

  /// - Parameters:
  ///   - folders: The folders that hold plugins.
  ///   - roots: Further folders whose `lexicons/` is looked into, before those of the plugins' folders.
  ///   - timeLimit: What a call of a metric may take at most, where that is less than usual, and the loading of all plugins that
  ///     are looked through for a name; so for `memory`.
  ///   - control: Of the run that they are for: no plugin is loaded, and none runs, behind its deadline.
  ///   - memory: Bytes that a Lua state of a plugin may hold at most, where that is less than usual.
  ///   - lifts: Whether metrics run column-wise where they can. Off, all run in the Lua VM, to measure and compare the two.
  ///   - inputs: Where the files that are read are noted.
  public init(
    _ folders: [String], roots: [String] = [], timeLimit: Duration? = nil, control: ExecutionControl? = nil,
    memory: Int? = nil, lifts: Bool = true, inputs: InputFiles? = nil
  ) {
    self.inputs = inputs
    self.folders = folders
    let usual = LuaLimits()
    self.limits = LuaLimits(
      memory: min(usual.memory, memory ?? usual.memory), time: [usual.time, timeLimit].compactMap { $0 }.min(),
      control: control, lifts: lifts)
    self.lexicons = LexiconFolders(in: roots + folders, inputs: inputs).lexicons
  }

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
    try plugin(named: name)?.functions ?? []
  }

  public func allFunctions() throws(ReadoutError) -> [FunctionRegistry.Entry] {
    var entries: [FunctionRegistry.Entry] = []
    for file in files { entries += try load(file).functions }
    return entries
  }

  /// The plugin that has the metric `name`; nil where none has.
  func plugin(named name: String) throws(ReadoutError) -> Plugin? {
    let files = files
    let own = files.first { Self.metric(of: $0) == name }
    for file in [own].compactMap({ $0 }) + files.filter({ $0 != own }) {
      // Cheaper than running every plugin there is: one that has the metric says its name.
      guard file == own || (try? Files.contents(file))?.contains(Array(name.utf8)) == true else { continue }
      let plugin = try load(file)
      if plugin.functions.contains(where: { $0.signature.name == name }) { return plugin }
    }
    // A plugin may put its metrics' names together; one that cannot be loaded is no reason to fail a query without it.
    return files.lazy.compactMap { try? self.load($0) }.first { plugin in
      plugin.functions.contains { $0.signature.name == name }
    }
  }

  /// The plugin of a file, run once.
  /// - Throws: `ReadoutError` that names file and line where the plugin cannot be loaded.
  func load(_ file: String) throws(ReadoutError) -> Plugin {
    if let known = loaded.withLock({ $0[file] }) { return known }
    let plugin = try Plugin(file: file, limits: limits, text: EngineText(lexicons: lexicons), inputs: inputs)
    loaded.withLock { $0[file] = plugin }
    return plugin
  }

  /// The metric that a file is named after.
  private static func metric(of file: String) -> String { String(Path.name(of: file).dropLast(".lua".count)) }
}
