import ReadoutVectors

/// How often each class of words of a text column occurs in each group of rows, and in how many of its rows.
///
/// The rows are taken in the order of their groups, in runs of a fixed length; each run is tallied by one worker, and a group's
/// runs are added up. Sums of integers do not depend on the order, so neither does the answer on the threads. O(words of the
/// rows + groups).
struct WordCounts: Sendable {
  /// By group.
  let groups: [WordTally.Counts]

  private static let runLength = 16_384

  init(
    _ index: TextIndex, _ classes: WordClasses, _ groups: RowGroups, options: ExecutionOptions
  ) throws(ReadoutError) {
    let (rows, starts) = groups.ordered
    let runs = (rows.count + Self.runLength - 1) / Self.runLength
    let vocabularyCount = index.vocabulary.count
    let parts = Gathered<[(group: Int, counts: WordTally.Counts)]>(count: runs)
    let tallies = Tallies(threads: options.threads, wordCount: vocabularyCount)
    try WorkerPool.run(threads: options.threads, pieces: runs) { worker, run throws(ReadoutError) in
      try options.control.checkpoint()
      let range = run * Self.runLength..<min((run + 1) * Self.runLength, rows.count)
      parts[run] = tallies[worker].counts(of: rows, range, starts, in: index, classes)
    }
    var byGroup = [[WordTally.Counts]](repeating: [], count: groups.count)
    for part in parts.all { for (group, counts) in part { byGroup[group].append(counts) } }
    let merged = Gathered<WordTally.Counts>(count: groups.count)
    let pending = byGroup
    try WorkerPool.run(threads: options.threads, pieces: groups.count) { worker, group throws(ReadoutError) in
      merged[group] = tallies[worker].sum(of: pending[group])
    }
    self.groups = merged.all
  }
}

/// The tallies of a count, one a thread.
private final class Tallies: @unchecked Sendable {
  // Sound: each is used by one thread at a time (`WorkerPool` gives every thread its own).
  private let tallies: [RunTally]

  init(threads: Int, wordCount: Int) { tallies = (0..<threads).map { _ in RunTally(wordCount: wordCount) } }

  subscript(worker: Int) -> RunTally { tallies[worker] }
}

/// One thread's tally.
private final class RunTally {
  private var tally: WordTally

  init(wordCount: Int) { tally = WordTally(wordCount: wordCount) }

  /// The counts of the groups that the rows `rows[range]` belong to, which are those of an ordered list of groups.
  func counts(
    of rows: Vector<UInt32>, _ range: Range<Int>, _ starts: Vector<UInt32>, in index: TextIndex, _ classes: WordClasses
  ) -> [(group: Int, counts: WordTally.Counts)] {
    var found: [(group: Int, counts: WordTally.Counts)] = []
    var group = starts.partitioningIndex { $0 > range.lowerBound } - 1
    var from = range.lowerBound
    while from < range.upperBound {
      while Int(starts[group + 1]) <= from { group += 1 }
      let to = min(Int(starts[group + 1]), range.upperBound)
      Self.add(rows[from..<to], of: index, classes, to: &tally)
      found.append((group, tally.take()))
      from = to
    }
    return found
  }

  func sum(of parts: [WordTally.Counts]) -> WordTally.Counts {
    if parts.count == 1 { return parts[0] }
    for part in parts { tally.add(part) }
    return tally.take()
  }

  /// Adds the words of rows, ascending.
  private static func add(
    _ rows: Vector<UInt32>, of index: TextIndex, _ classes: WordClasses, to tally: inout WordTally
  ) {
    var (from, number) = (0, 0)
    while from < rows.count {
      while Int(rows[from]) >= index.blocks[number].firstRow + index.blocks[number].rowCount { number += 1 }
      let block = index.blocks[number]
      let to = from + rows[from..<rows.count].partitioningIndex { Int($0) >= block.firstRow + block.rowCount }
      switch block.tokens {
      case .bits8(let tokens): add(rows[from..<to], block, tokens, classes.words[number], to: &tally)
      case .bits16(let tokens): add(rows[from..<to], block, tokens, classes.words[number], to: &tally)
      case .bits32(let tokens): add(rows[from..<to], block, tokens, classes.words[number], to: &tally)
      }
      from = to
    }
  }

  private static func add<Token: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ rows: Vector<UInt32>, _ block: TextBlock, _ tokens: Vector<Token>, _ words: Vector<UInt32>,
    to tally: inout WordTally
  ) {
    for row in rows {
      let place = Int(row) - block.firstRow
      tally.add(tokens, Int(block.offsets[place])..<Int(block.offsets[place + 1]), words: words, row: row)
    }
  }
}

extension Vector {
  /// The first index whose element meets a condition that all elements behind it meet too; `count` where none does.
  func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
