import ReadoutEngine
import ReadoutVectors

/// A file of Lua that returns plain data, such as `dataset.lua`.
public enum DescriptionFile {
  /// Runs a file in the sandbox and gives the table that it returns.
  ///
  /// - Parameters:
  ///   - name: How errors call the file; the path where it is left out.
  ///   - limits: What it may take; where the time is up, the error ends the query.
  ///   - inputs: Where the file, and the modules that it requires, are noted.
  ///   - folders: Where the file has to lie; nil is anywhere.
  /// - Throws: `ReadoutError` with blame `.request` that names the file, and the line where it is known.
  public static func read(
    _ path: String, named name: String? = nil, limits: LuaLimits = LuaLimits(), inputs: InputFiles? = nil,
    within folders: AllowedFolders? = nil
  ) throws(ReadoutError) -> LuaData {
    let name = name ?? path
    return try run(
      try SourceFile.read(path, named: name, within: folders, limits: limits), named: name,
      folder: SourceFile.folder(of: path), limits,
      inputs)
  }

  /// Runs source text as `read` runs a file. It cannot `require` anything.
  public static func parse(
    _ source: String, named name: String, limits: LuaLimits = LuaLimits()
  ) throws(ReadoutError) -> LuaData {
    try run(Array(source.utf8), named: name, folder: nil, limits, nil)
  }

  private static func run(
    _ source: [UInt8], named name: String, folder: String?, _ limits: LuaLimits, _ inputs: InputFiles?
  ) throws(ReadoutError) -> LuaData {
    do throws(ReadoutError) {
      try limits.checkRun()
      let state = try LuaState(
        limits: limits, text: NoTextFunctions(), blame: .request, noting: NotedFiles(inputs, as: .description))
      let globals = GlobalsBox()
      let compile =
        folder.map { state.moduleCompiler(folder: $0) { globals.value } }
        ?? state.host.add { (call) throws(ReadoutError) in
          throw ReadoutError(.request, "require is not available here", place: call.place)
        }
      globals.value = try Sandbox(state).globals(extras: [], isOpen: false, compile: compile)
      let results = try state.call(try state.compile(source, file: name, globals: globals.value!))
      guard case .table = results.first else {
        throw ReadoutError(
          .request, "a description returns a table", value: results.first?.typeName ?? "nothing",
          hint: "write return { … }")
      }
      return try results[0].data("a description")
    } catch {
      throw error.at(file: name)
    }
  }
}

/// The text functions of a file that is about data: there are none.
struct NoTextFunctions: TextFunctions {
  func words(in text: Span<UInt8>) -> Int { 0 }
  func mentions(of terms: [String]) throws(ReadoutError) -> any TextCounter { throw missing }
  func lexicon(named name: String, category: String?) throws(ReadoutError) -> any TextScorer { throw missing }
  func lexicon(of entries: [(term: String, weight: Double)]) throws(ReadoutError) -> any TextScorer { throw missing }
  func query(_ query: String) throws(ReadoutError) -> any TextCounter { throw missing }
  func forEachToken(in text: Span<UInt8>, _ body: (Range<Int>, Span<UInt8>) -> Void) {}
  func sentences(in text: Span<UInt8>) -> [Range<Int>] { [] }
  private var missing: ReadoutError { ReadoutError(.request, "text functions are not available here") }
}
