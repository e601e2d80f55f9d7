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
  }

  /// What must be in view for the census of `range`: the bytes that its first and last ones are told by, too.
  public static func window(of range: Range<Int>, in text: PaddedBytes) -> Range<Int> {
    max(0, range.lowerBound - PaddedBytes.padding)..<min(text.count, range.upperBound + PaddedBytes.padding)
  }

  /// Takes the census of `range`, a part of the text from `dataStart` on.
  public init(_ bytes: PaddedBytes, _ range: Range<Int>, dataStart: Int, _ dialect: CSVDialect, countsEmptyLines: Bool)
  {
    precondition(range.lowerBound >= dataStart && range.upperBound <= bytes.count, "stretch out of the text")
    var check = UTF8Progress(bytes, from: range.lowerBound)
    // Sound: 64 bytes from any place before the end are readable (padding); `at - 1` is read only behind `dataStart`.
    let base = unsafe bytes.vector.base
    let newline = dialect.newline
    var masks = StructureMasks()
    let hasQuotes: UInt64 = dialect.quote == nil ? 0 : ~0
    let hasReturns: UInt64 = newline == 0x0D ? 0 : ~0
    var before = unsafe Context(base, range.lowerBound, dataStart, dialect)
    var inside: UInt64 = 0
    var at = range.lowerBound
    while at < range.upperBound {
      let valid = StructureMasks.low(range.upperBound &- at)
      let start = unsafe base + at
      let block = (at &- range.lowerBound) &>> 6 & (StructureMasks.blocks &- 1)
      if block == 0 { unsafe masks.makeCensus(start, (range.upperBound &- at &+ 63) &>> 6, dialect) }
      let found = masks.census(block)
      let newlines = found.newlines & valid
      let returns = found.returns & valid & hasReturns
      let nuls = found.nuls & valid
      let highs = found.highs & valid
      let quotes = found.quotes & valid & hasQuotes
      let separators = found.delimiters & valid | newlines
      if nuls != 0, firstNUL == nil { firstNUL = at &+ nuls.trailingZeroBitCount }
      if highs != 0, firstInvalidUTF8 == nil {
        firstInvalidUTF8 = check.advance(highs, at: at, bytes)
      }
      let afterNewline = newlines &<< 1 | before.newlines &>> 63
      let afterReturn = returns &<< 1 | before.returns &>> 63
      let empty = newlines & (afterNewline | (afterReturn & (newlines &<< 2 | before.newlines &>> 62)))
      let ends = countsEmptyLines ? newlines : newlines & ~empty
      var within = inside
      if quotes != 0 || before.quotes &>> 63 != 0 {
        within ^= StructureMasks.parity(quotes)
        let next = unsafe at &+ 64 >= bytes.count || start[64] == newline ? UInt64(1) << 63 : 0
        let lineEnds = newlines | returns & (newlines &>> 1 | next)
        let follows = (separators | quotes) &<< 1 | (before.separators | before.quotes) &>> 63
        let misplaced = quotes & ~follows
        let unfollowed = ~(separators | lineEnds | quotes) & valid
        let closing = quotes & ~within
        let opening = quotes & within
        // Seen from outside, `within` is right; seen from inside, its complement is, and opening and closing change places.
        let closedBefore = before.quotes &>> 63 & ~inside & 1
        let openedBefore = before.quotes &>> 63 & inside & 1
        if misplaced & within | (closing &<< 1 | closedBefore) & unfollowed != 0 { ifOutside.hasStray = true }
        if misplaced & ~within | (opening &<< 1 | openedBefore) & unfollowed != 0 { ifInside.hasStray = true }
      }
      if ends != 0 {
        // Mostly all lie on one side, and counting bits takes a dozen instructions on processors of the first x86-64.
        let outside = ends & ~within
        let insides = ends & within
        if outside != 0 { ifOutside.records &+= outside.nonzeroBitCount }
        if insides != 0 { ifInside.records &+= insides.nonzeroBitCount }
      }
      inside = StructureMasks.spread(highest: within)
      before.newlines = newlines
      before.separators = separators
      before.returns = returns
      before.quotes = quotes
      at &+= 64
    }
    turns = inside != 0
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

/// How far a stretch is known to be UTF-8.
private struct UTF8Progress {
  /// Everything before is checked, by this stretch or by the one before.
  var checked: Int

  /// A sequence that reaches into the stretch from before belongs to the stretch before.
  init(_ bytes: PaddedBytes, from start: Int) {
    checked = start
    for back in 1...3 where start - back >= 0 {
      let length = UTF8Check.sequenceLength(bytes.vector.span, at: start - back)
      if length > back { checked = start - back + length }
    }
  }

  /// Checks the 64 bytes at `at`, whose bytes beyond ASCII are `highs`; the offset of the first invalid one.
  mutating func advance(_ highs: UInt64, at: Int, _ bytes: PaddedBytes) -> Int? {
    let span = bytes.vector.span
    var highs = highs
    while highs != 0 {
      let next = at &+ highs.trailingZeroBitCount
      highs &= highs &- 1
      if next < checked { continue }
      let length = UTF8Check.sequenceLength(span, at: next)
      if length == 0 { return next }
      checked = next &+ length
    }
    return nil
  }
}
