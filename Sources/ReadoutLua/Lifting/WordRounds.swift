import ReadoutEngine

/// The rounds of a loop over words while they are found out: which variables a round changes, and the kinds of value that they take.
struct WordRounds {
  /// The program that the loop stands in.
  var outside: (builder: ProgramBuilder, path: Int, memory: [Int: SymbolicValue])
  /// The slots that shifted columns hold, in their order.
  var shift: [Int]
  /// The kinds that each carried variable takes.
  private var kinds: [Int: Set<Kind>] = [:]
  /// The values from outside that a round reads, by their place among its parameters.
  private(set) var rowInputs: [Int] = []
  private var inputPlaces: [Int: Int] = [:]
  private(set) var slots: [TokenLoop.Slot] = []

  init(outside: (builder: ProgramBuilder, path: Int, memory: [Int: SymbolicValue]), shift: [Int]) {
    self.outside = outside
    self.shift = shift
  }

  /// What a variable may hold.
  private enum Kind: Int, Comparable {
    case nothing, truth, integer, number, string

    static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }

    init?(_ content: Content) {
      switch content {
      case .nothing: self = .nothing
      case .truth: self = .truth
      case .integer: self = .integer
      case .number: self = .number
      case .string: self = .string
      case .object: return nil
      }
    }

    var type: ProgramNode.ValueType {
      switch self {
      case .nothing, .truth: .truth
      case .integer: .integer
      case .number: .number
      case .string: .string
      }
    }

