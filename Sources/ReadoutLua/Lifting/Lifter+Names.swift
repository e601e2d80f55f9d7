import ReadoutEngine

extension Lifter {
  /// The value of a name: a local, an upvalue that nothing changes, or something of the library.
  func named(_ name: String, _ scope: Scope, _ range: Range<Int>) throws(Refusal) -> SymbolicValue {
    if let variable = scope.variable(name) { return memory[variable] ?? nothing }
    let root = scope.root
    let content = try root.upvalue(name) { () throws(Refusal) in
      guard
        let seen = try self.inspect(
          range, { () throws(ReadoutError) in try self.state.upvalue(named: name, of: root.reference) })
      else { return nil }
      if let line = root.unit.change(of: name, seenBy: root.syntax, isRunning: self.isRunning) {
        throw self.refusal("\(name), which line \(line) changes", range)
      }
      return try self.held(seen, range)
    }
    if let content { return value(try self.content(content, range)) }
    return value(try global(name, scope, range))
  }

  private func global(_ name: String, _ scope: Scope, _ range: Range<Int>) throws(Refusal) -> Content {
    let root = scope.root
    if scope.variable("_ENV") != nil { throw refusal("the global \(name) of an _ENV of the function's own", range) }
    let content = try root.upvalue("_ENV.\(name)") { () throws(Refusal) in
      let globals = try self.inspect(range) { () throws(ReadoutError) in
        try self.state.upvalue(named: "_ENV", of: root.reference)
      }
      guard case .table(let table, .globals) = globals else { return nil }
      let seen = try self.inspect(range) { () throws(ReadoutError) in
        try self.state.index(table, by: .string(name))
      }
      if case .table(let reference, .library) = seen { return .object(HeldTable(reference, .library)) }
      if case .function(let reference) = seen,
        let library = try self.inspect(range, { () throws(ReadoutError) in try self.state.libraryName(of: reference) })
      {
        return .object(LibraryFunction(library))
      }
      return nil
    }
    guard let content, case .object(let object) = content else { throw refusal("the global \(name)", range) }
    if let line = root.unit.change(of: name, seenBy: root.syntax, isRunning: true) {
      throw refusal("\(name), which line \(line) changes", range)
    }
    return .object(object)
  }

  /// What a value of the state is in the program.
  private func content(_ held: HeldContent, _ range: Range<Int>) throws(Refusal) -> Content {
    switch held {
    case .plain(.null): return .nothing
    case .plain(.boolean(let flag)): return .truth(builder.truth(flag))
    case .plain(.integer(let number)): return .integer(builder.integer(number))
    case .plain(.number(let number)): return .number(builder.number(number))
    case .plain(.string(let bytes)):
      spend(bytes: bytes.count)
      return .string(builder.string(bytes))
    case .plain: throw refusal("an object of the host", range)
    case .object(let object): return .object(object)
    }
  }

  /// A value of the state as what it is in any program.
  private func held(_ seen: SeenValue, _ range: Range<Int>) throws(Refusal) -> HeldContent {
    switch seen {
    case .plain(let value): return .plain(value)
    case .table(let reference, let metatable): return .object(HeldTable(reference, metatable))
    case .function(let reference):
      if let name = try inspect(range, { () throws(ReadoutError) in try self.state.libraryName(of: reference) }) {
        return .object(LibraryFunction(name))
      }
      return .object(try held(reference, at: (frames.last!.unit, range)))
    }
  }

  /// Looks into the state; an error of the script's own means that it must be run.
  func inspect<R>(_ range: Range<Int>, _ body: () throws(ReadoutError) -> R) throws(Refusal) -> R {
    do throws(ReadoutError) { return try body() } catch { throw refusal(error.message, range) }
  }

  // MARK: Tables

  func constantKey(_ key: SymbolicValue) -> LuaKey? {
    switch key.single {
    case .string(let index): builder.constantString(index).map { .string($0) }
    case .integer(let index): builder.constantInteger(index).map { .integer($0) }
    default: nil
    }
  }

