import ReadoutVectors

extension StringVectorBuilder {
  /// Appends a string.
  ///
  /// - Throws: where there is no room for it.
  mutating func add(_ string: Span<UInt8>) throws(ReadoutError) {
    guard hasRoom(for: string.count) else { throw .tooMuchText }
    append(string)
  }
}

extension ReadoutError {
  /// Strings, or items of lists, that one vector cannot hold.
  static var tooMuchText: ReadoutError {
    ReadoutError(
      .data, "the texts of one column are too long together: they pass 4 GiB",
      hint: "leave rows out before, or make shorter texts"
    ).endingQuery()
  }
}
