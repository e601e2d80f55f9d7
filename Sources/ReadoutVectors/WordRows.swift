/// The tokens of rows under new numbers, in the width of `Token`, and the rows of each word.
public struct WordRows<Token: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>: Sendable {
  public let tokens: Vector<Token>
  /// The rows of word `w` are `rows[starts[w]..<starts[w + 1]]`.
  public let starts: Vector<UInt32>
  /// Rows ascending, each as often as the word occurs in it.
  public let rows: Vector<UInt16>

  /// The words of row `r` are `tokens[offsets[r]..<offsets[r + 1]]`; word `w` gets the number `places[w]`. A counting sort:
  /// O(tokens + words).
  ///
  /// - Precondition: `places` are different and fit a `Token`; `offsets` ascend from 0 to the number of tokens, for at most 65,536
  ///   rows.
  @inlinable
  public init(_ tokens: Span<UInt32>, _ offsets: Vector<UInt32>, _ places: Vector<UInt32>) {
    let (rowCount, tokenCount, wordCount) = (offsets.count - 1, tokens.count, places.count)
    precondition(rowCount <= 1 << 16 && Int(offsets[rowCount]) == tokenCount, "tokens without a row")
    precondition(wordCount == 0 || UInt64(wordCount - 1) <= UInt64(Token.max), "words wider than their tokens")
    precondition(places.allBelow(wordCount), "place out of range")
    var starts = MutableVector<UInt32>(repeating: 0, count: wordCount + 1)
    let newTokens = MutableVector<Token>(uninitializedCount: tokenCount)
    let rows = MutableVector<UInt16>(uninitializedCount: tokenCount)
    unsafe tokens.withUnsafeBufferPointer { tokens in
      // Sound: tokens are checked to have a place as they are counted, and places are below their number.
      let (place, count) = unsafe (places.base, starts.base)
      for i in 0..<tokenCount {
        let token = unsafe Int(tokens[i])
        precondition(token < wordCount, "token without a place")
        unsafe count[Int(place[token]) &+ 1] &+= 1
      }
      for word in 0..<wordCount { starts[word + 1] += starts[word] }
      var next = MutableVector<UInt32>(capacity: starts.count)
      next.append(contentsOf: starts.span)
      // Sound: each place is counted up from its start as often as it was counted before, so that every row is written once, below the
      // number of tokens; the tokens of the rows follow one another and end at that number.
      let (to, target, newToken) = unsafe (next.base, rows.base, newTokens.base)
      var at = 0
      for row in 0..<rowCount {
        let last = Swift.min(Int(offsets[row + 1]), tokenCount)
        while at < last {
          let word = unsafe Int(place[Int(tokens[at])])
          unsafe newToken[at] = Token(truncatingIfNeeded: word)
          unsafe target[Int(to[word])] = UInt16(truncatingIfNeeded: row)
          unsafe to[word] &+= 1
          at &+= 1
        }
      }
      precondition(at == tokenCount, "tokens without a row")
    }
    self.tokens = newTokens.freeze()
    self.starts = starts.freeze()
    self.rows = rows.freeze()
  }
}
