/// Counting of bytes, 64 at a time.
public enum ByteCount {
  /// How often `byte` stands in a range of the text.
  public static func count(_ byte: UInt8, _ bytes: PaddedBytes, _ range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "range out of the text")
    let dialect = CSVDialect(delimiter: byte, quote: nil, newline: byte)
    var masks = StructureMasks()
    var total = 0
    for at in stride(from: range.lowerBound, to: range.upperBound, by: 64) {
      let block = (at &- range.lowerBound) &>> 6 & (StructureMasks.blocks &- 1)
      // Sound: 64 bytes from any place before the end are readable (padding).
      if block == 0 {
        unsafe masks.makeStructure(bytes.vector.base + at, (range.upperBound &- at &+ 63) &>> 6, dialect)
      }
      total &+= (masks.structure(block).newlines & StructureMasks.low(range.upperBound &- at)).nonzeroBitCount
    }
    return total
  }
}
