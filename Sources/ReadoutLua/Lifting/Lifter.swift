import ReadoutEngine

/// Turns a Lua function into a column program by running it on values that are not known yet.
///
/// Both ways of a condition are taken, and what they leave is merged; what a statement does holds for the rows of `path`. Where Lua
/// would raise an error the rows that come there are watched: the program hands their batch to the VM.
final class Lifter {
  /// Longer programs would take longer to run than they save.
  static let mostNodes = 4_000
  static let mostRounds = 64
  static let deepestCall = 20
  /// Expressions and statements that stand in each other, over all calls: each takes some of the stack.
  static let deepest = 150

  /// A call that is being run: where it returned so far.
  struct Frame {
    let unit: SourceUnit
    var returns: [(path: Int, values: [SymbolicValue], memory: [Int: SymbolicValue])] = []
    /// Where the innermost loops were left by `break`.
    var breaks: [[(path: Int, memory: [Int: SymbolicValue])]] = []
    /// The loops over words that are being run, the innermost last.
    var loops: [WordLoop] = []
  }

  let state: LuaState
  /// Whether the script is still running that the function is from.
  let isRunning: Bool
  var builder = ProgramBuilder()
  /// The rows that come to the statement being run.
  var path: Int
  /// The values of local variables, by their number.
  var memory: [Int: SymbolicValue] = [:]
  var frames: [Frame] = []
  /// What the VM could do where an operation was last said to fail.
  var unlifted: String?
  /// Whether the VM, where it takes a batch over, may give what the program says is of one kind as a value of another.
  var leavesKinds = false
  /// How many loops over words are being run, one in the other. Which rows come there may depend on what they carry, and what reads
  /// strings must not.
  var loopDepth = 0
  /// The tables whose strings an operation gives.
  var entriesOfStrings: [ColumnOperation: LookupEntries] = [:]
  /// The variables of records' fields, which are nil where they were never set.
  var fieldVariables: Set<Int> = []
  private var variables = 0
  private var depth = 0
  private let budget: LiftingBudget

  /// - Parameter budget: shared by the lifters of one metric.
  init(_ state: LuaState, isRunning: Bool, budget: LiftingBudget = LiftingBudget()) {
    self.state = state
    self.isRunning = isRunning
    self.budget = budget
    path = builder.truth(true)
  }

  // MARK: Functions

  /// The function behind a reference, with its text.
  func held(_ function: LuaReference, at place: (SourceUnit, Range<Int>)?) throws(Refusal) -> HeldFunction {
    guard let definition = state.definition(of: function) else { throw refusal("a function of the host", place) }
    guard let unit = state.unit(of: definition.file) else {
      throw Refusal(file: definition.file, line: definition.lines.lowerBound, construct: "source that cannot be read")
    }
    let syntax = unit.function(at: definition) { count in
      state.place(of: function, among: count, in: state.sources[definition.file] ?? [])
    }
    guard let syntax else {
      throw Refusal(
        file: unit.file, line: definition.lines.lowerBound, construct: "several functions alike on the same lines")
    }
    return HeldFunction(function, unit: unit, syntax: syntax)
  }

  /// Runs a function on values; its results merged over all ways to return.
  func call(
    _ syntax: Syntax.Function, in unit: SourceUnit, scope: Scope, _ arguments: [SymbolicValue], at range: Range<Int>
  ) throws(Refusal) -> [SymbolicValue] {
    guard frames.count < Self.deepestCall else { throw refusal("calls nested too deeply", range) }
    guard !syntax.isVararg else { throw refusal("a function of any number of arguments", range) }
    frames.append(Frame(unit: unit))
    let before = path
    var inner = scope
    for (index, parameter) in syntax.parameters.enumerated() {
      inner = declare(parameter.text, index < arguments.count ? arguments[index] : nothing, in: inner)
    }
    try run(syntax.body, inner)
    var frame = frames.removeLast()
    if builder.constantTruth(path) != false { frame.returns.append((path, [], memory)) }
    path = before
    guard let last = frame.returns.popLast() else { return [.unreachable] }
    var values = last.values
    memory = last.memory
    for way in frame.returns.reversed() {
      let count = max(values.count, way.values.count)
      values = (0..<count).map { index in
        merge(
          way.path, index < way.values.count ? way.values[index] : nothing,
          index < values.count ? values[index] : nothing)
      }
      mergeMemory(way.path, way.memory, memory)
    }
    return values
  }

  // MARK: Variables

  func newVariable() -> Int {
    variables += 1
    return variables
  }

  func declare(_ name: String, _ value: SymbolicValue, in scope: Scope) -> Scope {
    let variable = newVariable()
    memory[variable] = value
    budget.spent += 1
    return scope.declaring(name, as: variable)
  }

  // MARK: Values

  var nothing: SymbolicValue { value(.nothing) }

  func value(_ content: Content) -> SymbolicValue {
    SymbolicValue(alternatives: [.init(condition: builder.truth(true), content: content)])
  }

