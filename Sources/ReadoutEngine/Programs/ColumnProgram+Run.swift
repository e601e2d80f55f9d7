import ReadoutVectors

extension ColumnProgram {
  /// Steps that look at whole columns.
  var columnSteps: Int { steps.count { if case .column = $0 { true } else { false } } }

  /// The results over the rows of a batch, without nulls; nil where a watched value is true in a row that counts.
  ///
  /// Arguments have the types of the program's parameters, integers standing for numbers and dates for strings. Rows where
  /// `rows.validity` is unset have any result.
  public func run(_ arguments: [Values], _ rows: Evaluation) throws(ReadoutError) -> [Values]? {
    var state = ProgramState(program: self, arguments: arguments, rows: rows)
    for step in steps {
      switch step {
      case .column(let index):
        try rows.worker.control?.checkpoint()
        try state.computeColumn(index)
      case .lanes(let program, let inputs, let outputs):
        var columns: [LaneInput] = []
        for input in inputs { columns.append(try state.laneInput(input)) }
        let (values, found) = program.run(columns, count: rows.count)
        if found { return nil }
        for (index, value) in zip(outputs, values) { state.set(index, value) }
      }
    }
    var values: [Values] = []
    for result in results { values.append(try state.value(result)) }
    return values
  }
}

/// The values of one run.
private struct ProgramState {
  let program: ColumnProgram
  let arguments: [Values]
  let rows: Evaluation
  private var known: [Int: Values] = [:]
  /// What loops left.
  private var parts: [Int: [Values]] = [:]
  /// Bytes of the strings that were made.
  private var stringBytes = 0

  init(program: ColumnProgram, arguments: [Values], rows: Evaluation) {
    self.program = program
    self.arguments = arguments
    self.rows = rows
  }

  mutating func set(_ index: Int, _ output: LaneOutput) {
    switch output {
    case .integers(let vector): known[index] = Values(integers: vector)
    case .numbers(let vector): known[index] = Values(numbers: vector)
    case .bytes(let vector): known[index] = Values(booleans: vector)
    }
  }

  /// A value as a column, constants and arguments included.
  mutating func value(_ index: Int) throws(ReadoutError) -> Values {
    if let values = known[index] { return values }
    let node = program.nodes[index]
    let values: Values
    switch node.operation {
    case .parameter(let number): values = try argument(number, node.type)
    case .isPresent(let number):
      let validity = arguments[number].validity
      if case .null = arguments[number].payload {
        values = Values(repeating: .boolean(false), type: .boolean, count: rows.count)
      } else {
        values =
          validity.map { Values(booleans: $0.bytes()) }
          ?? Values(repeating: .boolean(true), type: .boolean, count: rows.count)
      }
    case .isCounted: values = counted
    case .integer(let value): values = Values(repeating: .integer(value), type: .integer, count: rows.count)
    case .number(let bits):
      values = Values(repeating: .number(Double(bitPattern: bits)), type: .number, count: rows.count)
    case .truth(let value): values = Values(repeating: .boolean(value), type: .boolean, count: rows.count)
    case .string(let bytes): values = ProgramState.constant(bytes, count: rows.count)
    case .lane, .column, .loop, .part: throw .bug("a value of a program is used before it is computed")
    }
    known[index] = values
    return values
  }

  private var counted: Values {
    rows.validity.map { Values(booleans: $0.bytes()) }
      ?? Values(repeating: .boolean(true), type: .boolean, count: rows.count)
  }

  /// A constant may be any bytes: not every one is a `Scalar`.
  private static func constant(_ bytes: [UInt8], count: Int) -> Values {
    if let text = String(validating: bytes, as: UTF8.self) {
      return Values(repeating: .string(text), type: .string, count: count)
    }
    let block = Vector(bytes)
    return Values(
      strings: StringVector(
        starts: Vector(repeating: 0, count: count), ends: Vector(repeating: UInt32(bytes.count), count: count),
        bytes: block))
  }

  private func argument(_ number: Int, _ type: ProgramNode.ValueType) throws(ReadoutError) -> Values {
    let values = arguments[number]
    if values.hasNoValues {
      return Values(repeating: Self.anything(type), type: type.dataType, count: rows.count)
    }
    if type == .string, values.type.isTime {
      let kernel = try TextConversion.string.bind([Argument(type: values.type)])
      let texts = try kernel.body([values], Evaluation(worker: rows.worker, count: rows.count))
      return Values(type: .string, payload: texts.payload, count: rows.count)
    }
    if type == .number, values.type == .integer {
      if case .integer(let value)? = values.constant {
        return Values(repeating: .number(Double(value)), type: .number, count: values.count)
      }
      return Values(numbers: values.numbers)
    }
    return Values(type: values.type, payload: values.payload, count: values.count)
  }

  private static func anything(_ type: ProgramNode.ValueType) -> Scalar {
    switch type {
    case .integer: .integer(0)
    case .number: .number(0)
    case .truth: .boolean(false)
    case .string: .string("")
    }
  }

  mutating func laneInput(_ index: Int) throws(ReadoutError) -> LaneInput {
    let values = index == ColumnProgram.counted ? counted : try value(index)
    let type = index == ColumnProgram.counted ? .truth : program.nodes[index].type
    switch (values.payload, type) {
    case (.constant(.integer(let value)), .number): return .constant(Double(value).bitPattern)
    case (.constant(.integer(let value)), _): return .constant(UInt64(bitPattern: value))
    case (.constant(.number(let value)), _): return .constant(value.bitPattern)
    case (.constant(.boolean(let value)), _): return .constant(value ? 1 : 0)
    case (_, .number): return .numbers(values.numbers)
    case (_, .truth): return .bytes(values.booleans)
    default: return .integers(values.integers)
    }
  }

