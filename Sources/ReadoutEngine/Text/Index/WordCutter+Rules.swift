import ReadoutVectors

extension WordCutter {
  /// Cuts rows: what is ASCII by itself 64 bytes at a time, the rest by the rules of `Words`; together they give the words of
  /// `Words.forEach`.
  mutating func cut(_ texts: StringVector) {
    var word = MutableVector<UInt8>(capacity: 64)
    begin(texts)
    while let place = next() {
      texts.withBytes(place.row) { cutByRules($0, from: place.byte, &word) }
    }
  }

  /// Cuts what begins at `place`, and goes on while the next word begins beyond ASCII too.
  private mutating func cutByRules(_ bytes: Span<UInt8>, from place: Int, _ word: inout MutableVector<UInt8>) {
    // Where the last word ends; what is between the one before and `place` was looked at.
    var last = place
    var isOpen = self.isOpen
    var at = place
    var next = place
    repeat {
      at = Words.forEachOfSegment(in: bytes, from: next) { start, end in
        word.removeAll()
        Words.fold(bytes, start, end, into: &word)
        append(word.span, isReached: isOpen && PhraseJoint.joins(bytes, last, start))
        (last, isOpen) = (end, true)
      }
      next = at
      while next < bytes.count, bytes[next] < 0x80, WordCharacters.folded(bytes[next]) == 0 { next &+= 1 }
    } while next < bytes.count && bytes[next] >= 0x80
    resume(at: at, isOpen: isOpen && PhraseJoint.joins(bytes, last, at))
  }
}
