import ReadoutVectors

extension Vocabulary {
  /// The words in which a pattern of the terms fits a part, with the patterns that fit each of its parts; ascending.
  ///
  /// A part is what terms are made of: `world's` has the parts `world` and `s`. Terms of whole words are looked up; patterns
  /// that stand for many words are tried on every word.
  func fitting(_ matcher: PatternMatcher) -> [(word: Int, parts: [[Int]])] {
    let tests = matcher.tests()
    var candidates: Set<Int> = []
    for pattern in matcher.list.patterns {
      guard let word = pattern.word else { continue }
      let bytes = Array(word.utf8)
      candidates.formUnion(words(withPart: bytes.span))
    }
    if !tests.isEmpty {
      for number in 0..<count where hasPart(number, { part in tests.contains { $0.test.matches(part) } }) {
        candidates.insert(number)
      }
    }
    return candidates.sorted().map { number in
      (number, parts(ofWord: number).map { matcher.patterns(fitting: $0, tests) })
    }
  }

  /// Whether a part of a word passes a test.
  private func hasPart(_ number: Int, _ test: (Span<UInt8>) -> Bool) -> Bool {
    words.withBytes(number) { bytes in
      var at = WordRule.start(in: bytes, from: 0)
      while at < bytes.count {
        let end = WordRule.scan(bytes, from: at).end
        if test(bytes.extracting(at..<end)) { return true }
        at = WordRule.start(in: bytes, from: end)
      }
      return false
    }
  }

  /// The parts of a word.
  private func parts(ofWord number: Int) -> [String] {
    words.withBytes(number) { bytes in
      var parts: [String] = []
      var at = WordRule.start(in: bytes, from: 0)
      while at < bytes.count {
        let end = WordRule.scan(bytes, from: at).end
        parts.append(String(bytes, at..<end))
        at = WordRule.start(in: bytes, from: end)
      }
      return parts
    }
  }
}
