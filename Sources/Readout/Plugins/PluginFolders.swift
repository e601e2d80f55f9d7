import ReadoutEngine
import ReadoutLua
import ReadoutVectors
import Synchronization

/// The folders that plugins are found in, nearest first. A plugin is loaded when a query calls one of its metrics.
///
/// A metric's plugin is the file of its name; a file that holds several metrics is found under their names too, by its text.
/// Where several files of a folder hold a metric, and none has its name, that is an error.
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
    let time = LoadingTime(limit: limits.time)
    var entries: [FunctionRegistry.Entry] = []
    for file in files { entries += try load(file, time).functions }
    return entries
  }

  /// The file of this name, without its `.lua`; the nearest of several.
  func file(named name: String) -> String? { files.first { Self.metric(of: $0) == name } }

  /// The plugin that has the metric `name`; nil where none has.
  /// - Throws: `ReadoutError` of a plugin that was to be loaded, or where two files of a folder have the metric.
  func plugin(named name: String) throws(ReadoutError) -> Plugin? {
    let time = LoadingTime(limit: limits.time)
    let own = file(named: name)
    if let own {
      let plugin = try load(own, time)
      if plugin.has(name) { return plugin }
    }
    if let plugin = try plugin(saying: name, except: own, time) { return plugin }
    return try plugin(computing: name, time)
  }

  /// The nearest plugin that has a metric and says its name: cheaper than running every one there is.
  private func plugin(
    saying name: String, except own: String?, _ time: LoadingTime
  ) throws(ReadoutError) -> Plugin? {
    let bytes = Array(name.utf8)
    var found: Plugin?
    for file in files where file != own {
      if let found, Path.folder(of: found.file) != Path.folder(of: file) { break }
      guard (try? Files.contents(file))?.contains(bytes) == true else { continue }
      let plugin: Plugin
      do throws(ReadoutError) { plugin = try load(file, time) } catch {
        if found == nil || error.endsQuery { throw error }
        continue
      }
      guard plugin.has(name) else { continue }
      if let found {
        throw ReadoutError(
          .plugin, "two plugins have this metric", value: name, place: .init(file: found.file),
          hint: "\(found.file) and \(file); give one another name")
      }
      found = plugin
    }
    return found
  }

  /// The first plugin that has a metric, of all there are: one may put its metrics' names together. One that cannot be loaded
  /// is no reason to fail a query without it, but one that has used up its time ends the search.
  private func plugin(computing name: String, _ time: LoadingTime) throws(ReadoutError) -> Plugin? {
    for file in files {
      do throws(ReadoutError) {
        let plugin = try load(file, time)
        if plugin.has(name) { return plugin }
      } catch {
        if error.endsQuery { throw error }
      }
    }
    return nil
  }

  /// The plugin of a file, run once.
  /// - Throws: `ReadoutError` that names file and line where the plugin cannot be loaded.
  func load(_ file: String) throws(ReadoutError) -> Plugin {
    if let known = loaded.withLock({ $0[file] }) { return known }
    let plugin = try Plugin(file: file, limits: limits, text: EngineText(lexicons: lexicons), inputs: inputs)
    loaded.withLock { $0[file] = plugin }
    return plugin
  }

  private func load(_ file: String, _ time: LoadingTime) throws(ReadoutError) -> Plugin {
    try time.check()
    return try load(file)
  }

  /// The metric that a file is named after.
  private static func metric(of file: String) -> String { String(Path.name(of: file).dropLast(".lua".count)) }
}

/// The time of the plugins that are loaded for one name: all together have what a call has.
private struct LoadingTime {
  private let start = ContinuousClock.now
  let limit: Duration?

  init(limit: Duration?) { self.limit = limit }

  /// Asked before each: the last may take a call's time as well.
  func check() throws(ReadoutError) {
    guard let limit, ContinuousClock.now - start > limit else { return }
    throw ReadoutError(
      .plugin, "the plugins take too long to load", value: "\(limit)",
      hint: "take the slow ones away: a file is to return its metrics, and to compute little"
    ).endingQuery()
  }
}

extension Plugin {
  fileprivate func has(_ name: String) -> Bool { functions.contains { $0.signature.name == name } }
}
