import ReadoutVectors

/// Which words of an index count as one: each by itself, or all that share a stem.
///
/// A class goes by the number of one of its words, the commonest in the column (of equally common ones the first in code point
/// order): so what comes out is a word that stands in the texts, and one that `mentions` takes. Stop words are classes of their own,
/// as if they were left out before the rest is cut to stems. O(vocabulary).
struct WordClasses: Sendable {
  /// By word: the word that its class goes by; nil: each is a class.
  private let representatives: Vector<UInt32>?
  /// By block of the index: what its own word numbers stand for.
  let words: [Vector<UInt32>]
  /// By word that a class goes by: how often its words occur in the column; 0 for other words.
  let counts: Vector<Int64>

  /// - Parameter stop: By word: 1 for a stop word.
  init(
    _ index: TextIndex, _ language: Stemmer.Language?, stop: Vector<UInt8>, options: ExecutionOptions
  ) throws(ReadoutError) {
    guard let language else {
      representatives = nil
      words = index.blocks.map(\.words)
      counts = index.vocabulary.counts
      return
    }
    let representatives = Self.representatives(
      of: index.vocabulary, try Self.stems(of: index.vocabulary.words, language, options), stop: stop)
    var counts = MutableVector<Int64>(repeating: 0, count: index.vocabulary.count)
    for word in representatives.indices { counts[Int(representatives[word])] += index.vocabulary.counts[word] }
    self.representatives = representatives
    self.counts = counts.freeze()
    words = index.blocks.map { representatives.gather($0.words) }
  }

  private static let wordsOfPiece = 4096

  /// The stem of each word.
  private static func stems(
    of words: StringVector, _ language: Stemmer.Language, _ options: ExecutionOptions
  ) throws(ReadoutError) -> [StringVector] {
    let pieces = (words.count + wordsOfPiece - 1) / wordsOfPiece
    let made = Gathered<StringVector>(count: pieces)
    try WorkerPool.run(threads: options.threads, pieces: pieces) { _, piece throws(ReadoutError) in
      try options.control.checkpoint()
      let stemmer = Stemmer(language)
      var stems = StringVectorBuilder()
      for word in piece * wordsOfPiece..<min((piece + 1) * wordsOfPiece, words.count) {
        stems.append(Array(stemmer.stem(of: words[word]).utf8).span)
      }
      made[piece] = stems.freeze()
    }
    return made.all
  }

  private static func representatives(
    of vocabulary: Vocabulary, _ stems: [StringVector], stop: Vector<UInt8>
  ) -> Vector<UInt32> {
    var interner = StringInterner()
    // By class, the word that it goes by so far.
    var best = MutableVector<UInt32>()
    var classes = MutableVector<UInt32>(capacity: vocabulary.count)
    var word: UInt32 = 0
    for piece in stems {
      for place in 0..<piece.count {
        if stop[Int(word)] != 0 {
          classes.append(.max)
        } else {
          let own = piece.withBytes(place) { interner.intern($0) }
          classes.append(own)
          if Int(own) == best.count {
            best.append(word)
          } else if comes(Int(word), before: Int(best[Int(own)]), in: vocabulary) {
            best[Int(own)] = word
          }
        }
        word += 1
      }
    }
    let numbers = classes.freeze()
    return Vector(count: numbers.count) { word in
      numbers[word] == .max ? UInt32(truncatingIfNeeded: word) : best[Int(numbers[word])]
    }
  }

  private static func comes(_ word: Int, before other: Int, in vocabulary: Vocabulary) -> Bool {
    let (a, b) = (vocabulary.counts[word], vocabulary.counts[other])
    if a != b { return a > b }
    return StringVector.compare(vocabulary.words, word, vocabulary.words, other) < 0
  }
}
