import ReadoutVectors
import Synchronization

/// The words of a text column: one vocabulary, each row's words as numbers, and the rows of each word.
///
/// Made once for a column, in parallel, and kept with it; the numbers do not depend on the threads that made it.
public final class TextIndex: Sendable {
  public let vocabulary: Vocabulary
  /// One for each chunk of the column.
  public let chunks: [TextChunk]

  init(vocabulary: Vocabulary, chunks: [TextChunk]) {
    self.vocabulary = vocabulary
    self.chunks = chunks
  }

  /// Words of all rows together.
  public var tokenCount: Int { chunks.reduce(0) { $0 + $1.tokenCount } }

  /// Bytes of memory beyond the column's own.
  public var byteCount: Int { chunks.reduce(vocabulary.byteCount) { $0 + $1.byteCount } }

  /// The index of a column of strings, made on first use; the next call finds it.
  public static func of(_ column: Column, threads: Int) -> TextIndex {
    column.textIndex.value { TextIndex(column, threads: threads) }
  }
}

/// The place beside a column where its index is kept.
public final class TextIndexPlace: Sendable {
  private let state = Mutex<TextIndex?>(nil)

  /// The index, where it was made.
  public var known: TextIndex? { state.withLock { $0 } }

  func value(_ make: () -> TextIndex) -> TextIndex {
    state.withLock { index in
      if let index { return index }
      let made = make()
      index = made
      return made
    }
  }
}
