import CVectors

/// Gives each distinct word a number: 0, 1, 2 … in the order of first appearance.
///
/// As `StringInterner`, for what texts are made of: words of at most 16 bytes lie in the slots themselves, so that finding one is
/// one look into memory, and many are looked for at once. No word holds a byte 0x00 or 0xFF.
public struct WordTable: ~Copyable, @unchecked Sendable {
  // Sound: its memory has no other owner, and is only read where the table is borrowed.
  /// By slot, the two halves of its key.
  private var keys: MutableVector<UInt64>
  private var slotNumbers: MutableVector<UInt32>
  private var bytes = MutableVector<UInt8>(capacity: 1 << 12)
  private var offsets = MutableVector<UInt32>(capacity: 1 << 10)

  public init() {
    keys = MutableVector(repeating: 0, count: 2 << 10)
    slotNumbers = MutableVector(repeating: 0, count: 1 << 10)
    offsets.append(0)
  }

  public var count: Int { offsets.count - 1 }

  /// Forgets all words; the memory stays.
  public mutating func removeAll() {
    let slots = slotNumbers.count
    keys.resize(to: 0, filling: 0)
    keys.append(repeating: 0, count: 2 * slots)
    bytes.removeAll()
    offsets.resize(to: 1, filling: 0)
  }

  /// The number of a word, a new one where it is new.
  public mutating func number(of word: Span<UInt8>) -> UInt32 {
    reserve(words: 1, bytes: word.count)
    return unsafe withWords { words in
      // Sound: the span's own bytes are read, and there is room for one word more.
      unsafe word.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("a word without bytes") }
        return unsafe readout_word_number(&words, start, buffer.count)
      }
    }
  }

  /// The numbers of another table's words. O(bytes of the words).
  public mutating func numbers(of other: borrowing WordTable) -> Vector<UInt32> {
    let count = other.count
    reserve(words: count, bytes: other.bytes.count)
    let numbers = MutableVector<UInt32>(uninitializedCount: count)
    let (text, size, starts) = unsafe (other.bytes.base, other.bytes.count, other.offsets.base)
    unsafe withWords { words in
      // Sound: the other table's words lie in its bytes, there is room for them here, and each number is written.
      unsafe readout_word_numbers(&words, text, size, starts, count, numbers.base)
    }
    return numbers.freeze()
  }

  /// A copy of the words by number.
  public func words() -> StringVector { StringVector(offsets: offsets.copy(), bytes: bytes.copy()) }

  /// Bytes of the words.
  var byteCount: Int { bytes.count }

  /// Whether another `length` bytes of words still fit the 4 GiB of one vocabulary.
  func hasRoom(for length: Int) -> Bool { bytes.count + length <= Int(UInt32.max) }

  /// Makes room for so many words more, of so many bytes together.
  mutating func reserve(words: Int, bytes added: Int) {
    precondition(hasRoom(for: added), "a vocabulary holds at most 4 GiB of words")
    bytes.reserve(bytes.count + added + 16)
    offsets.reserve(offsets.count + words)
    // At most five slots of eight are taken: then most words lie where they are looked for first.
    var slots = slotNumbers.count
    while (count + words) * 8 > slots * 5 { slots *= 2 }
    if slots > slotNumbers.count { grow(to: slots) }
  }

  private mutating func grow(to slots: Int) {
    let (oldKeys, oldNumbers) = (keys.take(), slotNumbers.take())
    keys = MutableVector(repeating: 0, count: 2 * slots)
    slotNumbers = MutableVector(uninitializedCount: slots)
    unsafe withWords { words in
      // Sound: the new slots are empty and more than the old ones, which have a key and a number each.
      unsafe readout_words_move(&words, oldKeys.base, oldNumbers.base, oldNumbers.count)
    }
  }

  /// The table as C sees it, valid inside `body` only; the words that `body` adds stay.
  @unsafe mutating func withWords<R>(_ body: (inout readout_words) -> R) -> R {
    let slots = slotNumbers.count
    // Sound: the vectors are this table's own; `body` keeps to the room that is said here.
    var words = unsafe readout_words(
      keys: keys.base, numbers: slotNumbers.base, mask: slots - 1, bytes: bytes.base, offsets: offsets.base,
      count: count, word_room: min(slots * 5 / 8, offsets.capacity - 1), byte_room: bytes.capacity - 16)
    let result = unsafe body(&words)
    offsets.length = unsafe words.count + 1
    bytes.length = Int(offsets[offsets.count - 1])
    return result
  }
}
