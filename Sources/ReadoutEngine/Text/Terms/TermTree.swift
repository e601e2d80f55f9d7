import ReadoutVectors

/// The terms of a `TermMatcher` as a tree of words; node 0 is the root.
///
/// The edges of all nodes lie in one open-addressing table, keyed by node and hash of the word. A last word with `*`
/// is an edge of its own kind, found by hashing the beginnings of a word whose lengths the node lists.
struct TermTree: Sendable {
  /// A term's words, as folded code points.
  struct Term {
    var words: [[UInt32]]
    /// Whether the last word stands for every word that begins so.
    var isPrefix: Bool
  }

  private struct Node: Sendable {
    /// The term that ends here.
    var term: Int?
    var hasWords = false
    /// Bit n: a word with `*` of n code points leaves here; bit 63 stands for 63 and more.
    var prefixLengths: UInt64 = 0
  }

  private struct Edge: Sendable, Hashable {
    var node: Int
    var isPrefix: Bool
    var letters: [UInt32]
  }

  private var nodes = [Node()]
  private var edges: [Edge] = []
  /// By edge: the node it leads to, or the term where it is a prefix.
  private var targets: [Int] = []
  /// Edge + 1; 0 is empty. At most a quarter is full, so that words of no term mostly meet an empty slot.
  private let slots: Vector<UInt32>
  private let mask: Int
  /// Bit n: a first word with `*` begins with a code point whose last six bits are n.
  private let prefixStarts: UInt64

  /// Of equal terms the first stays.
  init(_ terms: [Term]) {
    var known: [Edge: Int] = [:]
    for (number, term) in terms.enumerated() {
      var node = 0
      for word in term.isPrefix ? term.words.dropLast() : term.words[...] {
        let edge = Edge(node: node, isPrefix: false, letters: word)
        nodes[node].hasWords = true
        if let target = known[edge] {
          node = target
        } else {
          node = nodes.count
          nodes.append(Node())
          known[edge] = node
          edges.append(edge)
          targets.append(node)
        }
      }
      if term.isPrefix, let last = term.words.last {
        let edge = Edge(node: node, isPrefix: true, letters: last)
        if known[edge] == nil {
          nodes[node].prefixLengths |= 1 << UInt64(min(last.count, 63))
          known[edge] = number
          edges.append(edge)
          targets.append(number)
        }
      } else if nodes[node].term == nil {
        nodes[node].term = number
      }
    }
    var size = 64
    while size < edges.count * 4 { size *= 2 }
    var slots = MutableVector<UInt32>(repeating: 0, count: size)
    for (index, edge) in edges.enumerated() {
      let hash = edge.letters.reduce(WordRule.hashSeed) { WordRule.hash($0, $1) }
      var slot = Self.slot(of: edge.node, hash, edge.isPrefix) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(index + 1)
    }
    self.slots = slots.freeze()
    self.mask = size - 1
    self.prefixStarts = edges.reduce(0) {
      $1.isPrefix && $1.node == 0 ? $0 | 1 << UInt64($1.letters[0] & 63) : $0
    }
  }

  /// The longest term whose first word starts at `start`, and where it ends; without one, where that word ends.
  @inline(__always)
  func longest(in bytes: Span<UInt8>, at start: Int) -> (term: Int?, end: Int) {
    let word = WordRule.scan(bytes, from: start)
    if slots[Self.slot(of: 0, word.hash, false) & mask] == 0, !mayBeginPrefix(bytes[start], word) {
      return (nil, word.end)
    }
    return walk(bytes, start, word)
  }

  /// Whether a term with `*` as its first word may begin as `word`, whose first byte this is. Beyond ASCII any may: `e` and an
  /// accent of its own are one letter.
  @inline(__always)
  private func mayBeginPrefix(_ byte: UInt8, _ word: WordRule.Scanned) -> Bool {
    guard prefixStarts != 0 else { return false }
    return byte >= 0x80 || word.mayCompose || prefixStarts &>> UInt64(WordCharacters.folded(byte) & 63) & 1 == 1
  }