  mutating func computeColumn(_ index: Int) throws(ReadoutError) {
    let node = program.nodes[index]
    switch node.operation {
    case .part(let slot): known[index] = parts[node.operands[0]]![slot]
    case .loop(let loop):
      var operands: [Values] = []
      for operand in node.operands { operands.append(try value(operand)) }
      let wanted = mask(of: operands.removeLast())
      parts[index] = try loop.run(operands, count: rows.count, wanted: wanted, worker: rows.worker)
    case .column(let operation): try compute(operation, index)
    default: throw .bug("a value of a program that is no column")
    }
  }

  /// The rows that count and for which `wanted` is true; nil is all.
  private func mask(of wanted: Values?) -> Vector<UInt8>? {
    var mask: Vector<UInt8>?
    if let wanted, wanted.constant != .boolean(true) { mask = wanted.booleans }
    if let validity = rows.validity {
      let counted = validity.bytes()
      mask = mask?.zip(counted) { $0 & $1 } ?? counted
    }
    return mask
  }

  private mutating func compute(_ operation: ColumnOperation, _ index: Int) throws(ReadoutError) {
    var operands: [Values] = []
    for operand in program.nodes[index].operands { operands.append(try value(operand)) }
    let wanted = operation.isCostly ? operands.removeLast() : nil
    if let perValue = try computedPerValue(operation, operands) {
      known[index] = perValue
      return
    }
    let made = try operation.run(
      operands, count: rows.count, wanted: operation.isCostly ? mask(of: wanted) : nil, control: rows.worker.control)
    if case .strings(let strings) = made.payload, !operands.contains(where: { $0.shares(strings.bytes) }) {
      stringBytes += strings.bytes.count
      if stringBytes > ProgramStrings.limit { throw ProgramStrings.tooLong }
    }
    known[index] = made
  }

  /// The results where just one operand differs from row to row, and it repeats the strings of a dictionary: once for each string.
  private func computedPerValue(_ operation: ColumnOperation, _ operands: [Values]) throws(ReadoutError) -> Values? {
    let varying = operands.indices.filter { operands[$0].constant == nil }
    guard varying.count == 1, case .coded(let codes, let dictionary) = operands[varying[0]].payload,
      dictionary.count <= rows.count
    else { return nil }
    let memory = try rows.worker.resource(of: dictionary) { DictionaryResults(dictionary) }
    let key = DictionaryResults.Key(operation: operation, operands: operands.map { $0.constant ?? .null })
    if let results = memory.results[key] { return results.gather(codes) }
    var perValue = operands
    perValue[varying[0]] = Values(strings: dictionary.strings)
    for i in operands.indices where i != varying[0] {
      perValue[i] = Values(repeating: operands[i].constant!, type: operands[i].type, count: dictionary.count)
    }
    let results = try operation.run(perValue, count: dictionary.count, wanted: nil, control: rows.worker.control)
      .interned
    memory.results[key] = results
    return results.gather(codes)
  }
}

extension ColumnOperation {
  /// Bytes of strings that are read without a look at the time.
  private static let bytesOfSlice = 2 << 20

  /// The results over a batch. Where its strings are long they are taken some rows at a time, the time being looked at in between.
  fileprivate func run(
    _ operands: [Values], count: Int, wanted: Vector<UInt8>?, control: ExecutionControl?
  ) throws(ReadoutError) -> Values {
    let slices = isCostly ? StringSlices.of(values: operands, count: count, bytes: Self.bytesOfSlice) : []
    if slices.count < 2 { return try body(operands, count, wanted) }
    var parts: [Values] = []
    for slice in slices {
      try control?.checkpoint()
      parts.append(try body(operands.map { $0[slice] }, slice.count, wanted.map { $0[slice] }))
    }
    return try Values.concatenating(parts, type: result.dataType)
  }
}

extension Values {
  /// Whether strings stand in these bytes, as those that `string.sub` gives do in the ones it cuts.
  fileprivate func shares(_ bytes: Vector<UInt8>) -> Bool {
    if case .strings(let strings) = payload { strings.bytes.isSameMemory(as: bytes) } else { false }
  }

  /// Whether every row is null, so that slots need not even be codes of the dictionary.
  fileprivate var hasNoValues: Bool {
    switch payload {
    case .null: true
    case .coded(_, let dictionary): dictionary.count == 0
    default: false
    }
  }
}

/// What a worker knows of a dictionary's strings.
private final class DictionaryResults {
  struct Key: Hashable {
    /// By identity: what two operations of one name mean may depend on where their texts come from.
    let operation: ColumnOperation
    var operands: [Scalar]

    static func == (a: Key, b: Key) -> Bool { a.operation === b.operation && a.operands == b.operands }
    func hash(into hasher: inout Hasher) {
      hasher.combine(ObjectIdentifier(operation))
      hasher.combine(operands)
    }
  }

  /// Keeps the dictionary's address its own.
  private let dictionary: StringDictionary
  var results: [Key: Values] = [:]

  init(_ dictionary: StringDictionary) { self.dictionary = dictionary }
}
