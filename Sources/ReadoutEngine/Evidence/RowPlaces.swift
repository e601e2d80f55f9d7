import ReadoutVectors

/// Where the rows of a table stand in the files that it was read from.
public protocol RowPlaces: Sendable {
  /// File and line of each of `rows`, which ascend.
  /// - Throws: Where the files are not those any longer that were read.
  func places(of rows: Vector<UInt32>) throws(ReadoutError) -> [RowPlace]
}

/// A line of a file.
public struct RowPlace: Sendable, Equatable {
  /// As the user named it.
  public var file: String
  /// One-based; where the record has several, its first.
  public var line: Int

  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}
