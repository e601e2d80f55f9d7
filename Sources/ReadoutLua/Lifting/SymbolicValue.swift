import ReadoutEngine

/// What a Lua value is known to be when a function is lifted: numbers, strings and truth values are values of the program; what does
/// not change from row to row is itself.
enum Content {
  case nothing
  case truth(Int)
  case integer(Int)
  case number(Int)
  case string(Int)
  /// A table, a function, or a parameter that is neither a number nor a string.
  case object(any SymbolicObject)

  /// What Lua's `type` says; contents of different kinds are different values.
  var kind: String {
    switch self {
    case .nothing: "nil"
    case .truth: "boolean"
    case .integer: "integer"
    case .number: "float"
    case .string: "string"
    case .object(let object): object.kind
    }
  }

  var luaType: String {
    switch self {
    case .integer, .number: "number"
    default: kind
    }
  }

  /// The value of the program; nil for nil and objects.
  var value: Int? {
    switch self {
    case .truth(let value), .integer(let value), .number(let value), .string(let value): value
    case .nothing, .object: nil
    }
  }

  func replacing(_ value: Int) -> Content {
    switch self {
    case .truth: .truth(value)
    case .integer: .integer(value)
    case .number: .number(value)
    case .string: .string(value)
    case .nothing, .object: self
    }
  }
}

protocol SymbolicObject: AnyObject {
  /// `table`, `function`, or what a parameter is.
  var kind: String { get }
}

/// A value that is of one kind in some rows and of another in others, as integers and floats, or a string and nil.
///
/// At most one alternative a kind. In every row that comes here just one condition is true; of a lone alternative it is not looked at.
struct SymbolicValue {
  struct Alternative {
    var condition: Int
    var content: Content
  }

  var alternatives: [Alternative]

  /// A value of rows that never come here.
  static var unreachable: SymbolicValue { SymbolicValue(alternatives: []) }

  init(alternatives: [Alternative]) { self.alternatives = alternatives }

  var single: Content? { alternatives.count == 1 ? alternatives[0].content : nil }
}

extension SymbolicValue: Equatable {
  static func == (a: SymbolicValue, b: SymbolicValue) -> Bool {
    a.alternatives.count == b.alternatives.count
      && zip(a.alternatives, b.alternatives).allSatisfy {
        $0.condition == $1.condition && $0.content.isSame(as: $1.content)
      }
  }
}

extension SymbolicValue {
  /// What a slot for one kind of it holds: whether it is of the kind (`isTest`), or its value where it is; `own` is that alternative.
  func slot(_ own: Alternative?, isTest: Bool, type: ProgramNode.ValueType, _ builder: inout ProgramBuilder) -> Int {
    if isTest {
      guard let own else { return builder.truth(false) }
      return alternatives.count == 1 ? builder.truth(true) : own.condition
    }
    return own?.content.value ?? builder.anything(type)
  }
}

extension Content {
  func isSame(as other: Content) -> Bool {
    switch (self, other) {
    case (.nothing, .nothing): true
    case (.object(let a), .object(let b)): a === b
    default: kind == other.kind && value == other.value
    }
  }

  /// Whether both can be one alternative.
  func isOneKind(with other: Content) -> Bool {
    if case .object(let a) = self, case .object(let b) = other { return a === b }
    return kind == other.kind
  }
}
