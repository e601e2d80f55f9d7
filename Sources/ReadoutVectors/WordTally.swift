/// Counts words by number, over some rows: how often each occurs, and in how many rows. Starts again at the cost of the words
/// that were met, not of all there are.
public struct WordTally: ~Copyable {
  @usableFromInline struct Entry: BitwiseCopyable, Sendable {
    @usableFromInline var count: UInt32 = 0
    @usableFromInline var rows: UInt32 = 0
    /// The last row that had the word, plus 1.
    @usableFromInline var last: UInt32 = 0

    @usableFromInline init() {}
  }

  @usableFromInline var entries: MutableVector<Entry>
  @usableFromInline var met = MutableVector<UInt32>()

  public init(wordCount: Int) { entries = MutableVector(repeating: Entry(), count: wordCount) }

  /// Adds a row's words: the word of token `t` is `words[tokens[t]]`. A row comes once; rows are numbered below 2³² - 1.
  @inlinable
  public mutating func add<Token: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ tokens: Vector<Token>, _ range: Range<Int>, words: Vector<UInt32>, row: UInt32
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= tokens.count, "tokens out of range")
    let mark = row &+ 1
    // Sound: the range was checked; places and words are checked before they are used.
    let (token, word) = unsafe (tokens.base, words.base)
    for index in range {
      let place = unsafe Int(truncatingIfNeeded: token[index])
      precondition(place < words.count, "token out of its chunk's words")
      let number = unsafe Int(word[place])
      precondition(number < entries.count, "word out of its vocabulary")
      let entry = unsafe entries.base + number
      if unsafe entry.pointee.count == 0 { met.append(UInt32(truncatingIfNeeded: number)) }
      unsafe entry.pointee.count &+= 1
      if unsafe entry.pointee.last != mark {
        unsafe entry.pointee.last = mark
        unsafe entry.pointee.rows &+= 1
      }
    }
  }

  /// Adds what was counted elsewhere over other rows.
  public mutating func add(_ counts: Counts) {
    for i in counts.words.indices {
      let number = Int(counts.words[i])
      if entries[number].count == 0 { met.append(counts.words[i]) }
      entries[number].count &+= counts.counts[i]
      entries[number].rows &+= counts.rows[i]
    }
  }

  /// What was counted for the words that were met.
  public struct Counts: Sendable {
    /// The words' numbers, ascending.
    public let words: Vector<UInt32>
    public let counts: Vector<UInt32>
    /// How many rows have the word.
    public let rows: Vector<UInt32>

    public var total: Int {
      var total = 0
      for i in counts.indices { total &+= Int(counts[i]) }
      return total
    }
  }

  /// The counts so far; the tally starts again.
  public mutating func take() -> Counts {
    let words = RadixSort.sorted(met.take())
    let counts = Vector<UInt32>(count: words.count) { entries[Int(words[$0])].count }
    let rows = Vector<UInt32>(count: words.count) { entries[Int(words[$0])].rows }
    for word in words { entries[Int(word)] = Entry() }
    return Counts(words: words, counts: counts, rows: rows)
  }
}

extension RadixSort {
  /// Numbers in ascending order.
  static func sorted(_ numbers: Vector<UInt32>) -> Vector<UInt32> {
    numbers.gather(order(numbers.map { UInt64($0) }))
  }
}
