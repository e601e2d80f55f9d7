import ReadoutVectors

/// One term as a user writes it, read.
///
/// ```
/// term     = modifier* phrase [NEAR/n phrase]
/// modifier = case: | bare: | particles: | LANGUAGE:
/// phrase   = word+, a word being letters, letters with * at any place, or /a regular expression/
/// ```
struct Term: Sendable {
  /// The words of the phrase; of a `NEAR` those of both sides.
  var words: [WordPattern]
  /// The words in the case in which they were written, where case counts: tried on the text's words as they stand.
  var cased: [WordPattern]?
  /// `a NEAR/5 b`: how many words a has, and how many other words may lie between.
  var near: (left: Int, distance: Int)?
  /// - Throws: what cannot be read, the term being the error's value.
  ///
  /// Without modifiers the words of a term are compared by the stems of a language, where one is given.
  init(_ text: String, stem: Stemmer.Language? = nil) throws(ReadoutError) {
    var modifiers = Modifiers()
    let rest = try modifiers.read(text)
    if rest == text { modifiers.language = stem }
    var parts: [(text: String, distance: Int)] = []
    var words: [Substring] = []
    for piece in rest.split(separator: " ") {
      if let distance = Self.distance(piece, text) {
        parts.append((words.joined(separator: " "), try distance.get()))
        words = []
      } else {
        words.append(piece)
      }
    }
    guard parts.count <= 1 else {
      throw ReadoutError(.request, "more than one NEAR in a term", value: text, hint: "write a NEAR/5 b")
    }
    self.words = []
    if modifiers.isCased { cased = [] }
    if let part = parts.first {
      try readPhrase(part.text, modifiers, whole: text)
      near = (self.words.count, part.distance)
      try readPhrase(words.joined(separator: " "), modifiers, whole: text)
    } else {
      try readPhrase(rest, modifiers, whole: text)
    }
  }

  /// The number behind `NEAR/`, where the piece is that operator.
  private static func distance(_ piece: Substring, _ whole: String) -> Result<Int, ReadoutError>? {
    guard piece.hasPrefix("NEAR/") || piece == "NEAR" else { return nil }
    guard let distance = Int(piece.dropFirst(5)), (0...1000).contains(distance) else {
      return .failure(
        ReadoutError(.request, "NEAR without a number of words", value: whole, hint: "write a NEAR/5 b"))
    }
    return .success(distance)
  }

  private mutating func readPhrase(_ text: String, _ modifiers: Modifiers, whole: String) throws(ReadoutError) {
    let before = words.count
    var rest = text[...]
    while let slash = rest.firstIndex(of: "/"), slash == rest.startIndex || rest[rest.index(before: slash)] == " " {
      let body = rest[rest.index(after: slash)...]
      guard let end = Self.expressionEnd(body) else { break }
      try readWords(String(rest[..<slash]), modifiers, whole: whole)
      let pattern = String(body[..<end])
      do { _ = try RegularExpression(pattern, isWhole: true) } catch {
        throw ReadoutError(.request, "a regular expression: \(error.message)", value: whole)
      }
      words.append(WordPattern(shape: .expression(pattern, ignoresCase: true), ignoresMarks: modifiers.ignoresMarks))
      cased?.append(WordPattern(shape: .expression(pattern, ignoresCase: false), ignoresMarks: modifiers.ignoresMarks))
      rest = body[body.index(after: end)...]
    }
    try readWords(String(rest), modifiers, whole: whole)
    if words.count == before {
      throw ReadoutError(
        .request, "a term without a word", value: whole,
        hint: "a term is a word, a phrase, or the beginning of a word and *")
    }
  }

  /// The slash that ends a regular expression: the first that a blank or the end follows.
  private static func expressionEnd(_ body: Substring) -> Substring.Index? {
    var at = body.startIndex
    while let slash = body[at...].firstIndex(of: "/") {
      let next = body.index(after: slash)
      if next == body.endIndex || body[next] == " " { return slash > body.startIndex ? slash : nil }
      at = next
    }
    return nil
  }

  /// Behind the regular expression with which a text of several terms goes on: behind its first slash, letters before it, that a scalar
  /// of `isEnd` or the end follows. Nil where there is none.
  static func expressionEnd(
    in rest: Substring.UnicodeScalarView, where isEnd: (Unicode.Scalar) -> Bool
  ) -> Substring.UnicodeScalarView.Index? {
    guard rest.first == "/" else { return nil }
    let start = rest.index(after: rest.startIndex)
    var at = start
    while let slash = rest[at...].firstIndex(of: "/") {
      at = rest.index(after: slash)
      if slash > start, at == rest.endIndex || isEnd(rest[at]) { return at }
    }
    return nil
  }

