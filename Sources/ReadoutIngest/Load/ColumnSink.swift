import ReadoutEngine
import ReadoutVectors

/// A worker's place for one column of the chunk it parses: the buffer of the column's type, kept from chunk to chunk.
final class ColumnSink {
  /// Which buffer is in use.
  enum Form {
    case integers(DataType)
    case numbers
    case booleans
    case codes
    case bytes(DataType)
    case lists
    /// Nothing is kept: a value broke the type, and the rest of the chunk only tells what there is.
    case kindsOnly
  }

  private(set) var form = Form.kindsOnly
  /// What the values of the chunk looked like, where that is not given.
  private(set) var kinds: ValueKinds = []
  let hypothesis: ColumnHypothesis
  let nulls: NullWords
  /// The number of this worker's interner among all.
  let interner: Int
  var strings = FieldInterner()
  var fresh = 0
  private var integers = IntegerBuffer(rows: 0)
  private var numbers = NumberBuffer(rows: 0)
  private var codes = CodeBuffer(rows: 0)
  private var text = TextBuffer(rows: 0)
  private var lists = ListBuffer()
  /// Bytes of a row's text in the last chunk, by which room is made for the next one.
  private var textBytes = 0.0

  init(_ hypothesis: ColumnHypothesis, nulls: NullWords, interner: Int) {
    self.hypothesis = hypothesis
    self.nulls = nulls
    self.interner = interner
  }

  /// Begins a chunk of so many rows.
  func begin(rows: Int) {
    kinds = []
    count = 0
    fresh = strings.count
    // Read once: other workers may widen it at any time.
    guard let type = hypothesis.type else {
      form = .kindsOnly
      return
    }
    switch type {
    case .integer, .date, .timestamp:
      form = .integers(type)
      if integers.rows < rows { integers = IntegerBuffer(rows: rows) }
    case .number:
      form = .numbers
      if numbers.rows < rows { numbers = NumberBuffer(rows: rows) }
    case .boolean:
      form = .booleans
      if integers.rows < rows { integers = IntegerBuffer(rows: rows) }
    case .string where hypothesis.stringForm == .codes:
      form = .codes
      if codes.rows < rows { codes = CodeBuffer(rows: rows) }
    case .string, .text:
      form = .bytes(type)
      // Room that is not filled costs no memory before it is touched; growing costs a copy.
      let expected = Int((textBytes > 0 ? textBytes : hypothesis.meanBytes) * Double(rows))
      text = TextBuffer(rows: rows, bytes: expected + expected / 10)
    case .list:
      form = .lists
      lists = ListBuffer()
    }
  }

  /// Rows taken of the chunk.
  private var count = 0
  /// The kinds of values in the batch, where it is JSON.
  private var json: JSONKinds?

  /// Takes a column of a batch of records. `fault` is told the rows whose value breaks a given type; they become null.
  ///
  /// `json` are the kinds of values that the column has there, where the batch is JSON.
  func take(
    _ batch: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, quote: UInt8?, json: JSONKinds? = nil,
    fault: (_ row: Int) -> Void
  ) {
    count += batch.rows
    self.json = json
    if let json, hypothesis.given == nil, !form.suits(json) { abandon() }
    switch form {
    case .codes:
      codes.appendStrings(batch, bytes, column: column, nulls: nulls, quote: quote, &strings)
      if strings.isFull {
        // The chunk is parsed again, without codes.
        hypothesis.giveUpCodes()
        _ = codes.take(distinct: strings.count)
        kinds.formUnion(.other)
        form = .kindsOnly
      }
    case .bytes: text.appendStrings(batch, bytes, column: column, nulls: nulls, quote: quote)
    case .lists:
      var row = 0
      _ = batch.forEachValue(bytes, column: column, from: 0, nulls: nulls, quote: quote) { value, isNull in
        if json == nil {
          lists.append(value, isNull: isNull, &strings)
        } else if !lists.append(json: value, isNull: isNull, &strings) {
          fault(row)
        }
        row += 1
        return true
      }
    case .kindsOnly: classify(batch, bytes, column: column, from: 0, quote: quote)
    case .integers, .numbers, .booleans:
      var row = 0
      while true {
        row = typed(batch, bytes, column: column, from: row, quote: quote)
        if row == batch.rows { return }
        if hypothesis.given == nil {
          abandon()
          classify(batch, bytes, column: column, from: row, quote: quote)
          return
        }
        if !takeGiven(batch, bytes, column: column, row: row, quote: quote) { fault(row) }
        row += 1
      }
    }
  }

  /// The rows from `row` on up to the first whose value is not of the type in its plain form.
  private func typed(_ batch: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, from row: Int, quote: UInt8?)
    -> Int
  {
    switch form {
    case .integers(.integer):
      return integers.appendIntegers(batch, bytes, column: column, from: row, nulls: nulls, quote: quote)
    case .integers(.date) where hypothesis.pattern == nil:
      return integers.appendDays(batch, bytes, column: column, from: row, nulls: nulls, quote: quote)
    case .numbers:
      return numbers.appendNumbers(batch, bytes, column: column, from: row, nulls: nulls, quote: quote)
    case .booleans:
      return batch.forEachValue(bytes, column: column, from: row, nulls: nulls, quote: quote) { value, isNull in
        if isNull {
          integers.appendNull()
        } else if let boolean = BooleanText.read(value) {
          integers.append(boolean ? 1 : 0)
        } else {
          return false
        }
        return true
      }
    default:
      let pattern = hypothesis.pattern
      let isDay = if case .integers(.date) = form { true } else { false }
      return batch.forEachValue(bytes, column: column, from: row, nulls: nulls, quote: quote) { value, isNull in
        if isNull {
          integers.appendNull()
          return true
        }
        let read: Int64? =
          if let pattern {
            isDay ? pattern.day(value) : pattern.moment(value)
          } else {
            value.count == 10
              ? Calendar.parseDay(value).map { $0 &* Calendar.microsecondsPerDay } : Calendar.parseMoment(value)
          }
        guard let read else { return false }
        integers.append(read)
        return true
      }
    }
  }

