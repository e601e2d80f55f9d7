import ReadoutEngine
import ReadoutVectors

/// What `require "a.b"` finds: `a/b.lua` beside the file that is run, and nothing outside its folder.
struct Modules {
  let folder: String
  let blame: ReadoutError.Blame
  let limits: LuaLimits

  /// The path of a module as errors call it, and its source.
  func source(of name: String) throws(ReadoutError) -> (file: String, bytes: [UInt8]) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: "-") }
    }
    guard isName else {
      throw ReadoutError(blame, "not the name of a module", value: name, hint: "write require \"folder.module\"")
    }
    let file = SourceFile.path(folder, parts.joined(separator: "/") + ".lua")
    guard let root = Files.resolved(folder), let real = Files.resolved(file) else {
      throw ReadoutError(blame, "unknown module", value: name, hint: "there is no \(file)")
    }
    let allowed = AllowedFolders([root])
    guard allowed.contains(real) else {
      throw ReadoutError(
        blame, "a module outside the folder", value: name, hint: "\(file) leads to \(real), outside \(folder)")
    }
    return (file, try SourceFile.read(real, named: file, within: allowed, limits: limits))
  }
}

extension LuaState {
  /// The host function behind `require`: compiles modules of `folder` with the globals that `globals` gives.
  func moduleCompiler(
    folder: String, globals: @escaping () -> LuaReference?
  ) -> LuaValue {
    let modules = Modules(folder: folder, blame: host.blame, limits: limits)
    return host.add { [unowned self] (call) throws(ReadoutError) in
      guard let name = call[0].text else {
        throw ReadoutError(
          self.host.blame, "require takes the name of a module", value: call[0].typeName, place: call.place)
      }
      guard let globals = globals() else { throw .bug("require before there are globals") }
      do throws(ReadoutError) {
        let (file, bytes) = try modules.source(of: name)
        return [.reference(try self.compile(bytes, file: file, globals: globals))]
      } catch {
        throw error.at(file: call.file, line: call.line)
      }
    }
  }

  /// Compiles a file; where the syntax is wrong, the error has its line and the hint of our own parser.
  ///
  /// Ours reads first, since it is bounded in what Lua's compiler is not: chains of operators, branches and jumps, which that
  /// compares with each other, and indices behind one another, among which it looks for a name by recursion when one fails.
  func compile(_ source: [UInt8], file: String, globals: LuaReference) throws(ReadoutError) -> LuaReference {
    let text = SourceText(source)
    keep(text, of: file, contents: source)
    do throws(ReadoutError) { keep(try SourceUnit(file: file, text)) } catch var error {
      error.blame = host.blame
      throw text.placing(error, in: file)
    }
    do throws(ReadoutError) { return try load(text.bytes, file: file, environment: globals) } catch {
      throw text.isPlaced(vmMessage: error) ? text.placing(vmMessage: error, in: file) : error
    }
  }
}
