import ReadoutVectors

/// The words of a text column: a word's number is its place in the order of first appearance.
public struct Vocabulary: Sendable {
  private let table: StringTable
  /// How often each word occurs in the column.
  public let counts: Vector<Int64>

  init(_ words: StringVector, counts: Vector<Int64>) {
    table = StringTable(words)
    self.counts = counts
  }

  public var count: Int { table.count }
  /// The words by number, as `Words.fold` writes them.
  public var words: StringVector { table.strings }
  /// The word that has a number.
  public subscript(number: Int) -> String { table.strings[number] }

  /// The number of a word in any case and normal form; nil where the column does not have it.
  public func number(of word: String) -> Int? {
    let bytes = Array(Words.folded(word).utf8)
    return table.number(of: bytes.span)
  }

  public var byteCount: Int { table.byteCount + counts.byteCount }
}
