import ReadoutVectors

/// A loop over the words of a text as a program: one round of it is a program of a word, and what it carries from round to round.
///
/// The words of all rows stand in one column, as codes, so that what depends on the word alone is computed once for each word that
/// occurs. What a round leaves is of two kinds: what follows from its word (or from what such a value was a round before), which is a
/// column shifted by a row; and the rest, which is a fold's state, a row of the batch being a group.
public final class TokenLoop: Sendable, Hashable {
  /// Calls `body` with each word, and its place in the text.
  public typealias Tokens = @Sendable (_ text: Span<UInt8>, _ body: (Range<Int>, Span<UInt8>) -> Void) -> Void

  /// The parameters of a round: the word, its number among the different ones of its text, its first and last byte, its place
  /// among all words of the text, from 1; behind them
  /// the row's values, the shifted ones and the state's.
  public static let word = 0
  public static let number = 1
  public static let first = 2
  public static let last = 3
  public static let position = 4
  public static let parameterCount = 5

  /// What is carried from round to round.
  public struct Slot: Sendable {
    public var type: ProgramNode.ValueType
    /// Its value after a round.
    public var value: Int

    public init(type: ProgramNode.ValueType, value: Int) {
      self.type = type
      self.value = value
    }
  }

  /// How it is shown.
  public let name: String
  private let tokens: Tokens
  private let rowTypes: [ProgramNode.ValueType]
  private let isUsed: [Bool]
  private let shifted: [(type: ProgramNode.ValueType, program: ColumnProgram)]
  private let stateTypes: [ProgramNode.ValueType]
  private let fold: FoldProgram?
  /// Watches where there is no state.
  private let check: ColumnProgram
  /// Whether a round may be left to the VM: part `slotCount` of the loop says whether one was.
  public let isWatching: Bool
  public var slotCount: Int { shifted.count + stateTypes.count }

  public static func == (a: TokenLoop, b: TokenLoop) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

  /// The slots whose values after a round follow from the word, the row's values and slots that come before them, in an order in which
  /// that holds. Slot `i` is parameter `first + i` of the builder.
  public static func shiftable(_ builder: ProgramBuilder, slots: [Slot], first: Int) -> [Int] {
    var depends = [Set<Int>](repeating: [], count: builder.nodes.count)
    for (index, node) in builder.nodes.enumerated() {
      if case .parameter(let number) = node.operation, number >= first { depends[index] = [number - first] }
      for operand in node.operands { depends[index].formUnion(depends[operand]) }
    }
    var found: [Int] = []
    while let next = slots.indices.first(where: { !found.contains($0) && depends[slots[$0].value].isSubset(of: found) })
    {
      found.append(next)
    }
    return found
  }

  /// - Parameters:
  ///   - rowTypes: the types of the row's values, the builder's parameters from `parameterCount` on.
  ///   - shifted: the slots that are shifted columns, the parameters behind them, in an order in which each depends on earlier ones.
  ///   - states: the other slots, the parameters behind those.
  /// - Returns: nil where a state is a string, or decides what a string is.
  public init?(
    _ builder: ProgramBuilder, name: String, rowTypes: [ProgramNode.ValueType], shifted: [Slot], states: [Slot],
    tokens: @escaping Tokens
  ) {
    let arguments = Self.parameterCount + rowTypes.count + shifted.count
    if states.contains(where: { $0.type == .string }) { return nil }
    if states.isEmpty {
      fold = nil
    } else {
      let made = FoldProgram(
        builder, arguments: arguments, results: states.map(\.value), empty: states.map { _ in 0 })
      guard let made else { return nil }
      fold = made
    }
    self.name = name
    isWatching = !builder.watched.isEmpty
    self.rowTypes = rowTypes
    self.tokens = tokens
    self.shifted = shifted.map { ($0.type, ColumnProgram(builder, results: [$0.value], watched: [])) }
    stateTypes = states.map(\.type)
    check = ColumnProgram(builder, results: [], watched: states.isEmpty ? builder.watched : [])
    var isUsed = [Bool](repeating: false, count: arguments)
    let results = Set((shifted + states).map(\.value) + builder.watched)
    for (index, node) in builder.nodes.enumerated() {
      for operand in node.operands + (results.contains(index) ? [index] : []) {
        if case .parameter(let number) = builder.nodes[operand].operation, number < arguments { isUsed[number] = true }
      }
    }
    self.isUsed = isUsed
  }

  // MARK: Running

