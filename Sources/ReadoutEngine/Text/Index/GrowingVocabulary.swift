import ReadoutVectors
import Synchronization

/// The words of blocks that workers cut at the same time, numbered in the order of the blocks.
final class GrowingVocabulary: Sendable {
  private let blocks: Int
  private let given = Atomic<Int>(0)
  /// The block whose words are numbered next.
  private let turn = Atomic<Int>(0)
  private let table = Mutex(WordTable())

  init(blocks: Int) { self.blocks = blocks }

  /// A block that no worker had yet, in ascending order; its words must be numbered before the worker asks for another.
  func nextBlock() -> Int? {
    let block = given.add(1, ordering: .relaxed).oldValue
    return block < blocks ? block : nil
  }

  /// The numbers of a block's words, and how many words there are with them. Waits until all blocks before it have theirs: other
  /// workers have those in hand.
  ///
  /// - Throws: where a vocabulary cannot hold so many long words.
  func numbers(
    of cutter: borrowing WordCutter, block: Int
  ) throws(ReadoutError) -> (numbers: Vector<UInt32>, wordCount: Int) {
    while turn.load(ordering: .acquiring) != block { WorkerThreads.rest() }
    defer { turn.store(block + 1, ordering: .releasing) }
    return try table.withLock { (table) throws(ReadoutError) in
      guard cutter.fits(in: table) else { throw .tooMuchText }
      return (cutter.numbers(in: &table), table.count)
    }
  }

  /// The words by number.
  func words() -> StringVector { table.withLock { $0.words() } }
}