  func indexed(
    _ base: Syntax.Expression, _ key: Syntax.Expression, _ scope: Scope, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue {
    let table = try evaluate(base, scope)
    let locals = Locals([base], self, scope)
    let key = try evaluate(key, scope)
    try locals.checkUnchanged(self, range)
    return try combine([table], range) { (contents) throws(Refusal) in
      guard case .object(let object) = contents[0] else {
        if case .string = contents[0] { throw self.refusal("a string is indexed", range) }
        return nil
      }
      return try self.indexed(object, key, range)
    }
  }

  private func indexed(
    _ object: any SymbolicObject, _ key: SymbolicValue, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue {
    switch object {
    case let record as RecordObject:
      guard case .string(let bytes)? = constantKey(key) else { throw refusal("a field that is no constant", range) }
      if record.isState { return memory[try variable(ofField: bytes, in: record, range)] ?? nothing }
      guard let column = record.fields[bytes] else {
        throw refusal("the column \(String(decoding: bytes, as: UTF8.self))", range)
      }
      return memory[column] ?? nothing
    case let table as SelectedTable: return try entry(key, in: table, range)
    case let table as HeldTable:
      if let constant = constantKey(key) { return value(try field(constant, of: table, range)) }
      return try lookedUp(key, in: table, range)
    default: throw refusal("a \(object.kind) is indexed", range)
    }
  }

  private func field(_ key: LuaKey, of table: HeldTable, _ range: Range<Int>) throws(Refusal) -> Content {
    guard table.isPlain || table.metatable == .library else { throw refusal("a table with a metatable", range) }
    let held = try table.field(key) { () throws(Refusal) in
      try self.held(
        try self.inspect(range) { () throws(ReadoutError) in try self.state.index(table.reference, by: key.value) },
        range)
    }
    return try content(held, range)
  }

  /// A constant table under a key that differs from row to row.
  private func lookedUp(_ key: SymbolicValue, in table: HeldTable, _ range: Range<Int>) throws(Refusal) -> SymbolicValue
  {
    guard table.isPlain else { throw refusal("a table with a metatable", range) }
    if table.lookup == nil, table.tables == nil {
      let contents = try inspect(range) { () throws(ReadoutError) in try self.state.value(table.reference) }
      try spend(entriesOf: contents, range)
      if TableLookup.hasFractions(contents) {
        throw refusal("a table with fractions for keys, looked up by a value", range)
      }
      table.lookup = TableLookup(contents)
      if table.lookup == nil, try hasPlainTables(table, contents, range) { table.tables = NestedLookup(contents) }
    }
    if let tables = table.tables { return try selected(key, in: tables, range) }
    guard let lookup = table.lookup else {
      throw refusal("a table of tables or functions, looked up by a value", range)
    }
    return try combine([key], range) { (contents) throws(Refusal) in
      switch contents[0] {
      case .string(let index): return self.entries(lookup.entries, self.apply(lookup.codesOfStrings, [index]))
      case .integer(let index): return self.entries(lookup.entries, self.apply(lookup.codesOfIntegers, [index]))
      case .number(let index):
        // A float that is a whole number is that integer's key.
        let isWhole = self.builder.apply(.isWhole, index)
        let code = self.apply(lookup.codesOfIntegers, [self.builder.apply(.integerOf, index)])
        return self.entries(lookup.entries, self.builder.select(isWhole, code, self.builder.integer(0)))
      case .nothing: return self.nothing
      case .truth, .object: throw self.refusal("a table is looked up by a \(contents[0].luaType)", range)
      }
    }
  }

  /// Whether none of a table's tables has a metatable.
  private func hasPlainTables(
    _ table: HeldTable, _ contents: LuaValue, _ range: Range<Int>
  ) throws(Refusal) -> Bool {
    guard case .table(_, let fields) = contents else { return false }
    for (key, value) in fields {
      guard case .string = key, case .table = value else { return false }
      let seen = try inspect(range) { () throws(ReadoutError) in try self.state.index(table.reference, by: key) }
      guard case .table(_, .none) = seen else { return false }
    }
    return true
  }

  /// The table under a string in a table of tables.
  private func selected(
    _ key: SymbolicValue, in tables: NestedLookup, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue {
    try combine([key], range) { (contents) throws(Refusal) in
      switch contents[0] {
      case .string(let index):
        let code = self.apply(tables.codesOfTables, [index])
        let isFound = self.builder.apply(.lessInteger, self.builder.integer(0), code)
        return self.merge(isFound, self.value(.object(SelectedTable(tables, code: code))), self.nothing)
      case .nothing: return self.nothing
      default: throw self.refusal("a table of tables is looked up by a \(contents[0].luaType)", range)
      }
    }
  }

  /// A value under a string in a table that differs from row to row.
  private func entry(
    _ key: SymbolicValue, in table: SelectedTable, _ range: Range<Int>
  ) throws(Refusal) -> SymbolicValue {
    try combine([key], range) { (contents) throws(Refusal) in
      switch contents[0] {
      case .string(let index):
        return self.entries(table.lookup.entries, self.apply(table.lookup.codesOfEntries, [table.code, index]))
      case .nothing: return self.nothing
      default: throw self.refusal("a table of a table is looked up by a \(contents[0].luaType)", range)
      }
    }
  }

  private func string(of lookup: LookupEntries, _ code: Int) -> Int {
    let strings = lookup.values(.string)
    entriesOfStrings[strings] = lookup
    return apply(strings, [code])
  }

  /// The values behind codes, each kind an alternative.
  private func entries(_ lookup: LookupEntries, _ code: Int) -> SymbolicValue {
    var result = nothing
    for kind in lookup.kinds {
      let content: Content =
        switch kind {
        case .truth: .truth(apply(lookup.values(kind), [code]))
        case .integer: .integer(apply(lookup.values(kind), [code]))
        case .number: .number(apply(lookup.values(kind), [code]))
        case .string: .string(string(of: lookup, code))
        }
      result = merge(apply(lookup.tests(kind), [code]), value(content), result)
    }
    return result
  }
}