    func content(_ value: Int) -> Content {
      switch self {
      case .nothing: .nothing
      case .truth: .truth(value)
      case .integer: .integer(value)
      case .number: .number(value)
      case .string: .string(value)
      }
    }
  }

  /// A place for whether a variable is of a kind, or for its value.
  private struct Place: Hashable {
    var variable: Int
    var kind: Kind
    var isTest: Bool
    var type: ProgramNode.ValueType { isTest ? .truth : kind.type }
  }

  private var slotPlaces: [Place] {
    kinds.keys.sorted().flatMap { variable -> [Place] in
      let own = kinds[variable]!.sorted()
      return own.flatMap { kind in
        (own.count > 1 ? [Place(variable: variable, kind: kind, isTest: true)] : [])
          + (kind == .nothing ? [] : [Place(variable: variable, kind: kind, isTest: false)])
      }
    }
  }

  /// The number of the first slot's parameter.
  var firstSlot: Int { TokenLoop.parameterCount + rowInputs.count }

  /// Runs a round in a builder of its own, which the lifter keeps; true where it carries more than was known.
  mutating func run(
    _ lifter: Lifter, _ range: Range<Int>, _ body: (Lifter) throws(Refusal) -> Void
  ) throws(Refusal) -> Bool {
    lifter.builder = ProgramBuilder()
    lifter.path = lifter.builder.truth(true)
    rowInputs = []
    inputPlaces = [:]
    var memory: [Int: SymbolicValue] = [:]
    for variable in outside.memory.keys.sorted() where kinds[variable] == nil {
      memory[variable] = translated(outside.memory[variable]!, &lifter.builder)
    }
    let places = slotPlaces
    try lifter.spend(outside.memory.count + places.count, range)
    var parameters: [Place: Int] = [:]
    for (number, index) in order(places.count).enumerated() {
      parameters[places[index]] = lifter.builder.parameter(firstSlot + number, places[index].type)
    }
    for (variable, own) in kinds {
      memory[variable] = SymbolicValue(
        alternatives: own.sorted().map { kind in
          let value = parameters[Place(variable: variable, kind: kind, isTest: false)] ?? 0
          let test = parameters[Place(variable: variable, kind: kind, isTest: true)] ?? lifter.builder.truth(true)
          return .init(condition: test, content: kind.content(value))
        })
    }
    lifter.memory = memory
    let fields = lifter.fieldVariables
    try body(lifter)
    guard lifter.fieldVariables == fields else { throw lifter.refusal("a field that a loop adds", range) }
    let before = kinds
    for (variable, value) in memory where lifter.memory[variable] != value || kinds[variable] != nil {
      var own = kinds[variable] ?? []
      let after = lifter.memory[variable] ?? lifter.nothing
      for alternative in after.alternatives + (outside.memory[variable]?.alternatives ?? []) {
        guard let kind = Kind(alternative.content) else {
          throw lifter.refusal("a table or function that a loop puts in a variable", range)
        }
        own.insert(kind)
      }
      kinds[variable] = own
    }
    slots = places.map { place in
      let after = lifter.memory[place.variable] ?? lifter.nothing
      return TokenLoop.Slot(type: place.type, value: Self.value(place, of: after, &lifter.builder))
    }
    return kinds != before
  }

  /// The loop that the last round makes; nil where a string is carried in another way than by a shifted column.
  func loop(_ builder: ProgramBuilder, name: String, tokens: @escaping TokenLoop.Tokens) -> TokenLoop? {
    TokenLoop(
      builder, name: name, rowTypes: rowInputs.map { outside.builder.nodes[$0].type },
      shifted: shift.map { slots[$0] }, states: slots.indices.filter { !shift.contains($0) }.map { slots[$0] },
      tokens: tokens)
  }

  /// What the slots hold before the first round, in the order of the loop; values of the program outside.
  func initial(_ lifter: Lifter) -> [Int] {
    let places = slotPlaces
    return order(places.count).map { index in
      Self.value(places[index], of: outside.memory[places[index].variable]!, &lifter.builder)
    }
  }

  /// What the carried variables hold after the loop.
  func carried(builder: inout ProgramBuilder, loop: Int) -> [(variable: Int, value: SymbolicValue)] {
    let places = slotPlaces
    var parts: [Place: Int] = [:]
    for (slot, index) in order(places.count).enumerated() {
      parts[places[index]] = builder.part(slot, of: loop, places[index].type)
    }
    return kinds.keys.sorted().map { variable in
      let alternatives = kinds[variable]!.sorted().map { kind in
        SymbolicValue.Alternative(
          condition: parts[Place(variable: variable, kind: kind, isTest: true)] ?? builder.truth(true),
          content: kind.content(parts[Place(variable: variable, kind: kind, isTest: false)] ?? 0))
      }
      return (variable, SymbolicValue(alternatives: alternatives))
    }
  }

  /// The slots in the order of their parameters: shifted ones come first.
  private func order(_ count: Int) -> [Int] {
    let shifted = Set(shift)
    return shift + (0..<count).filter { !shifted.contains($0) }
  }

  /// What a place holds for a value.
  private static func value(_ place: Place, of value: SymbolicValue, _ builder: inout ProgramBuilder) -> Int {
    let own = value.alternatives.first { Kind($0.content) == place.kind }
    return value.slot(own, isTest: place.isTest, type: place.type, &builder)
  }

  // MARK: Values from outside

  private mutating func translated(_ value: SymbolicValue, _ builder: inout ProgramBuilder) -> SymbolicValue {
    var alternatives: [SymbolicValue.Alternative] = []
    for alternative in value.alternatives {
      let condition = value.alternatives.count == 1 ? builder.truth(true) : input(alternative.condition, &builder)
      var content = alternative.content
      if let known = content.value { content = content.replacing(input(known, &builder)) }
      if case .object(let object) = content, let table = object as? SelectedTable {
        content = .object(SelectedTable(table.lookup, code: input(table.code, &builder)))
      }
      if case .object(let object) = content, let list = object as? TextPieceList {
        content = .object(TextPieceList(list.kindOfPieces, of: input(list.text, &builder)))
      }
      alternatives.append(.init(condition: condition, content: content))
    }
    return SymbolicValue(alternatives: alternatives)
  }

  /// A value of the program outside as one of the round's.
  private mutating func input(_ node: Int, _ builder: inout ProgramBuilder) -> Int {
    let own = outside.builder
    if let known = own.constantTruth(node) { return builder.truth(known) }
    if let known = own.constantInteger(node) { return builder.integer(known) }
    if let known = own.constantNumber(node) { return builder.number(known) }
    if let known = own.constantString(node) { return builder.string(known) }
    if inputPlaces[node] == nil {
      inputPlaces[node] = rowInputs.count
      rowInputs.append(node)
    }
    return builder.parameter(TokenLoop.parameterCount + inputPlaces[node]!, own.nodes[node].type)
  }
}
