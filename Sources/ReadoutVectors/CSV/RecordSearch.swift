/// Finding the place of a record by its number.
public enum RecordSearch {
  /// The offset behind the `count`-th line end outside quotes, counted from `from` (1 is the next); empty lines are not counted where records
  /// have several fields. nil where there are fewer before `limit`.
  public static func end(
    ofRecord count: Int, _ bytes: PaddedBytes, from: Int, to limit: Int, startsInside: Bool, dataStart: Int,
    _ dialect: CSVDialect, countsEmptyLines: Bool
  ) -> Int? {
    precondition(from >= dataStart && limit <= bytes.count, "search out of the text")
    // Sound: 64 bytes from any place before the end are readable (padding).
    let base = unsafe bytes.vector.base
    var left = count
    var inside: UInt64 = startsInside ? ~0 : 0
    var at = from
    var masks = StructureMasks()
    while at < limit {
      let start = unsafe base + at
      let valid = StructureMasks.low(limit &- at)
      let block = (at &- from) &>> 6 & (StructureMasks.blocks &- 1)
      if block == 0 { unsafe masks.makeStructure(start, (limit &- at &+ 63) &>> 6, dialect) }
      let found = masks.structure(block)
      let quotes = dialect.quote == nil ? 0 : found.quotes & valid
      let within = inside ^ StructureMasks.parity(quotes)
      var ends = found.newlines & valid & ~within
      if ends.nonzeroBitCount < left, countsEmptyLines {
        left &-= ends.nonzeroBitCount
      } else {
        while ends != 0 {
          let place = at &+ ends.trailingZeroBitCount
          ends &= ends &- 1
          if !countsEmptyLines, isEmptyLine(bytes.vector.span, endingAt: place, dataStart, dialect) { continue }
          left &-= 1
          if left == 0 { return place &+ 1 }
        }
      }
      inside = StructureMasks.spread(highest: within)
      at &+= 64
    }
    return nil
  }

  /// Whether nothing, or a CR, stands between the line end at `end` and the one before.
  static func isEmptyLine(_ bytes: Span<UInt8>, endingAt end: Int, _ dataStart: Int, _ dialect: CSVDialect) -> Bool {
    var at = end
    if at > dataStart, bytes[at &- 1] == 0x0D, dialect.newline != 0x0D { at &-= 1 }
    return at == dataStart || bytes[at &- 1] == dialect.newline
  }
}
