import ReadoutEngine

extension Lifter {
  func evaluateCall(_ expression: Syntax.Expression, _ scope: Scope) throws(Refusal) -> [SymbolicValue] {
    switch expression.node {
    case .call(let callee, let arguments):
      let function = try evaluate(callee, scope)
      guard case .object(let object) = function.single else {
        if function.alternatives.isEmpty { return [.unreachable] }
        throw refusal("a call of \(Self.shown(callee)), which is no one function", expression.range)
      }
      let values = try evaluateAll(arguments, scope)
      if let library = object as? LibraryFunction, Self.tellsNoneFromNil.contains(library.name) {
        let isGiven = try arguments.count == 1 ? givesAValue(arguments[0], scope) : !arguments.isEmpty
        guard isGiven else { throw refusal("\(library.name) of what may be no value", expression.range) }
      }
      return try call(object, values, Self.shown(callee), expression.range)
    case .method(let receiver, let method, let arguments):
      let own = try evaluate(receiver, scope)
      guard !own.alternatives.isEmpty else { return [.unreachable] }
      let strings = try combine([own], expression.range) { (contents) throws(Refusal) in
        switch contents[0] {
        case .string: return self.value(contents[0])
        case .object: throw self.refusal("a call of the method \(method.text)", expression.range)
        default: return nil
        }
      }
      return try library("string.\(method.text)", [strings] + evaluateAll(arguments, scope), expression.range)
    default: throw refusal("a call", expression.range)
    }
  }

  /// What raises an error where nothing at all is given, and none for nil.
  private static let tellsNoneFromNil: Set<String> = ["math.tointeger", "math.type", "tonumber", "tostring", "type"]

  /// Whether a last argument is a value for certain. A call may give none: here results are filled up with nil.
  private func givesAValue(_ argument: Syntax.Expression, _ scope: Scope) throws(Refusal) -> Bool {
    switch argument.node {
    case .call(let callee, _):
      // Asked a second time: only what asking does not change.
      guard callee.isPath, case .object(let object) = try evaluate(callee, scope).single else { return false }
      return (object as? LibraryFunction).map { $0.name != "string.byte" } ?? false
    case .method(_, let method, _): return method.text != "byte"
    default: return true
    }
  }

  private func call(
    _ object: any SymbolicObject, _ arguments: [SymbolicValue], _ name: String, _ range: Range<Int>
  ) throws(Refusal) -> [SymbolicValue] {
    switch object {
    case let function as LibraryFunction: return try library(function.name, arguments, range)
    case let closure as Closure:
      return try call(closure.syntax, in: closure.unit, scope: closure.scope, arguments, at: range)
    case let function as HeldFunction:
      return try call(function.syntax, in: function.unit, scope: Scope(root: function), arguments, at: range)
    default: throw refusal("a call of \(name), which is no function", range)
    }
  }

  // MARK: The library

  private func library(
    _ name: String, _ arguments: [SymbolicValue], _ range: Range<Int>
  ) throws(Refusal) -> [SymbolicValue] {
    if let error = try raised(name, arguments, range) { return error }
    switch name {
    case "string.find": return try find(arguments, range)
    case "string.match": return try match(arguments, range)
    case "string.gsub": return try substitute(arguments, range)
    default: break
    }
    guard let body = Self.library[name] else { throw refusal("calls \(name)", range) }
    let given = arguments + Array(repeating: nothing, count: max(0, body.least - arguments.count))
    guard arguments.count <= body.most || body.most == body.least else {
      throw refusal("calls \(name) with \(arguments.count) arguments", range)
    }
    // Lua does not look at what is too much.
    let taken = Array(given.prefix(body.most))
    return [
      try combine(taken, range) { (contents) throws(Refusal) in
        try body.apply(self, contents, range)
      }
    ]
  }

  /// `error` and `assert`.
  private func raised(
    _ name: String, _ arguments: [SymbolicValue], _ range: Range<Int>
  ) throws(Refusal) -> [SymbolicValue]? {
    switch name {
    case "error":
      builder.watch(path)
      path = builder.truth(false)
      return [.unreachable]
    case "assert":
      guard let first = arguments.first else { throw refusal("calls assert without a value", range) }
      watch(builder.not(truth(of: first)))
      path = builder.and(path, truth(of: first))
      return [restricted(first, toTrue: true)] + arguments.dropFirst()
    default: return nil
    }
  }

  /// A function of the library: how many arguments it looks at, and what it gives for their contents; nil where it raises an
  /// error.
  struct LibraryBody: Sendable {
    var least: Int
    var most: Int
    var apply: @Sendable (Lifter, [Content], Range<Int>) throws(Refusal) -> SymbolicValue?

    init(
      _ least: Int, _ most: Int? = nil,
      _ apply: @escaping @Sendable (Lifter, [Content], Range<Int>) throws(Refusal) -> SymbolicValue?
    ) {
      self.least = least
      self.most = most ?? least
      self.apply = apply
    }
  }

  static let library: [String: LibraryBody] = base.merging(mathLibrary) { a, _ in a }.merging(stringLibrary) { a, _ in a
  }
  .merging(textLibrary) { a, _ in a }

  private static let base: [String: LibraryBody] = [
    "type": LibraryBody(1) { lifter, a, _ in
      lifter.value(.string(lifter.builder.string(Array(a[0].luaType.utf8))))
    },
    "tostring": LibraryBody(1) { (lifter, a, range) throws(Refusal) in
      switch a[0] {
      case .nothing: return lifter.value(.string(lifter.builder.string(Array("nil".utf8))))
      case .truth(let x):
        let (yes, no) = (lifter.builder.string(Array("true".utf8)), lifter.builder.string(Array("false".utf8)))
        return lifter.value(.string(lifter.builder.select(x, yes, no)))
      case .object: throw lifter.refusal("tostring of a \(a[0].luaType)", range)
      default: return lifter.text(a[0]).map { lifter.value(.string($0)) }
      }
    },
    "tonumber": LibraryBody(1, 2) { (lifter, a, range) throws(Refusal) in
      guard a.count == 1 || a[1].luaType == "nil" else { throw lifter.refusal("tonumber with a base", range) }
      switch a[0] {
      case .integer, .number: return lifter.value(a[0])
      case .string(let x): return lifter.numberOrNothing(x)
      default: return lifter.nothing
      }
    },
  ]
}

extension Syntax.Expression {
  /// Whether it is a name, or a field under a written name: `math.floor`.
  fileprivate var isPath: Bool {
    switch node {
    case .name: return true
    case .index(let base, let key): if case .string = key.node { return base.isPath } else { return false }
    default: return false
    }
  }
}
