import ReadoutEngine

/// Refuses functions that keep something between calls: an answer must not depend on the order of the rows, or on how
/// many threads took them.
///
/// Found are assignments to variables and globals outside of the function, and changes of tables behind such names, in the
/// function itself and in the local functions that it refers to. A change through another name is not seen.
struct PurityCheck {
  /// Each of those that are not told apart is looked through, which takes as long as there are functions.
  private static let mostOnALine = 100

  private let source: SourceText
  private let outline: SourceOutline

  init(_ unit: SourceUnit) {
    source = unit.text
    outline = unit.outline
  }

  /// Throws where the function at `definition` keeps state; `what` names it: `metric hedging`.
  ///
  /// - Parameter place: which of so many functions it is, in the order in which they begin, where several stand on its lines; nil
  ///   where that cannot be told: then none of them may keep state.
  func check(
    _ definition: FunctionDefinition, _ what: String, blame: ReadoutError.Blame, place: (_ count: Int) -> Int?
  ) throws(ReadoutError) {
    let inner = outline.functions.indices.dropFirst()
    var numbers = inner.filter { stands(outline.functions[$0], at: definition) }
    if numbers.count > 1, let place = place(inner.count) {
      numbers = [inner.sorted { outline.functions[$0].opening < outline.functions[$1].opening }[place]]
    }
    guard numbers.count <= Self.mostOnALine else {
      throw ReadoutError(
        blame, "\(what) begins on a line of \(numbers.count) functions", place: .init(file: definition.file),
        hint: "begin a line for each: they cannot be told apart")
    }
    for number in numbers {
      guard let effect = effect(of: number) else { continue }
      throw ReadoutError(
        blame, "\(what) keeps state between calls", value: effect.name,
        place: .init(file: definition.file, line: source.line(of: effect.range.lowerBound)),
        hint: effect.variable == nil
          ? "\(effect.name) is a global; write local \(effect.name) in the function"
          : "\(effect.name) is declared outside of the function, and \(effect.isAssignment ? "assigned" : "changed") in it"
      )
    }
  }

  private func stands(_ function: FunctionOutline, at definition: FunctionDefinition) -> Bool {
    let lines = source.lines(of: function.range)
    let first = definition.lines.lowerBound
    return lines.upperBound == definition.lines.upperBound && function.parameterCount == definition.parameters
      && (lines.lowerBound == first || source.line(of: function.opening) == first)
  }

  /// The first effect that reaches outside of a function, its nested functions and those that it refers to.
  private func effect(of function: Int) -> FunctionOutline.Effect? {
    var waiting = [function]
    var seen: Set<Int> = [function]
    while let root = waiting.popLast() {
      for number in outline.functions.indices where outline.isNested(number, in: root) {
        for effect in outline.functions[number].effects {
          guard let variable = effect.variable else { return effect }
          if !outline.isNested(outline.variables[variable].owner, in: root) { return effect }
        }
        for variable in outline.functions[number].reads.sorted() {
          guard let helper = outline.variables[variable].function, !outline.isNested(helper, in: function) else {
            continue
          }
          if seen.insert(helper).inserted { waiting.append(helper) }
        }
      }
    }
    return nil
  }
}
