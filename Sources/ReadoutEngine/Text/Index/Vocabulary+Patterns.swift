import ReadoutVectors

extension Vocabulary {
  /// The words in which a pattern of the terms fits a part, with the patterns that fit each of its parts; ascending.
  ///
  /// A part is what terms are made of: `world's` has the parts `world` and `s`. Terms of whole words are looked up; patterns
  /// that stand for many words are tried on every word.
  ///
  /// - Returns: nil where an expression took too many steps for a word.
  /// - Throws: where the time is over.
  func fitting(
    _ matcher: PatternMatcher, control: ExecutionControl? = nil
  ) throws(ReadoutError) -> [(word: Int, parts: [[Int]])]? {
    let tests = matcher.tests()
    // Words between two looks at the clock.
    let stretch = matcher.hasExpressions ? 1 : max(1, (1 << 20) / max(tests.count, 1))
    func look(_ place: Int) throws(ReadoutError) { if place % stretch == 0 { try control?.checkTime() } }
    var candidates: Set<Int> = []
    for pattern in matcher.list.patterns {
      guard let word = pattern.word else { continue }
      let bytes = Array(word.utf8)
      candidates.formUnion(words(withPart: bytes.span))
    }
    if !tests.isEmpty {
      for number in 0..<count {
        try look(number)
        let isCandidate = hasPart(number) { part in
          tests.contains { $0.test.matches(part) || $0.test.hasGivenUp }
        }
        if isCandidate { candidates.insert(number) }
      }
    }
    var found: [(word: Int, parts: [[Int]])] = []
    for (place, number) in candidates.sorted().enumerated() {
      try look(place)
      var own: [[Int]] = []
      for part in parts(ofWord: number) {
        guard let patterns = matcher.patterns(fitting: part, tests) else { return nil }
        own.append(patterns)
      }
      found.append((number, own))
    }
    return found
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
