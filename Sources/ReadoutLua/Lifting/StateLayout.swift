import ReadoutEngine

/// The fields of a fold's state, and the kinds of value that each may hold.
///
/// A field of one kind is a slot with its value. One of several (an integer 0 that becomes a float with the first row) has a slot for
/// each kind that says whether it is of that kind, and one for its value.
struct StateLayout: Equatable {
  enum Kind: Int, CaseIterable, Comparable {
    case nothing, truth, integer, number

    static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }

    var type: ProgramNode.ValueType? {
      switch self {
      case .nothing: nil
      case .truth: .truth
      case .integer: .integer
      case .number: .number
      }
    }

    init?(_ content: Content) {
      switch content {
      case .nothing: self = .nothing
      case .truth: self = .truth
      case .integer: self = .integer
      case .number: self = .number
      case .string, .object: return nil
      }
    }
  }

  struct Slot: Hashable {
    var field: String
    var kind: Kind
    /// Whether the slot says if the field is of the kind, or holds its value.
    var isTest: Bool

    var type: ProgramNode.ValueType { isTest ? .truth : kind.type! }
  }

  private(set) var kinds: [String: Set<Kind>] = [:]

  mutating func add(_ kind: Kind, to field: String) { kinds[field, default: []].insert(kind) }

  var fields: [String] { kinds.keys.sorted() }

  var slots: [Slot] {
    fields.flatMap { field in
      let own = kinds[field]!.sorted()
      return own.flatMap { kind in
        (own.count > 1 ? [Slot(field: field, kind: kind, isTest: true)] : [])
          + (kind.type != nil ? [Slot(field: field, kind: kind, isTest: false)] : [])
      }
    }
  }

  /// The bits of a state whose fields have these values.
  func bits(_ values: [String: LuaValue]) -> [UInt64] {
    slots.map { slot in
      let value = values[slot.field] ?? .null
      let isOfKind = Self.kind(of: value) == slot.kind
      if slot.isTest { return isOfKind ? .max : 0 }
      switch value {
      case .boolean(let flag): return isOfKind && flag ? .max : 0
      case .integer(let number): return isOfKind ? UInt64(bitPattern: number) : 0
      case .number(let number): return isOfKind ? number.bitPattern : 0
      default: return 0
      }
    }
  }

  static func kind(of value: LuaValue) -> Kind? {
    switch value {
    case .null: .nothing
    case .boolean: .truth
    case .integer: .integer
    case .number: .number
    default: nil
    }
  }

  /// The fields' values from a state's bits.
  func values(_ bits: (Int) -> UInt64) -> [(name: String, value: LuaValue)] {
    var values: [(String, LuaValue)] = []
    let slots = self.slots
    for field in fields {
      let own = kinds[field]!.sorted()
      let kind =
        own.count == 1
        ? own[0]
        : own.first { kind in bits(slots.firstIndex { $0.field == field && $0.kind == kind && $0.isTest }!) != 0 }!
      guard let value = slots.firstIndex(where: { $0.field == field && $0.kind == kind && !$0.isTest }) else {
        continue
      }
      switch kind {
      case .truth: values.append((field, .boolean(bits(value) != 0)))
      case .integer: values.append((field, .integer(Int64(bitPattern: bits(value)))))
      default: values.append((field, .number(Double(bitPattern: bits(value)))))
      }
    }
    return values
  }
}

extension Lifter {
  /// The fields of the state that `init` makes: constants that it writes into a table. It is lifted as well, and not called: what
  /// it does once it is called is the metric's, under the metric's rules.
  func constants(madeBy initializer: LuaReference) throws(Refusal) -> [String: LuaValue] {
    let function = try held(initializer, at: nil)
    let range = function.syntax.range
    let made = try call(function.syntax, in: function.unit, scope: Scope(root: function), [], at: range)
    let place = (function.unit, range)
    guard builder.watched.isEmpty else { throw refusal("an init that may raise an error", place) }
    guard let content = made.first?.single, case .object(let object) = content, let table = object as? WrittenTable
    else {
      throw refusal("an init that does more than to write a table of constants", place)
    }
    guard let fields = table.named else { throw refusal("a field of the state whose name is not ASCII", place) }
    return fields
  }

  /// A state whose slots are parameters of the program from `first` on.
  func state(_ layout: StateLayout, from first: Int) -> RecordObject {
    let record = RecordObject(isState: true)
    var parameters: [StateLayout.Slot: Int] = [:]
    for (number, slot) in layout.slots.enumerated() { parameters[slot] = builder.parameter(first + number, slot.type) }
    for field in layout.fields {
      var alternatives: [SymbolicValue.Alternative] = []
      let own = layout.kinds[field]!.sorted()
      for kind in own {
        let place = { (isTest: Bool) in parameters[.init(field: field, kind: kind, isTest: isTest)] }
        let content: Content =
          switch kind {
          case .nothing: .nothing
          case .truth: .truth(place(false)!)
          case .integer: .integer(place(false)!)
          case .number: .number(place(false)!)
          }
        alternatives.append(.init(condition: own.count > 1 ? place(true)! : builder.truth(true), content: content))
      }
      memory[variable(of: Array(field.utf8), in: record)] = SymbolicValue(alternatives: alternatives)
    }
    return record
  }

  /// Adds the kinds that a state's fields have now.
  func addKinds(of record: RecordObject, to layout: inout StateLayout, _ held: HeldFunction) throws(Refusal) {
    for (name, variable) in record.fields {
      let field = String(decoding: name, as: UTF8.self)
      // A field that init does not make is nil in a group without rows.
      if layout.kinds[field] == nil { layout.add(.nothing, to: field) }
      for alternative in (memory[variable] ?? nothing).alternatives {
        guard let kind = StateLayout.Kind(alternative.content) else {
          throw Refusal(
            file: held.unit.file, line: held.unit.line(of: held.syntax.range),
            construct: "a state whose \(field) is a \(alternative.content.luaType)")
        }
        layout.add(kind, to: field)
      }
    }
  }

  /// The values of a state's slots now.
  func slots(of record: RecordObject, _ layout: StateLayout) -> [Int] {
    layout.slots.map { slot in
      let value = record.fields[Array(slot.field.utf8)].flatMap { memory[$0] } ?? nothing
      let own = value.alternatives.first { StateLayout.Kind($0.content) == slot.kind }
      return value.slot(own, isTest: slot.isTest, type: slot.type, &builder)
    }
  }
}
