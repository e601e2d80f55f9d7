import ReadoutEngine
import ReadoutVectors

extension PluginFolders {
  /// The folders of `--plugins`, then `plugins/` beside the analysis and in its parents up to the working folder, then the
  /// plugins that come with Readout. Without an analysis, `plugins/` in the working folder takes its place.
  public convenience init(
    named: [String] = [], analysis: String? = nil, control: ExecutionControl? = nil, memory: Int? = nil,
    inputs: InputFiles? = nil
  ) {
    let working = Files.workingFolder
    var folders = named
    for root in Self.roots(of: analysis) {
      let plugins = Path.join(root, "plugins")
      if Files.kind(plugins) == .folder { folders.append(Self.shown(plugins, working)) }
    }
    if let own = Self.standard { folders.append(own) }
    var seen: Set<String> = []
    self.init(
      folders.filter { seen.insert(Path.resolved($0)).inserted }, roots: Self.roots(of: analysis),
      control: control, memory: memory, inputs: inputs)
  }

  /// The analysis's folder and its parents up to the working folder, nearest first; without an analysis the working folder.
  static func roots(of analysis: String?) -> [String] {
    let working = Files.workingFolder
    var roots = [analysis.map { Path.folder(of: Path.resolved($0)) } ?? working]
    while let last = roots.last, last != working, Path.contains(working, last) { roots.append(Path.folder(of: last)) }
    return roots
  }

  /// The folder of the plugins that come with Readout: the environment's `READOUT_PLUGINS`; else `share/readout/plugins`
  /// beside the program's `bin`; else `plugins` of the package that the program was built in, or that this library is from.
  static var standard: String? {
    Files.environment("READOUT_PLUGINS") ?? shipped("plugins")
  }

  /// A folder that comes with Readout: in `share/readout` beside the program's `bin`; else in the package that the program was built in, or that this library is
  /// from.
  static func shipped(_ name: String) -> String? {
    var candidates: [String] = []
    if let executable = Files.executable {
      var folder = Path.folder(of: executable)
      candidates.append(Path.join(Path.folder(of: folder), "share/readout/\(name)"))
      while folder != "/" {
        if Files.kind(Path.join(folder, "Package.swift")) != nil { candidates.append(Path.join(folder, name)) }
        folder = Path.folder(of: folder)
      }
    }
    let package = (0..<4).reduce("\(#filePath)") { path, _ in Path.folder(of: path) }
    candidates.append(Path.join(package, name))
    return candidates.first { Files.kind($0) == .folder }.map { shown($0, Files.workingFolder) }
  }

  /// The path as errors show it: relative where it lies in the working folder.
  private static func shown(_ path: String, _ working: String) -> String {
    path.hasPrefix(working + "/") ? String(path.dropFirst(working.utf8.count + 1)) : path
  }
}

extension FunctionRegistry {
  /// Everything that is built in, and the plugins of the working folder and of Readout, loaded when they are called.
  public static var standard: FunctionRegistry {
    withPlugins(PluginFolders())
  }

  /// Everything that is built in, and the plugins of these folders, loaded when they are called; lexicons beside them.
  public static func withPlugins(_ folders: PluginFolders) -> FunctionRegistry {
    var registry = FunctionRegistry.builtIn(lexicons: folders.lexicons)
    registry.source = folders
    return registry
  }
}
