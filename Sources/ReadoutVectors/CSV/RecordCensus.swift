import CVectors

/// What a stretch of delimited text holds: how many records end in it, and whether the vector scan may be trusted with it.
///
/// Whether the stretch begins inside quotes is not known while stretches are counted in parallel, so both cases are counted. The vector
/// scan takes every quote as opening or closing; that is right exactly where each opening quote follows a separator (or a quote: the
/// doubled one), and each closing one stands before a separator (or a quote). Anything else is a stray.
public struct RecordCensus: Sendable {
  public struct Case: Sendable {
    /// Line ends outside quotes, those of empty lines left out where records have several fields.
    public var records = 0
    public var hasStray = false
    /// The first CR outside quotes that no LF follows, but for one that ends the text; where records end at CR, the first LF.
    public var firstLoneEnd: Int?
  }

  public var ifOutside = Case()
  public var ifInside = Case()
  /// Whether the number of quotes is odd.
  public var turns = false
  public var firstInvalidUTF8: Int?
  public var firstNUL: Int?

  public init() {}

  /// Takes the census of `range`, a part of the text from `dataStart` on, through a window.
  public init(
    _ range: Range<Int>, _ view: TextWindow.View, dataStart: Int, _ dialect: CSVDialect,
    countsEmptyLines: Bool
  ) {
    let origin = view.origin
    self.init(
      view.bytes, range.lowerBound - origin..<range.upperBound - origin, dataStart: dataStart - origin, dialect,
      countsEmptyLines: countsEmptyLines)
    firstInvalidUTF8 = firstInvalidUTF8.map { $0 + origin }
    firstNUL = firstNUL.map { $0 + origin }
    ifOutside.firstLoneEnd = ifOutside.firstLoneEnd.map { $0 + origin }
    ifInside.firstLoneEnd = ifInside.firstLoneEnd.map { $0 + origin }
  }

  /// What must be in view for the census of `range`: the bytes that its first and last ones are told by, too.
  public static func window(of range: Range<Int>, in text: PaddedBytes) -> Range<Int> {
    max(0, range.lowerBound - PaddedBytes.padding)..<min(text.count, range.upperBound + PaddedBytes.padding)
  }

  /// Takes the census of `range`, a part of the text from `dataStart` on.
  public init(_ bytes: PaddedBytes, _ range: Range<Int>, dataStart: Int, _ dialect: CSVDialect, countsEmptyLines: Bool)
  {
    precondition(range.lowerBound >= dataStart && range.upperBound <= bytes.count, "stretch out of the text")
    // Sound: 64 bytes from any place before the end are readable (padding); `at - 1` is read only behind `dataStart`.
    let base = unsafe bytes.vector.base
    let before = unsafe Context(base, range.lowerBound, dataStart, dialect)
    var form = readout_census_form(
      quote: dialect.quote ?? 0, delimiter: dialect.delimiter, newline: dialect.newline,
      has_quotes: dialect.quote == nil ? 0 : 1, has_returns: dialect.newline == 0x0D ? 0 : 1,
      counts_empty_lines: countsEmptyLines ? 1 : 0)
    var state = readout_census(
      records_outside: 0, records_inside: 0, stray_outside: 0, stray_inside: 0, inside: 0, newlines: before.newlines,
      returns: before.returns, quotes: before.quotes, separators: before.separators,
      checked: UTF8Check.checked(bytes, from: range.lowerBound), first_invalid: -1, first_nul: -1,
      lone_outside: -1, lone_inside: -1)
    unsafe readout_take_census(base, range.lowerBound, range.upperBound, bytes.count, &form, &state)
    ifOutside = Case(
      records: Int(state.records_outside), hasStray: state.stray_outside != 0,
      firstLoneEnd: state.lone_outside < 0 ? nil : Int(state.lone_outside))
    ifInside = Case(
      records: Int(state.records_inside), hasStray: state.stray_inside != 0,
      firstLoneEnd: state.lone_inside < 0 ? nil : Int(state.lone_inside))
    turns = state.inside != 0
    firstInvalidUTF8 = state.first_invalid < 0 ? nil : Int(state.first_invalid)
    firstNUL = state.first_nul < 0 ? nil : Int(state.first_nul)
  }

  /// The word before a stretch, of which the last two bits matter; the beginning of the text counts as the start of a line.
  private struct Context {
    var newlines: UInt64 = 0
    var returns: UInt64 = 0
    var quotes: UInt64 = 0
    var separators: UInt64 = 0

    @unsafe init(_ base: UnsafePointer<UInt8>, _ at: Int, _ dataStart: Int, _ dialect: CSVDialect) {
      for back in 1...2 {
        let bit: UInt64 = 1 << UInt64(64 - back)
        guard at - back >= dataStart else {
          newlines |= bit
          separators |= bit
          return
        }
        let byte = unsafe base[at - back]
        if byte == dialect.newline { newlines |= bit }
        if byte == 0x0D, dialect.newline != 0x0D { returns |= bit }
        if byte == dialect.quote { quotes |= bit }
        if byte == dialect.delimiter || byte == dialect.newline { separators |= bit }
      }
    }
  }
}

extension UTF8Check {
  /// Where the check of a stretch begins: a sequence that reaches into it from before belongs to the stretch before.
  fileprivate static func checked(_ bytes: PaddedBytes, from start: Int) -> Int {
    var checked = start
    for back in 1...3 where start - back >= 0 {
      let length = sequenceLength(bytes.vector.span, at: start - back)
      if length > back { checked = start - back + length }
    }
    return checked
  }
}
