import ReadoutVectors

extension Vocabulary {
  /// The words in which a pattern of the terms fits a part, with the patterns that fit each of its parts; ascending.
  ///
  /// A part is what terms are made of: `world's` has the parts `world` and `s`. Terms of whole words are looked up; patterns
  /// that stand for many words are tried on every word.
  func fitting(_ matcher: PatternMatcher) -> [(word: Int, parts: [[Int]])] {
    let tests = matcher.tests()
    var candidates: [Int] = []
    if tests.isEmpty {
      var found: Set<Int> = []
      for pattern in matcher.list.patterns {
        guard let word = pattern.word else { continue }
        let bytes = Array(word.utf8)
        found.formUnion(self.words(withPart: bytes.span))
      }
      candidates = found.sorted()
    } else {
      candidates = Array(0..<count)
    }
    var fitting: [(word: Int, parts: [[Int]])] = []
    for number in candidates {
      let parts = parts(ofWord: number).map { matcher.patterns(fitting: $0, tests) }
      if parts.contains(where: { !$0.isEmpty }) { fitting.append((number, parts)) }
    }
    return fitting
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