  /// The words of a batch, text by text.
  private struct Words {
    var codes: Vector<UInt32>
    var dictionary: StringDictionary
    /// The row of each word, and where it begins and ends, as Lua counts.
    var rows: Vector<UInt32>
    /// How many words each row has.
    var counts: [Int]
    var firsts: Vector<Int64>
    var lasts: Vector<Int64>
    /// The codes of the strings that shifted slots begin with, by slot.
    var initial: [Vector<UInt32>?]
  }

  /// What the slots hold after the last word, the shifted ones, then the states; and whether a watched value was true.
  ///
  /// - Parameter operands: the texts, the row's values, and what the slots hold before the first word.
  func run(
    _ operands: [Values], count: Int, wanted: Vector<UInt8>?, worker: Worker
  ) throws(ReadoutError) -> [Values] {
    let texts = operands[0].strings
    let slices = StringSlices.of([texts], count: texts.count, bytes: Self.bytesOfSlice)
    if slices.count < 2 { return try runSlice(operands, count: count, wanted: wanted, worker: worker) }
    var parts: [[Values]] = []
    for slice in slices {
      parts.append(
        try runSlice(
          operands.map { $0[slice] }, count: slice.count, wanted: wanted.map { $0[slice] }, worker: worker))
    }
    return try parts[0].indices.map { (slot) throws(ReadoutError) in
      try Values.concatenating(parts.map { $0[slot] }, type: parts[0][slot].type)
    }
  }

  /// Bytes of text whose words are taken at a time. Their columns take some twenty times as much: they should stay near the cache, and
  /// must not fill the memory where texts are speeches.
  private static let bytesOfSlice = 1 << 20

  private func runSlice(
    _ operands: [Values], count: Int, wanted: Vector<UInt8>?, worker: Worker
  ) throws(ReadoutError) -> [Values] {
    let given = Array(operands[1..<1 + rowTypes.count])
    var initial = Array(operands[(1 + rowTypes.count)...])
    let words = self.words(operands[0].strings, initial, count, wanted)
    for (slot, codes) in words.initial.enumerated() {
      if let codes {
        initial[slot] = Values(type: .string, payload: .coded(codes, words.dictionary), count: count)
      }
    }
    let isCovered = Values(repeating: .boolean(false), type: .boolean, count: count)
    let isLeft = initial + [Values(repeating: .boolean(true), type: .boolean, count: count)]
    if words.codes.count == 0 { return initial + [isCovered] }
    try refuseLongReading(given, words)
    // What is remembered of the words' dictionary goes with it.
    let rows = Evaluation(worker: worker.withoutResources(), count: words.codes.count)
    var arguments = wordArguments(words)
    for (number, values) in given.enumerated() {
      arguments.append(isUsed[Self.parameterCount + number] ? values.gather(words.rows) : values.anything(rows.count))
    }
    let order = Order(words.rows, count: count)
    var results: [Values] = []
    for (slot, (type, program)) in shifted.enumerated() {
      guard let own = try program.run(arguments, rows) else { return isLeft }
      let all = try Values.concatenating([initial[slot], own[0]], type: type.dataType)
      arguments.append(all.gather(order.before))
      results.append(all.gather(order.last))
    }
    guard let fold else {
      return try check.run(arguments, rows) == nil ? isLeft : results + [isCovered]
    }
    var states = fold.makeStates()
    states.resize(to: count)
    for (slot, type) in stateTypes.enumerated() {
      states.load(slot, Self.bits(of: initial[shifted.count + slot], type))
    }
    if try fold.update(&states, arguments, groups: words.rows, rows: rows) { return isLeft }
    for (slot, type) in stateTypes.enumerated() {
      results.append(Self.values(of: states.slot(slot, count: count), type))
    }
    return results + [isCovered]
  }

  /// Leaves a loop to the VM, which can be stopped in it, where it looks through long texts for each of their words.
  private func refuseLongReading(_ given: [Values], _ words: Words) throws(ReadoutError) {
    let steps = shifted.reduce(check.columnSteps + (fold?.columnSteps ?? 0)) { $0 + $1.program.columnSteps }
    for (number, values) in given.enumerated() {
      guard isUsed[Self.parameterCount + number], case .strings(let strings) = values.payload else { continue }
      var bytes = 0
      for (row, count) in words.counts.enumerated() { bytes += count * strings.length(row) }
      if bytes > ProgramStrings.mostRead / max(steps, 1) { throw ProgramStrings.tooLong }
    }
  }