  /// `a` where `condition` is true, else `b`.
  func merge(_ condition: Int, _ a: SymbolicValue, _ b: SymbolicValue) -> SymbolicValue {
    if let known = builder.constantTruth(condition) { return known ? a : b }
    if a.alternatives.isEmpty || a == b { return b }
    if b.alternatives.isEmpty { return a }
    var merged: [SymbolicValue.Alternative] = []
    let (isFromA, isFromB) = (condition, builder.not(condition))
    let isAlone = (a.alternatives.count == 1, b.alternatives.count == 1)
    for alternative in a.alternatives {
      merged.append(
        .init(
          condition: isAlone.0 ? isFromA : builder.and(alternative.condition, isFromA), content: alternative.content))
    }
    for alternative in b.alternatives {
      let own = isAlone.1 ? isFromB : builder.and(alternative.condition, isFromB)
      if let index = merged.firstIndex(where: { $0.content.isOneKind(with: alternative.content) }) {
        if let x = merged[index].content.value, let y = alternative.content.value {
          merged[index].content = merged[index].content.replacing(builder.select(condition, x, y))
        }
        merged[index].condition = builder.or(merged[index].condition, own)
      } else {
        merged.append(.init(condition: own, content: alternative.content))
      }
    }
    if merged.count == 1 { merged[0].condition = builder.truth(true) }
    return SymbolicValue(alternatives: merged)
  }

  /// What the variables hold: `a` where `condition` is true, else `b`. One that only one of them knows is out of scope, but for the
  /// functions that were made there.
  func mergeMemory(_ condition: Int, _ a: [Int: SymbolicValue], _ b: [Int: SymbolicValue]) {
    memory = b
    budget.spent += (a.count + b.count) / 8
    for variable in Set(a.keys).union(b.keys).sorted() {
      let isField = fieldVariables.contains(variable)
      guard let x = a[variable] ?? (isField ? nothing : nil), let y = b[variable] ?? (isField ? nothing : nil) else {
        memory[variable] = a[variable] ?? b[variable]
        continue
      }
      if x != y { memory[variable] = merge(condition, x, y) }
    }
  }

  /// Whether Lua takes a value for true.
  func truth(of value: SymbolicValue) -> Int {
    var result: Int?
    for alternative in value.alternatives {
      let own: Int =
        switch alternative.content {
        case .nothing: builder.truth(false)
        case .truth(let truth): truth
        default: builder.truth(true)
        }
      result = result.map { builder.select(alternative.condition, own, $0) } ?? own
    }
    return result ?? builder.truth(false)
  }

  /// The value where it is true, or where it is not.
  func restricted(_ value: SymbolicValue, toTrue: Bool) -> SymbolicValue {
    var kept: [SymbolicValue.Alternative] = []
    for alternative in value.alternatives {
      switch alternative.content {
      case .nothing: if !toTrue { kept.append(alternative) }
      case .truth(let truth):
        if builder.constantTruth(truth) == !toTrue { continue }
        kept.append(.init(condition: alternative.condition, content: .truth(builder.truth(toTrue))))
      default: if toTrue { kept.append(alternative) }
      }
    }
    if kept.count == 1 { kept[0].condition = builder.truth(true) }
    return SymbolicValue(alternatives: kept)
  }

  // MARK: Errors

  /// Notes that Lua raises an error for rows that come here and for which `condition` is true.
  func watch(_ condition: Int) { builder.watch(builder.and(path, condition)) }

  /// Notes why the rows that come here are the VM's, as if Lua raised an error for them.
  func leave(_ construct: String) -> SymbolicValue? {
    unlifted = construct
    leavesKinds = true
    return nil
  }

  func refusal(_ construct: String, _ range: Range<Int>) -> Refusal {
    let unit = frames.last?.unit
    return Refusal(file: unit?.file ?? "", line: unit?.line(of: range) ?? 0, construct: construct)
  }

  func refusal(_ construct: String, _ place: (SourceUnit, Range<Int>)?) -> Refusal {
    Refusal(file: place?.0.file ?? "", line: place.map { $0.0.line(of: $0.1) } ?? 0, construct: construct)
  }

  // MARK: Bounds

  /// Does a step of the work, one level deeper.
  func step<R>(_ range: Range<Int>, _ body: () throws(Refusal) -> R) throws(Refusal) -> R {
    guard depth < Self.deepest else { throw refusal("expressions or statements nested too deeply", range) }
    depth += 1
    defer { depth -= 1 }
    if builder.nodes.count > Self.mostNodes { throw refusal("more than \(Self.mostNodes) operations", range) }
    try spend(1, range)
    return try body()
  }

  /// Counts a copy of all variables, which a way keeps that is left or taken.
  func spendCopy() { budget.spent += memory.count / 8 }

  /// Counts a table that was copied out of the state.
  func spend(entriesOf table: LuaValue, _ range: Range<Int>) throws(Refusal) {
    guard case .table(let items, let fields) = table else { return }
    try spend((items.count + fields.count) / 64, range)
  }

  /// Counts bytes of constants.
  func spend(bytes: Int) { budget.spent += bytes / 256 }

  /// Counts so many steps of the work.
  func spend(_ steps: Int, _ range: Range<Int>) throws(Refusal) {
    budget.spent += steps
    if budget.spent > LiftingBudget.most { throw refusal("more than \(LiftingBudget.most) steps to lift", range) }
  }
}
