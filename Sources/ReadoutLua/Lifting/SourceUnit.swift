import ReadoutEngine

/// The syntax of a file that a state compiled, read once: to refuse what must not be run, and to find the text of the functions
/// that the state holds.
final class SourceUnit {
  let file: String
  let text: SourceText
  /// In the order in which they begin.
  private let functions: [Syntax.Function]
  let outline: SourceOutline

  /// - Throws: What our parser refuses, and what Lua would compile to something else than it says; the error has its range.
  init(file: String, _ text: SourceText) throws(ReadoutError) {
    let chunk = try Parser.chunk(text.bytes)
    self.file = file
    self.text = text
    outline = SourceOutline(chunk)
    try Miscompiled.check(chunk, outline, of: text.bytes)
    var found: [Syntax.Function] = []
    SyntaxWalker(visit: { _ in }, visitFunction: { found.append($0) }).walk(chunk.body)
    functions = found.sorted { $0.opening < $1.opening }
  }

  /// The text of the function that was defined at `definition`; nil where several could be meant that `place` does not tell apart.
  ///
  /// - Parameter place: which of so many functions it is, in the order in which they begin.
  func function(at definition: FunctionDefinition, place: (_ count: Int) -> Int?) -> Syntax.Function? {
    let fitting = functions.filter { function in
      let lines = text.lines(of: function.range)
      let first = definition.lines.lowerBound
      return lines.upperBound == definition.lines.upperBound && function.parameters.count == definition.parameters
        && (lines.lowerBound == first || text.line(of: function.opening) == first)
    }
    if fitting.count < 2 { return fitting.first }
    return place(functions.count).map { functions[$0] }
  }

  /// Where a local that `function` sees from outside of itself may change after it got its value; nil where nothing changes it.
  ///
  /// What the function that declares a local does to it is done once that function has ended. In a script that `isRunning`
  /// it may still go on.
  func change(of name: String, seenBy function: Syntax.Function, isRunning: Bool) -> Int? {
    guard let number = number(of: function) else { return text.line(of: function.range.lowerBound) }
    var ancestors: Set<Int> = []
    var at = outline.functions[number].parent
    while let ancestor = at {
      ancestors.insert(ancestor)
      at = outline.functions[ancestor].parent
    }
    for (index, outlined) in outline.functions.enumerated() {
      for effect in outlined.effects where effect.name == name {
        guard let variable = effect.variable else { return text.line(of: effect.range.lowerBound) }
        let owner = outline.variables[variable].owner
        if ancestors.contains(owner), isRunning || owner != index { return text.line(of: effect.range.lowerBound) }
      }
    }
    return nil
  }

  private func number(of function: Syntax.Function) -> Int? {
    outline.functions.firstIndex {
      $0.parent != nil && $0.range == function.range && $0.opening == function.opening
    }
  }

  func line(of range: Range<Int>) -> Int { text.line(of: range.lowerBound) }
}
