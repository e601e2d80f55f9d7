import ReadoutVectors
import Synchronization

/// The words of a text column: one vocabulary, each row's words as numbers, and the rows of each word.
///
/// Made once for a column, in parallel, and kept with it; the numbers do not depend on the threads that made it.
public final class TextIndex: Sendable {
  public let vocabulary: Vocabulary
  /// The column's rows in order, in blocks of `Batch.rows` rows that do not pass the end of a chunk.
  public let blocks: [TextBlock]
  /// The first block of each chunk.
  private let firstBlocks: [Int]

  init(vocabulary: Vocabulary, blocks: [TextBlock]) {
    self.vocabulary = vocabulary
    self.blocks = blocks
    firstBlocks = blocks.indices.filter { blocks[$0].range.lowerBound == 0 }
  }

  /// The block of a row of a chunk.
  public func block(chunk: Int, row: Int) -> TextBlock { blocks[firstBlocks[chunk] + row / Batch.rows] }

  /// Words of all rows together.
  public var tokenCount: Int { blocks.reduce(0) { $0 + $1.tokenCount } }

  /// Bytes of memory beyond the column's own.
  public var byteCount: Int { blocks.reduce(vocabulary.byteCount) { $0 + $1.byteCount } }

  /// The index of a column of strings, made on first use; the next call finds it.
  public static func of(_ column: Column, threads: Int) -> TextIndex {
    column.textIndex.value { TextIndex(column, threads: threads) }
  }
}

/// The place beside a column where its index is kept.
public final class TextIndexPlace: Sendable {
  private struct State {
    var index: TextIndex?
    var wasScanned = false
  }
  private let state = Mutex(State())

  /// The index, where it was made.
  public var known: TextIndex? { state.withLock { $0.index } }

  func value(_ make: () -> TextIndex) -> TextIndex {
    state.withLock { state in
      if let index = state.index { return index }
      let made = make()
      state.index = made
      return made
    }
  }

  /// Notes that a query scans the texts; whether one did before.
  func noteScan() -> Bool {
    state.withLock { state in
      defer { state.wasScanned = true }
      return state.wasScanned
    }
  }
}
