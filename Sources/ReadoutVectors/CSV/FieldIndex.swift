/// Where the fields of some consecutive records stand.
///
/// Offsets are counted from `origin` in the text. Field `c` of record `r` ends before `ends[r * columns + c]`, and starts one behind the
/// end of the field before it, or one behind `starts[r]`. A field that a short record lacks ends before it starts.
@safe
public struct FieldIndex: ~Copyable {
  var ends = MutableVector<UInt32>(capacity: 1 << 14)
  var starts = MutableVector<UInt32>(capacity: 1 << 12)
  private var masks = StructureMasks()
  public internal(set) var rows = 0
  public internal(set) var columns = 1
  public internal(set) var origin = 0
  /// Whether any field is quoted, so that kernels must look.
  public internal(set) var hasQuotes = false
  /// Not 0 where fields are filed by column, as those of JSON are: field `c` of record `r` starts one behind
  /// `starts[c * rowCapacity + r]` and ends before `ends[c * rowCapacity + r]`, and inside quotes a backslash escapes.
  public internal(set) var rowCapacity = 0
  /// Bytes from `origin` on that fields filed by column lie in.
  var extent = 0
  /// Records that do not have `columns` fields, or whose quoting is at fault; they are mended in the index.
  public internal(set) var problems: [RecordProblem] = []

  public init() {}

