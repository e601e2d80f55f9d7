import ReadoutVectors

/// Strings that a step of a program makes, within a bound.
///
/// A program computes whole batches, so what doubles a string doubles thousands. Beyond the bound it gives up with an error that nobody
/// sees: the batch goes to the VM, whose limits of memory and time say what is wrong.
enum ProgramStrings {
  /// Bytes of the strings of one step, and of all steps of a batch together.
  static let limit = 256 << 20

  /// Bytes of a row's own strings that a loop over words may look at, all its steps and words together.
  static let mostRead = 1 << 30

  static var tooLong: ReadoutError { ReadoutError(.plugin, "a batch's strings are too long for a program") }

  /// The strings that `append` writes, row by row; empty ones for rows that are not `wanted`. A row that writes piece by piece stops
  /// where `isFull` says so.
  static func built(
    _ count: Int, _ wanted: Vector<UInt8>?, _ append: (_ row: Int, _ out: inout StringVectorBuilder) -> Void
  ) throws(ReadoutError) -> Values {
    var builder = StringVectorBuilder()
    for row in 0..<count {
      if wanted.map({ $0[row] != 0 }) ?? true {
        append(row, &builder)
        if isFull(builder) { throw tooLong }
      }
      builder.endString()
    }
    if MemoryAccount.isOverLimit { throw .memory(MemoryAccount.bytesInUse) }
    return Values(strings: builder.freeze())
  }

  /// Whether no more is to be written.
  @inline(__always) static func isFull(_ builder: borrowing StringVectorBuilder) -> Bool { builder.byteCount > limit }
}
