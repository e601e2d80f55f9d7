import CVectors

/// Cuts rows of text into words, folds their case and numbers them: all that is ASCII by itself, 64 bytes at a time, while the
/// caller cuts what Unicode's rules are asked for.
///
///     cutter.begin(texts)
///     while let place = cutter.next() {
///       // Cut from `place` on: append(_:isReached:) for each word, then go on behind them.
///       cutter.resume(at: end, isOpen: …)
///     }
///
/// Everything is kept for the next rows, so that cutting many blocks takes the memory of one.
public struct WordCutter: ~Copyable, @unchecked Sendable {
  // Sound: its memory has no other owner, and is only read where the cutter is borrowed.

  /// How 64 bytes are looked at. All give the same.
  public enum Way: CaseIterable, Sendable {
    case best, portable, avx2, avx512

    fileprivate var code: Int32 {
      switch self {
      case .best: Int32(READOUT_BEST)
      case .portable: Int32(READOUT_PORTABLE)
      case .avx2: Int32(READOUT_AVX2)
      case .avx512: Int32(READOUT_AVX512)
      }
    }

    /// Whether this processor can.
    public var isSupported: Bool { readout_cuts_words(code) != 0 }
  }

  /// A byte of a row, counted from its start.
  public struct Place: Equatable, Sendable {
    public var row: Int
    public var byte: Int
  }

  private let way: Way
  private var table = WordTable()
  private var texts = StringVector([String]())
  private var row = 0
  /// The byte of the block of texts to go on with.
  private var at = 0
  /// Whether a phrase reaches from the last word of the row up to there.
  public private(set) var isOpen = false
  private var tokens = MutableVector<UInt32>(capacity: 1 << 12)
  /// A bit a token; words behind the last token are 0.
  private var joints = MutableVector<UInt64>(repeating: 0, count: (1 << 12) / 64 + 1)
  private var offsets = MutableVector<UInt32>(capacity: 1 << 10)

  public init(way: Way = .best) { self.way = way }

  /// Begins with the rows of `texts`; what was cut before is forgotten.
  public mutating func begin(_ texts: StringVector) {
    texts.checkBounds()
    self.texts = texts
    table.removeAll()
    tokens.removeAll()
    joints.resize(to: 0, filling: 0)
    joints.append(repeating: 0, count: tokens.capacity / 64 + 1)
    offsets.removeAll()
    offsets.reserve(texts.count + 1)
    offsets.append(0)
    row = 0
    at = texts.count > 0 ? Int(texts.starts[0]) : 0
    isOpen = false
  }

  /// Cuts up to where Unicode's rules are needed: a byte beyond ASCII, or a word that touches one, that may go on behind a sign, or that is
  /// longer than 62 bytes. nil once all rows are cut.
  public mutating func next() -> Place? {
    while true {
      switch cut() {
      case Int32(READOUT_CUT_ALL): return nil
      case Int32(READOUT_CUT_EXACT): return Place(row: row, byte: at - Int(texts.starts[row]))
      default: makeRoom()
      }
    }
  }

  private mutating func cut() -> Int32 {
    let (texts, row, at, isOpen, way) = (texts, row, at, isOpen, way)
    let (room, count) = (tokens.capacity, tokens.count)
    // Sound: the rows were checked to lie in their block, of which no byte outside of a row is read; tokens and words are written within the room
    // that is said, offsets once a row. The joints have a bit for each token there is room for.
    var cutting = unsafe readout_cutting(
      text: texts.bytes.base, starts: texts.starts.base, ends: texts.ends.base, rows: texts.count, row: row, at: at,
      open: isOpen ? 1 : 0, tokens: tokens.base, token_count: count, token_room: room, joints: joints.base,
      offsets: offsets.base, way: way.code)
    let status = unsafe table.withWords { words in unsafe readout_cut(&cutting, &words) }
    unsafe (self.row, self.at, self.isOpen) = (cutting.row, cutting.at, cutting.open != 0)
    tokens.length = unsafe cutting.token_count
    offsets.length = self.row + 1
    return status
  }

  private mutating func makeRoom() {
    table.reserve(words: Int(READOUT_CUT_WORDS), bytes: Int(READOUT_CUT_BYTES))
    reserveTokens(Int(READOUT_CUT_WORDS))
  }

  private mutating func reserveTokens(_ added: Int) {
    tokens.reserve(tokens.count + added)
    joints.resize(to: max(joints.count, tokens.capacity / 64 + 1), filling: 0)
  }

  /// Adds a word to that row; `isReached` says whether a phrase reaches it from the word before.
  public mutating func append(_ word: Span<UInt8>, isReached: Bool) {
    reserveTokens(1)
    if isReached { joints[tokens.count >> 6] |= 1 << UInt64(tokens.count & 63) }
    tokens.append(table.number(of: word))
  }

  /// Goes on at a byte of that row, where a code point starts; `isOpen` says whether a phrase reaches from its last word up to there.
  public mutating func resume(at byte: Int, isOpen: Bool) {
    let place = Int(texts.starts[row]) + byte
    precondition(place >= at && place <= Int(texts.ends[row]), "byte out of its row")
    at = place
    self.isOpen = isOpen
  }

  // MARK: What was cut

  /// The distinct words, in the order of first appearance.
  public func words() -> StringVector { table.words() }

  /// Their numbers in a vocabulary, which gets those that it does not have.
  ///
  /// - Precondition: `fits(in: vocabulary)`.
  public func numbers(in vocabulary: inout WordTable) -> Vector<UInt32> { vocabulary.numbers(of: table) }

  /// Whether a vocabulary has room for all words of the texts.
  public func fits(in vocabulary: borrowing WordTable) -> Bool { vocabulary.hasRoom(for: table.byteCount) }

  /// The tokens of row `r` are `offsets[r]..<offsets[r + 1]`.
  public func rowOffsets() -> Vector<UInt32> { offsets.copy() }

  /// The tokens of all rows, as numbers of `words`.
  public var allTokens: Span<UInt32> {
    @_lifetime(borrow self)
    get { tokens.span }
  }

  /// By token, whether a phrase reaches it from the one before in its row.
  public func tokenJoints() -> Bitmap {
    let words = (tokens.count + 63) / 64
    return Bitmap(words: joints.copy()[0..<words], count: tokens.count)
  }
}

extension StringVector {
  /// Stops the program where a string does not lie in the block. O(strings).
  fileprivate func checkBounds() {
    var areInside = true
    let (starts, ends) = (self.starts.span, self.ends.span)
    for i in 0..<count { areInside = areInside && starts[i] <= ends[i] && Int(ends[i]) <= bytes.count }
    precondition(areInside, "string out of its block")
  }
}