  private func words(
    _ texts: StringVector, _ initial: [Values], _ count: Int, _ wanted: Vector<UInt8>?
  ) -> Words {
    var interner = StringInterner()
    let begun = shifted.enumerated().map { slot, own -> Vector<UInt32>? in
      guard own.type == .string else { return nil }
      if case .constant(.string(let text)) = initial[slot].payload {
        return Vector(repeating: interner.intern(text), count: count)
      }
      let strings = initial[slot].strings
      return Vector(count: count) { row in strings.withBytes(row) { interner.intern($0) } }
    }
    var codes = MutableVector<UInt32>(capacity: count * 16)
    var rows = MutableVector<UInt32>(capacity: count * 16)
    var firsts = MutableVector<Int64>()
    var lasts = MutableVector<Int64>()
    let hasPlaces = isUsed[Self.first] || isUsed[Self.last]
    var counts = [Int](repeating: 0, count: count)
    for row in 0..<count {
      if let wanted, wanted[row] == 0 { continue }
      let before = codes.count
      defer { counts[row] = codes.count - before }
      texts.withBytes(row) { text in
        tokens(text) { range, word in
          codes.append(interner.intern(word))
          rows.append(UInt32(truncatingIfNeeded: row))
          if hasPlaces {
            firsts.append(Int64(range.lowerBound + 1))
            lasts.append(Int64(range.upperBound))
          }
        }
      }
    }
    return Words(
      codes: codes.freeze(), dictionary: StringDictionary(interner.freeze()), rows: rows.freeze(),
      counts: counts, firsts: firsts.freeze(), lasts: lasts.freeze(), initial: begun)
  }

  private func wordArguments(_ words: Words) -> [Values] {
    let count = words.codes.count
    let none = Values(repeating: .integer(0), type: .integer, count: count)
    return [
      Values(type: .string, payload: .coded(words.codes, words.dictionary), count: count),
      isUsed[Self.number] ? Values(integers: Self.numbers(words)) : none,
      isUsed[Self.first] ? Values(integers: words.firsts) : none,
      isUsed[Self.last] ? Values(integers: words.lasts) : none,
      isUsed[Self.position] ? Values(integers: Self.positions(words.rows)) : none,
    ]
  }

  /// The place of each word in its text, from 1.
  private static func positions(_ rows: Vector<UInt32>) -> Vector<Int64> {
    var start = 0
    return Vector(count: rows.count) { at in
      if at > 0, rows[at - 1] != rows[at] { start = at }
      return Int64(at - start + 1)
    }
  }

  /// The number of each word among the different ones of its text, in the order of their first appearance, from 1.
  private static func numbers(_ words: Words) -> Vector<Int64> {
    var numbers = MutableVector<Int64>(repeating: 0, count: words.dictionary.count)
    var seenIn = MutableVector<UInt32>(repeating: .max, count: words.dictionary.count)
    var next: Int64 = 0
    return Vector(count: words.codes.count) { at in
      let (code, row) = (Int(words.codes[at]), words.rows[at])
      if at == 0 || words.rows[at - 1] != row { next = 0 }
      if seenIn[code] != row {
        seenIn[code] = row
        next += 1
        numbers[code] = next
      }
      return numbers[code]
    }
  }

  /// Places in a column that has the rows' values first, then the words'.
  private struct Order {
    /// For each word that of the word before it in its text, else of its row.
    let before: Vector<UInt32>
    /// For each row that of its last word, else its own.
    let last: Vector<UInt32>

    init(_ rows: Vector<UInt32>, count: Int) {
      before = Vector(count: rows.count) { at in
        at > 0 && rows[at - 1] == rows[at] ? UInt32(truncatingIfNeeded: count + at - 1) : rows[at]
      }
      var last = MutableVector<UInt32>(capacity: count)
      for row in 0..<count { last.append(UInt32(truncatingIfNeeded: row)) }
      for at in 0..<rows.count { last[Int(rows[at])] = UInt32(truncatingIfNeeded: count + at) }
      self.last = last.freeze()
    }
  }

  private static func bits(of values: Values, _ type: ProgramNode.ValueType) -> Vector<Int64> {
    switch type {
    case .truth: values.booleans.map { -Int64($0) }
    case .number: values.numbers.map { Int64(bitPattern: $0.bitPattern) }
    default: values.integers
    }
  }

  private static func values(of bits: Vector<Int64>, _ type: ProgramNode.ValueType) -> Values {
    switch type {
    case .truth: Values(booleans: bits.map { $0 != 0 ? 1 : 0 })
    case .number: Values(numbers: bits.map { Double(bitPattern: UInt64(bitPattern: $0)) })
    default: Values(integers: bits)
    }
  }
}

extension Values {
  /// So many values of the type, whatever they are.
  fileprivate func anything(_ count: Int) -> Values {
    let scalar: Scalar =
      switch type {
      case .number: .number(0)
      case .boolean: .boolean(false)
      case .string, .text: .string("")
      default: .integer(0)
      }
    return Values(repeating: scalar, type: type, count: count)
  }
}