  /// Words and words with stars.
  private mutating func readWords(_ text: String, _ modifiers: Modifiers, whole: String) throws(ReadoutError) {
    let bytes = Array(text.utf8)
    var ranges: [Range<Int>] = []
    var at = WordRule.start(in: bytes.span, from: 0)
    while at < bytes.count {
      let end = WordRule.scan(bytes.span, from: at).end
      ranges.append(at..<end)
      at = WordRule.start(in: bytes.span, from: end)
    }
    let star: UInt8 = 0x2A
    for (place, byte) in bytes.enumerated() where byte == star {
      guard ranges.contains(where: { $0.upperBound == place || $0.lowerBound == place + 1 }) else {
        throw ReadoutError(
          .request, "a * that follows no word", value: whole, hint: "write the beginning of a word and *")
      }
    }
    var number = 0
    while number < ranges.count {
      var pieces = [ranges[number]]
      let start = ranges[number].lowerBound
      var end = ranges[number].upperBound
      while number + 1 < ranges.count, end < bytes.count, bytes[end] == star, ranges[number + 1].lowerBound == end + 1 {
        number += 1
        pieces.append(ranges[number])
        end = ranges[number].upperBound
      }
      number += 1
      let openStart = start > 0 && bytes[start - 1] == star
      let openEnd = end < bytes.count && bytes[end] == star
      let texts = pieces.map { String(decoding: bytes[$0], as: UTF8.self) }
      words.append(modifiers.pattern(texts.map(Words.folded), openStart: openStart, openEnd: openEnd))
      cased?.append(modifiers.pattern(texts.map(Words.composed), openStart: openStart, openEnd: openEnd))
    }
  }
}

extension Term {
  /// Whether it is one word, a phrase, or either with a `*` at its end: what `TermMatcher` finds.
  var isPlain: Bool {
    near == nil && cased == nil && words.dropLast().allSatisfy { $0.word != nil }
      && (words.last?.word != nil || words.last?.prefix != nil)
  }
}

/// What stands before a term, each with a colon: how its words are compared.
private struct Modifiers {
  var isCased = false
  var ignoresMarks = false
  var particles = false
  var language: Stemmer.Language?

  /// Reads the modifiers in front; gives what is left.
  mutating func read(_ text: String) throws(ReadoutError) -> String {
    var rest = text[...]
    while let colon = rest.firstIndex(of: ":") {
      let name = String(rest[..<colon])
      switch name {
      case "case": isCased = true
      case "bare": ignoresMarks = true
      case "particles": particles = true
      default:
        guard let language = Stemmer.Language(name) else {
          try Self.refuseMisspelt(name, before: rest[rest.index(after: colon)...], in: text)
          return String(rest)
        }
        self.language = language
      }
      rest = rest[rest.index(after: colon)...]
    }
    return String(rest)
  }

  /// Refuses what looks like a modifier with a letter or its case wrong: `englsh:attack` or `English:attack` would be a
  /// phrase that nobody writes. Other words before a colon, such as `re:invent`, are words of the term.
  private static func refuseMisspelt(
    _ name: String, before rest: Substring, in term: String
  ) throws(ReadoutError) {
    let small = name.lowercased()
    guard small.utf8.allSatisfy({ (0x61...0x7A).contains($0) }), rest.first?.isLetter == true else { return }
    let names = ["particles"] + Stemmer.Language.names
    let isCapital = (["case", "bare"] + names).contains(small)
    let near = isCapital ? small : small.utf8.count >= 5 ? Suggestion.nearest(to: small, among: names) : nil
    guard let near else { return }
    throw ReadoutError(
      .request, "unknown modifier of a term", value: term,
      hint: "did you mean \(near): ? A blank behind the colon makes it two words")
  }

  func pattern(_ pieces: [String], openStart: Bool, openEnd: Bool) -> WordPattern {
    if pieces.count > 1 || openStart || openEnd {
      return WordPattern(
        shape: .pieces(pieces.map(clean), openStart: openStart, openEnd: openEnd), ignoresMarks: ignoresMarks)
    }
    if let language {
      return WordPattern(
        shape: .stem(Stemmer(language).stem(of: clean(pieces[0])), language: language), ignoresMarks: ignoresMarks)
    }
    if particles {
      return WordPattern(
        shape: .expression(KoreanParticles.expression(after: clean(pieces[0])), ignoresCase: false),
        ignoresMarks: ignoresMarks)
    }
    return WordPattern(shape: .word(clean(pieces[0])), ignoresMarks: ignoresMarks)
  }

  private func clean(_ piece: String) -> String { ignoresMarks ? WordTest.bare(piece) : piece }
}