  /// A value of a given type in a form that inference would not take; null, and false, where it is none at all.
  private func takeGiven(_ batch: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, row: Int, quote: UInt8?)
    -> Bool
  {
    var taken = false
    _ = batch.forEachValue(bytes, column: column, from: row, nulls: nulls, quote: quote) { value, _ in
      switch form {
      case .integers(let type):
        let read = GivenText.integer(value, type: type, pattern: hypothesis.pattern)
        if let read { integers.append(read) } else { integers.appendNull() }
        taken = read != nil
      case .numbers:
        let read = GivenText.number(value)
        if let read { numbers.append(read) } else { numbers.appendNull() }
        taken = read != nil
      default:
        let read = GivenText.boolean(value)
        if let read { integers.append(read ? 1 : 0) } else { integers.appendNull() }
        taken = read != nil
      }
      return false
    }
    return taken
  }

  /// Throws away what the chunk held so far; its values were of the type, so their kind is known.
  private func abandon() {
    kinds.formUnion(parsedKinds())
    form = .kindsOnly
  }

  private func classify(_ batch: borrowing FieldIndex, _ bytes: PaddedBytes, column: Int, from row: Int, quote: UInt8?)
  {
    _ = batch.forEachValue(bytes, column: column, from: row, nulls: nulls, quote: quote) { value, isNull in
      if isNull { return true }
      kinds.formUnion(json.map { ValueKinds(of: value, $0) } ?? ValueKinds(of: value))
      return json == nil || kinds != .other
    }
  }

  /// The kinds of the values in the buffer that is in use, which is emptied.
  private func parsedKinds() -> ValueKinds {
    switch form {
    case .integers(.integer):
      guard let bounds = integers.take().bounds else { return [] }
      let exact: ClosedRange<Int64> = -(1 << 53)...(1 << 53)
      return exact.contains(bounds.lowerBound) && exact.contains(bounds.upperBound) ? .integer : .wideInteger
    case .lists:
      _ = lists.finish(interner: interner, fresh: 0..<0)
    case .integers, .booleans:
      // The hypothesis had these kinds from values that exist.
      _ = integers.take()
    case .numbers:
      let wide: ValueKinds = numbers.sawWideInteger ? .wideInteger : []
      _ = numbers.take()
      return wide
    default: break
    }
    return []
  }

  /// Ends the chunk.
  func finish() -> ParsedColumn {
    defer { hypothesis.add(kinds) }
    switch form {
    case .integers(let type):
      let chunk = integers.take()
      if type == .integer, hypothesis.given == nil, let bounds = chunk.bounds {
        let exact: ClosedRange<Int64> = -(1 << 53)...(1 << 53)
        kinds = exact.contains(bounds.lowerBound) && exact.contains(bounds.upperBound) ? .integer : .wideInteger
      }
      return .chunk(ColumnChunk(chunk), type)
    case .numbers:
      if hypothesis.given == nil, numbers.sawWideInteger {
        _ = numbers.take()
        kinds = .wideInteger
        return .broken
      }
      return .chunk(ColumnChunk(numbers.take()), .number)
    case .booleans: return .chunk(ColumnChunk(booleans: integers.take()), .boolean)
    case .codes:
      let (narrow, validity) = codes.take(distinct: strings.count)
      return .codes(narrow, validity: validity, interner: interner, fresh: fresh..<strings.count)
    case .bytes(let type):
      var done = TextBuffer(rows: 0)
      swap(&text, &done)
      let (strings, validity) = done.freeze()
      textBytes = Double(strings.bytes.count) / Double(max(1, strings.count))
      let nulls = validity.map { $0.count - $0.setCount } ?? 0
      return .chunk(
        ColumnChunk(
          count: strings.count, storage: .strings(strings), validity: validity,
          zone: ZoneMap(bounds: .none, nullCount: nulls)), type)
    case .lists: return lists.finish(interner: interner, fresh: fresh..<strings.count)
    case .kindsOnly: return kinds.isEmpty ? .nulls(count) : .broken
    }
  }

  /// Throws where the items of lists do not fit a dictionary.
  func checkRoom(_ column: String) throws(ReadoutError) {
    if case .lists = form, strings.isFull { throw .tooManyItems(in: column) }
  }

  /// The distinct strings of all chunks so far; the interner starts anew.
  func takeStrings() -> StringVector {
    var done = FieldInterner()
    swap(&strings, &done)
    return done.freeze()
  }
}

extension ReadoutError {
  /// Distinct items of lists that a dictionary of them cannot hold.
  static func tooManyItems(in column: String) -> ReadoutError {
    ReadoutError(
      .data, "the distinct items of a column of lists pass 4 GiB", value: column,
      hint: "say that they are texts: types = { \(column) = \"text\" }")
  }
}