  private func walk(_ bytes: Span<UInt8>, _ first: Int, _ firstWord: WordRule.Scanned) -> (term: Int?, end: Int) {
    var best: (term: Int?, end: Int) = (nil, firstWord.end)
    var (node, start, word) = (0, first, firstWord)
    while true {
      if let term = prefix(bytes, start, word, node) { best = (term, word.end) }
      guard nodes[node].hasWords, let target = target(of: word, bytes, start, node) else { return best }
      node = target
      if let term = nodes[node].term { best = (term, word.end) }
      guard nodes[node].hasWords || nodes[node].prefixLengths != 0 else { return best }
      start = WordRule.start(in: bytes, from: word.end)
      if start == bytes.count { return best }
      word = WordRule.scan(bytes, from: start)
    }
  }

  /// The term of the longest beginning of a word that leaves `node` with a `*`.
  private func prefix(_ bytes: Span<UInt8>, _ start: Int, _ word: WordRule.Scanned, _ node: Int) -> Int? {
    let lengths = nodes[node].prefixLengths
    guard lengths != 0 else { return nil }
    if word.mayCompose { return prefix(composed: WordRule.folded(bytes, start, word.end), node) }
    var found: Int?
    var hash = WordRule.hashSeed
    var at = start
    var length = 0
    while at < word.end {
      let (value, bytesOfIt) = bytes.codePoint(at: at)
      hash = WordRule.hash(hash, WordRule.folded(value))
      at &+= bytesOfIt
      length &+= 1
      if lengths >> UInt64(min(length, 63)) & 1 == 1, let term = target(bytes, start, at, hash, node, isPrefix: true) {
        found = term
      }
    }
    return found
  }

  private func prefix(composed letters: [UInt32], _ node: Int) -> Int? {
    var found: Int?
    var hash = WordRule.hashSeed
    for (index, letter) in letters.enumerated() {
      hash = WordRule.hash(hash, letter)
      if nodes[node].prefixLengths >> UInt64(min(index + 1, 63)) & 1 == 1,
        let term = target(hash, node, isPrefix: true, where: { $0.elementsEqual(letters[...index]) })
      {
        found = term
      }
    }
    return found
  }

  /// Where the edge of `node` with a word leads.
  private func target(of word: WordRule.Scanned, _ bytes: Span<UInt8>, _ start: Int, _ node: Int) -> Int? {
    guard word.mayCompose else { return target(bytes, start, word.end, word.hash, node, isPrefix: false) }
    let letters = WordRule.folded(bytes, start, word.end)
    return target(word.hash, node, isPrefix: false) { $0 == letters }
  }

  private func target(
    _ hash: UInt64, _ node: Int, isPrefix: Bool, where isWanted: ([UInt32]) -> Bool
  ) -> Int? {
    var slot = Self.slot(of: node, hash, isPrefix) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if edges[index].node == node, edges[index].isPrefix == isPrefix, isWanted(edges[index].letters) {
        return targets[index]
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Where the edge of `node` with the folded letters of `bytes[start..<end]` leads.
  private func target(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ hash: UInt64, _ node: Int, isPrefix: Bool
  ) -> Int? {
    var slot = Self.slot(of: node, hash, isPrefix) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if edges[index].node == node, edges[index].isPrefix == isPrefix, equal(edges[index].letters, bytes, start, end) {
        return targets[index]
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  private func equal(_ letters: [UInt32], _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var at = start
    for letter in letters {
      guard at < end else { return false }
      let (value, length) = bytes.codePoint(at: at)
      if WordRule.folded(value) != letter { return false }
      at &+= length
    }
    return at == end
  }

  @inline(__always)
  private static func slot(of node: Int, _ hash: UInt64, _ isPrefix: Bool) -> Int {
    let key = hash ^ (UInt64(node) &<< 1 | (isPrefix ? 1 : 0)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: key ^ (key &>> 32))
  }
}
