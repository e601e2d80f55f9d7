extension FieldIndex {
  /// Calls `body` with the value of each field of a column from row `row` on, until it returns false; the row it stopped at, else `rows`.
  ///
  /// The value is freed from its quotes. `isNull` tells the fields that are null, whose value is empty or one of `nulls`.
  public func forEachValue(
    _ bytes: PaddedBytes, column: Int, from row: Int, nulls: NullWords, quote: UInt8?,
    _ body: (_ value: Span<UInt8>, _ isNull: Bool) -> Bool
  ) -> Int {
    let cursor = unsafe FieldCursor(self, bytes, column: column, nulls, quote: quote)
    var quoted = QuotedText()
    // Sound: the cursor's rows; fields lie inside the text.
    for row in row..<rows {
      let field = unsafe cursor.value(row, nulls)
      var (start, length) = unsafe (field.start, field.length)
      if field.isQuoted, unsafe QuotedText.needsUnquoting(start, length, cursor.escape) {
        unsafe (start, length) = quoted.unquoted(start, length, cursor)
      }
      if !body(unsafe Span(_unsafeStart: start, count: length), field.isNull) { return row }
    }
    return rows
  }

  /// The bytes of a field in the text, quotes included; empty for a field that its record lacks.
  public func range(column: Int, row: Int) -> Range<Int> {
    if rowCapacity > 0 {
      let place = column * rowCapacity + row
      return origin + Int(starts[place] &+ 1)..<origin + Int(max(starts[place] &+ 1, ends[place]))
    }
    let start = column == 0 ? starts[row] &+ 1 : ends[row * columns + column - 1] &+ 1
    let end = ends[row * columns + column]
    return origin + Int(start)..<origin + Int(max(start, end))
  }

  /// Makes every field of a record a lacking one: the first is empty where the record starts, the others end before they start.
  public mutating func blank(row: Int) {
    let start = starts[row] &+ 1
    for column in 0..<columns { ends[row * columns + column] = start }
  }
}