  /// A record that breaks the form of the table.
  public struct RecordProblem: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      /// It has this many fields.
      case fields(Int)
      case quoting(QuotingFault)
    }

    /// Its number in the index.
    public let row: Int
    /// Its bytes in the text, without the line end.
    public let range: Range<Int>
    public let kind: Kind
  }

  /// Indexes the records from `from` on: as many as lie within about `target` bytes, at least one, none beyond `limit`, where a record ends.
  ///
  /// Records that lack fields of a wide table may be fewer, for the index holds a place for each.
  /// With `exact`, quotes that are strays are told from those that open a field; without, the text must have no strays.
  /// With `isCut`, the text goes on behind `limit`: a record that reaches there is left out, so that there may be none at all.
  /// Returns where the next record starts.
  public mutating func fill(
    _ bytes: PaddedBytes, from: Int, to limit: Int, target: Int, columns: Int, _ dialect: CSVDialect, exact: Bool,
    isCut: Bool = false
  ) -> Int {
    precondition(!exact || !isCut, "strays are told in whole stretches")
    precondition(from >= 0 && from < limit && limit <= bytes.count, "records out of the text")
    origin = from
    self.columns = columns
    hasQuotes = false
    problems.removeAll(keepingCapacity: true)
    ends.removeAll()
    if exact {
      let (next, faults) = scanExactly(bytes, to: limit, target: target, dialect)
      return mend(bytes, dialect, faults, to: next)
    }
    let (next, lineEnds) = scan(bytes, to: limit, target: target, dialect, isCut: isCut)
    if next == from {
      starts.removeAll()
      rows = 0
      return from
    }
    return isRegular(bytes, dialect, lineEnds: lineEnds) ? next : mend(bytes, dialect, [], to: next)
  }

  /// Writes the places of the separators; the last is that of a line end, or the end of the text.
  private mutating func scan(
    _ bytes: PaddedBytes, to limit: Int, target: Int, _ dialect: CSVDialect, isCut: Bool
  ) -> (next: Int, lineEnds: Int) {
    // Sound: 64 bytes from any place before the end are readable (padding); room for 64 separators and 8 more is made before each word.
    let base = unsafe bytes.vector.base
    var inside: UInt64 = 0
    var anyQuote: UInt64 = 0
    var count = 0
    var at = origin
    var lastEnd = -1
    var countBefore = 0
    var lastWord = (at: 0, separators: UInt64(0))
    var endCount = 0
    while at < limit {
      if count &+ 72 > ends.capacity {
        ends.length = count
        ends.reserve(count &+ 72)
      }
      let start = unsafe base + at
      let valid = StructureMasks.low(limit &- at)
      let block = (at &- origin) &>> 6 & (StructureMasks.blocks &- 1)
      if block == 0 { unsafe masks.makeStructure(start, (limit &- at &+ 63) &>> 6, dialect) }
      let mask = masks.structure(block)
      let newlines = mask.newlines & valid
      var separators = mask.delimiters & valid | newlines
      var lineEnds = newlines
      if dialect.quote != nil {
        let quotes = mask.quotes & valid
        anyQuote |= quotes
        // For every block: whether one has a quote is nothing a processor can guess.
        let within = inside ^ StructureMasks.parity(quotes)
        inside = StructureMasks.spread(highest: within)
        separators &= ~within
        lineEnds &= ~within
      }
      let found = separators.nonzeroBitCount
      if lineEnds != 0 {
        endCount &+= lineEnds & (lineEnds &- 1) == 0 ? 1 : lineEnds.nonzeroBitCount
        lastEnd = at &+ 63 &- lineEnds.leadingZeroBitCount
        // How many separators stand up to the last line end is told from these once the scan is over.
        (countBefore, lastWord) = (count, (at, separators))
      }
      // Long texts have whole blocks without one.
      if found == 0 {
        at &+= 64
        if at &- origin >= target, lastEnd >= 0 { break }
        continue
      }
      let offset = UInt32(truncatingIfNeeded: at &- origin)
      let out = unsafe ends.base + count
      count &+= found
      // Writes past `found` are overwritten by the next word's: eight at a time without a branch for each.
      var place = 0
      repeat {
        for step in 0..<8 {
          unsafe out[place &+ step] = offset &+ UInt32(truncatingIfNeeded: separators.trailingZeroBitCount)
          separators &= separators &- 1
        }
        place &+= 8
      } while place < found
      at &+= 64
      if at &- origin >= target, lastEnd >= 0 { break }
    }
    hasQuotes = anyQuote != 0
    if isCut, lastEnd < 0 { return (origin, 0) }
    if at >= limit, lastEnd != limit &- 1, !isCut {
      ends.length = count
      ends.append(UInt32(truncatingIfNeeded: limit &- origin))
      return (limit, endCount &+ 1)
    }
    ends.length =
      countBefore + (lastWord.separators & StructureMasks.low(lastEnd - lastWord.at + 1)).nonzeroBitCount
    return (lastEnd &+ 1, endCount)
  }

  private mutating func scanExactly(
    _ bytes: PaddedBytes, to limit: Int, target: Int, _ dialect: CSVDialect
  ) -> (next: Int, faults: [QuotingFault]) {
    hasQuotes = dialect.quote != nil
    let span = bytes.vector.span
    var at = origin
    var found: [QuotingFault] = []
    let origin = origin
    repeat {
      at = RecordScanner.scan(
        span, from: at, to: limit, dialect, fault: { found.append($0) },
        field: { ends.append(UInt32(truncatingIfNeeded: $0 &- origin)) })
    } while at < limit && at - origin < target
    return (at, found)
  }

  /// Sets `rows` and `starts` where every record has `columns` fields; else changes nothing and returns false.
  ///
  /// As many line ends as records, and one at the end of each record: so none stands in the middle of one.
  private mutating func isRegular(_ bytes: PaddedBytes, _ dialect: CSVDialect, lineEnds: Int) -> Bool {
    let (count, remainder) = ends.count.quotientAndRemainder(dividingBy: columns)
    guard remainder == 0, lineEnds == count else { return false }
    starts.removeAll()
    starts.reserve(count)
    // Sound: `starts` has room for `count`; the ends were written by the scan and lie in the text or at its end, which is padded.
    let text = unsafe bytes.vector.base + origin
    var before = UInt32.max
    var place = columns &- 1
    var returns = 0
    var allEnd = true
    for row in 0..<count {
      let end = unsafe ends.base[place]
      unsafe starts.base[row] = before
      allEnd = unsafe allEnd && (text[Int(end)] == dialect.newline || Int(end) &+ origin == bytes.count)
      returns |= unsafe before &+ 1 < end && text[Int(end) &- 1] == 0x0D ? 1 : 0
      before = end
      place &+= columns
    }
    guard allEnd else { return false }
    starts.length = count
    rows = count
    if returns != 0, dialect.newline != 0x0D { cutReturns(bytes) }
    return true
  }

  /// Leaves the CR of CRLF out of the last field of each record.
  private mutating func cutReturns(_ bytes: PaddedBytes) {
    let text = bytes.vector[origin..<bytes.count].span
    for row in 0..<rows {
      let place = row &* columns &+ columns &- 1
      let end = ends[place]
      if starts[row] &+ 1 < end, text[Int(end) &- 1] == 0x0D { ends[place] = end &- 1 }
    }
  }

  /// Brings records with too few or too many fields into the form of the table, drops empty lines, and says what was wrong.
  ///
  /// Returns where it ended: at `end`, or at a record before it once the index holds enough places.
  private mutating func mend(
    _ bytes: PaddedBytes, _ dialect: CSVDialect, _ faults: [QuotingFault], to end: Int
  ) -> Int {
    let text = bytes.vector.span
    var regular = MutableVector<UInt32>(capacity: ends.count + columns)
    var faults = faults[...]
    starts.removeAll()
    rows = 0
    var first = 0
    var rowStart = origin
    while first < ends.count, regular.count < Self.mostMended {
      var last = first
      while last < ends.count - 1, text[origin + Int(ends[last])] != dialect.newline { last += 1 }
      let lineEnd = origin + Int(ends[last])
      var textEnd = lineEnd
      if textEnd > rowStart, text[textEnd - 1] == 0x0D, dialect.newline != 0x0D { textEnd -= 1 }
      let found = last - first + 1
      if columns == 1 || found > 1 || textEnd > rowStart {
        var kind: RecordProblem.Kind?
        while let fault = faults.first, fault.offset <= lineEnd {
          kind = kind ?? .quoting(fault)
          faults.removeFirst()
        }
        if kind == nil, found != columns { kind = .fields(found) }
        if let kind { problems.append(RecordProblem(row: rows, range: rowStart..<textEnd, kind: kind)) }
        for field in 0..<columns {
          regular.append(field < found - 1 ? ends[first + field] : UInt32(truncatingIfNeeded: textEnd - origin))
        }
        // A field that is lacking ends where the record ends, and so before its start.
        starts.append(UInt32(truncatingIfNeeded: rowStart - origin) &- 1)
        rows += 1
      }
      rowStart = lineEnd + 1
      first = last + 1
    }
    let isAll = first == ends.count
    ends = regular
    return isAll ? end : rowStart
  }

  /// Places from which on an index with lacking fields is full.
  private static let mostMended = 1 << 22
}

extension QuotingFault {
  public var offset: Int {
    switch self {
    case .textAfterQuote(let at), .unterminated(let at): at
    }
  }
}
