import Foundation
import ReadoutEngine
import ReadoutVectors
import Testing

/// The steps over text against plain code, on random texts of several scripts, and with 1, 2 and 8 threads.
@Suite struct TextStepTests {
  /// Random rows: words from a small set, so that phrases repeat, with signs that join and signs that part.
  static func texts(_ rows: Int, _ random: inout SeededGenerator) -> NaiveTexts {
    let words = [
      "the", "The", "nuclear", "NUCLEAR", "test", "tests", "Korea", "north", "co", "operation", "한국은", "한국의", "Élysée",
      "ÉLYSÉE", "2025", "don't", "of", "war", "testing", "wars", "thing", "things", "nuclears",
    ]
    let gaps = [" ", " ", " ", " ", "-", ", ", ". ", "\n", " (", "\u{A0}", "’"]
    func text() -> String? {
      if random.chance(10) { return nil }
      return random.pick(["", "", "“", "(-- "])
        + (0..<random.below(14)).map { _ in random.pick(words) + random.pick(gaps) }.joined()
    }
    return NaiveTexts(
      groups: (0..<rows).map { _ in random.pick(["A", "B", "C", nil]) }, texts: (0..<rows).map { _ in text() })
  }

  /// Texts as random as the choice of stems.
  private static func stemmed(
    _ texts: NaiveTexts, stop: [String] = [], _ random: inout SeededGenerator
  ) -> (texts: NaiveTexts, stem: Stemming) {
    guard random.chance(2), let language = Stemmer.Language(random.pick(["english", "french"])) else {
      return (texts, random.pick([.ofColumn, .none]))
    }
    return (texts.stemmed(by: language, stop: Set(stop)), .language(language))
  }

  static func query(_ texts: NaiveTexts) -> Query {
    let groups = Values(texts.groups.map { $0.map { .string($0) } ?? .null }, type: .string)
    let bodies = Values(texts.texts.map { $0.map { .string($0) } ?? .null }, type: .text)
    let table = Table(
      fields: [.init("who", .string), .init("text", .text)],
      columns: [Column(encoding: groups), Column(encoding: bodies)],
      rowCount: texts.texts.count)
    return Query(table, named: "texts")
  }

  static let byWho = OptionExpressions("by", "who", [ListItem(name: nil, Expression(.column("who")))])

  /// The answer, the same whatever the threads.
  static func answer(_ step: some TableStep, _ texts: NaiveTexts) throws -> Table {
    let answers = try [1, 2, 8].map { threads in
      try Executor.run(query(texts).adding(.table(step)), options: ExecutionOptions(threads: threads))
    }
    #expect(answers.dropFirst().allSatisfy { Comparison.areIdentical($0, answers[0]) }, "threads differ: \(step.name)")
    return answers[0]
  }

  private func expect(_ answer: Table, _ expected: [[Scalar]], tolerance: Double = 0, _ title: String) {
    let naive = NaiveTable(names: answer.names, rows: expected)
    if let difference = Comparison.difference(answer, naive, tolerance: tolerance) {
      Issue.record("\(title): \(difference)")
    }
  }

  @Test(arguments: 1...3) func frequencies(_ length: Int) throws {
    for seed in Seeds.upTo(12) {
      var random = SeededGenerator(seed: seed &* 31 &+ UInt64(length))
      let plain = Self.texts(random.pick([0, 1, 60, 300]), &random)
      let (top, stop) = (random.pick([nil, 3, 10]), random.pick([[], ["the", "of"], ["tests", "things"]]))
      let (texts, stem) = Self.stemmed(plain, stop: stop, &random)
      let step = FrequenciesStep(
        by: Self.byWho, words: length, top: top, minimum: 2, stop: StopWords(stop), stem: stem)
      var expected: [[Scalar]] = []
      for key in texts.keys {
        let counts = texts.counts(texts.rows(of: key), length, stop: Set(stop)).filter { $0.value.n >= 2 }
        var rank = 1
        let terms = NaiveTexts.ranked(counts.mapValues(\.n))
        for (place, term) in terms.enumerated() where place < top ?? .max {
          if place > 0, counts[terms[place - 1]]!.n != counts[term]!.n { rank = place + 1 }
          let (n, rows) = counts[term]!
          expected.append([
            key.map { .string($0) } ?? .null, .string(term), .integer(Int64(n)), .integer(Int64(rows)),
            .integer(Int64(rank)),
          ])
        }
      }
      expect(try Self.answer(step, texts), expected, "\(length) words, seed \(seed)")
    }
  }

  @Test func keyness() throws {
    for seed in Seeds.upTo(12) {
      var random = SeededGenerator(seed: seed &+ 77)
      let (texts, stem) = Self.stemmed(Self.texts(random.pick([20, 300]), &random), &random)
      guard texts.groups.contains("A"), texts.groups.contains("B") else { continue }
      let target = OptionExpressions(
        "target", "who == 'A'",
        [
          ListItem(
            name: "target",
            Expression(.binary(.equal, Expression(.column("who")), Expression(.literal(.string("A"))))))
        ])
      let (a, b) = (
        texts.counts(texts.rows(of: "A"), 1),
        texts.counts(texts.groups.indices.filter { texts.groups[$0] != nil && texts.groups[$0] != "A" }, 1)
      )
      let totals = [a, b].map { $0.values.reduce(0.0) { $0 + Double($1.n) } }
      var scores: [String: Double] = [:]
      for word in Set(a.keys).union(b.keys) {
        let (n, m) = (Double(a[word]?.n ?? 0), Double(b[word]?.n ?? 0))
        scores[word] = ContingencyTable(a: n, b: m, c: totals[0] - n, d: totals[1] - m).logLikelihood(.none)
      }
      let expected = NaiveTexts.ranked(scores).map { word -> [Scalar] in
        [
          .string(word), .integer(Int64(a[word]?.n ?? 0)), .integer(Int64(b[word]?.n ?? 0)), .number(scores[word]!),
        ]
      }
      let answer = try Executor.run(
        Self.query(texts).adding(.table(KeynessStep(target: target, correction: .none, stem: stem))).adding(
          .select(
            ["term", "n_target", "n_reference", "statistic"].map { ListItem(name: nil, Expression(.column($0))) })),
        options: ExecutionOptions(threads: 2))
      expect(answer, expected, tolerance: 1e-12, "seed \(seed)")
      _ = try Self.answer(KeynessStep(target: target, measure: .logRatio, top: 5, stem: stem), texts)
    }
  }

  @Test(arguments: 2...3) func collocations(_ length: Int) throws {
    for seed in Seeds.upTo(8) {
      var random = SeededGenerator(seed: seed &* 17 &+ UInt64(length))
      let (texts, stem) = Self.stemmed(Self.texts(random.pick([1, 60, 200]), &random), &random)
      let step = CollocationsStep(by: Self.byWho, words: length, measure: .z, minimum: 2, stem: stem)
      var expected: [[Scalar]] = []
      for key in texts.keys {
        let rows = texts.rows(of: key)
        let counts = texts.counts(rows, length).filter { $0.value.n >= 2 }
        var scores: [String: Double] = [:]
        for term in counts.keys {
          let cells = texts.cells(rows, term.split(separator: " ").map(String.init))
          #expect(cells.last == Double(counts[term]!.n))
          scores[term] = LogLinearInteraction.of(cells.map { $0 + 0.5 }).z
        }
        for term in NaiveTexts.ranked(scores) {
          expected.append([
            key.map { .string($0) } ?? .null, .string(term), .integer(Int64(counts[term]!.n)), .number(scores[term]!),
          ])
        }
      }
      expect(try Self.answer(step, texts), expected, tolerance: 1e-12, "\(length) words, seed \(seed)")
    }
  }

  @Test func tfidf() throws {
    for seed in Seeds.upTo(8) {
      var random = SeededGenerator(seed: seed &+ 5)
      let (texts, stem) = Self.stemmed(Self.texts(random.pick([1, 40, 200]), &random), &random)
      let documents = texts.keys.map { texts.counts(texts.rows(of: $0), 1) }
      var expected: [[Scalar]] = []
      for (key, counts) in zip(texts.keys, documents) {
        let total = counts.values.reduce(0.0) { $0 + Double($1.n) }
        func tf(_ term: String) -> Double { Double(counts[term]!.n) / total }
        func df(_ term: String) -> Int { documents.count { $0[term] != nil } }
        var scores: [String: Double] = [:]
        for term in counts.keys { scores[term] = tf(term) * log10(Double(documents.count) / Double(df(term))) }
        for term in NaiveTexts.ranked(scores) {
          expected.append([
            key.map { .string($0) } ?? .null, .string(term), .integer(Int64(counts[term]!.n)), .number(tf(term)),
            .integer(Int64(df(term))), .number(scores[term]!),
          ])
        }
      }
      expect(try Self.answer(TfidfStep(by: Self.byWho, stem: stem), texts), expected, tolerance: 1e-12, "seed \(seed)")
      _ = try Self.answer(TfidfStep(measure: .scikitLearn, top: 2, stem: stem), texts)
    }
  }

  @Test func concordances() throws {
    for seed in Seeds.upTo(12) {
      var random = SeededGenerator(seed: seed &+ 900)
      let texts = Self.texts(random.pick([0, 1, 200]), &random)
      let terms = random.pick([
        ["nuclear"], ["nuclear test*", "Korea"], ["한국*", "co operation"], ["élysée", "don't"],
      ])
      let width = random.pick([0, 1, 3, 50])
      let matcher = try Terms(terms)
      var contexts: [[Scalar]] = []
      var counts: [[Scalar]] = []
      for (row, text) in texts.texts.enumerated() {
        let bytes = Array((text ?? "").utf8)
        func part(_ range: Range<Int>) -> Scalar {
          .string(
            String(decoding: bytes[range], as: UTF8.self).trimmingCharacters(in: CharacterSet(charactersIn: " \n\t\r")))
        }
        let words = NaiveTexts.words(text ?? "")
        var byTerm = [Int](repeating: 0, count: terms.count)
        let who: Scalar = texts.groups[row].map { .string($0) } ?? .null
        try matcher.forEachMatch(in: bytes.span) { match in
          byTerm[match.term] += 1
          let before = words.filter { $0.range.lowerBound < match.range.lowerBound }.map(\.range)
          let after = words.filter { $0.range.lowerBound >= match.range.upperBound }.map(\.range)
          let from =
            width == 0
            ? match.range.lowerBound
            : before.dropLast(width).isEmpty ? 0 : before.suffix(width)[before.count - width].lowerBound
          let to =
            width == 0 ? match.range.upperBound : after.count <= width ? bytes.count : after[width - 1].upperBound
          contexts.append([
            part(from..<match.range.lowerBound), part(match.range), part(match.range.upperBound..<to), who,
          ])
        }
        for (term, count) in byTerm.enumerated() where count > 0 {
          counts.append([
            who, text.map { .string($0) } ?? .null, .string(terms[term]), .integer(Int64(count)),
          ])
        }
      }
      expect(try Self.answer(KwicStep(terms: terms, width: width), texts), contexts, "kwic \(terms), seed \(seed)")
      expect(try Self.answer(TermsStep(.terms(terms)), texts), counts, "terms \(terms), seed \(seed)")
    }
  }

  /// Texts copied with some words changed: whatever is found is there, and hardly a pair at the threshold is missed.
  @Test func nearDuplicates() throws {
    var (found, there) = (0, 0)
    for seed in Seeds.upTo(6) {
      var random = SeededGenerator(seed: seed &+ 4000)
      let vocabulary = (0..<400).map { "w\($0)" }
      var bodies: [String?] = []
      for _ in 0..<120 {
        if let earlier = bodies.last, let words = earlier?.split(separator: " ").map(String.init), random.chance(2) {
          bodies.append(words.map { random.chance(25) ? random.pick(vocabulary) : $0 }.joined(separator: " "))
        } else {
          bodies.append(
            random.chance(12)
              ? nil : (0..<random.pick([1, 2, 20, 40])).map { _ in random.pick(vocabulary) }.joined(separator: " "))
        }
      }
      let texts = NaiveTexts(groups: bodies.map { _ in "A" }, texts: bodies)
      let threshold = random.pick([0.5, 0.8])
      let sets = bodies.indices.map { texts.shingles($0, 3) }
      var expected: [[Int]: Double] = [:]
      for later in bodies.indices {
        for earlier in 0..<later where !sets[later].isEmpty && !sets[earlier].isEmpty {
          let similarity =
            Double(sets[earlier].intersection(sets[later]).count) / Double(sets[earlier].union(sets[later]).count)
          if similarity >= threshold { expected[[earlier + 1, later + 1]] = similarity }
        }
      }
      let answer = try Self.answer(SimilarStep(threshold: threshold, givesPairs: true), texts)
      var parents = Array(bodies.indices)
      func root(_ row: Int) -> Int { parents[row] == row ? row : root(parents[row]) }
      for row in 0..<answer.rowCount {
        guard case .integer(let a) = answer.whole(0)[row], case .integer(let b) = answer.whole(1)[row],
          case .number(let similarity) = answer.whole(2)[row]
        else { throw OracleError(reason: "a pair of other types") }
        #expect(expected[[Int(a), Int(b)]] == similarity, "rows \(a) and \(b), seed \(seed)")
        let (x, y) = (root(Int(a) - 1), root(Int(b) - 1))
        parents[max(x, y)] = min(x, y)
      }
      found += answer.rowCount
      there += expected.count
      let clusters = try Self.answer(SimilarStep(threshold: threshold), texts)
      var numbers: [Int: Int64] = [:]
      for row in bodies.indices {
        let value = clusters.whole(2)[row]
        if sets[row].isEmpty {
          #expect(value.isNull)
        } else {
          if numbers[root(row)] == nil { numbers[root(row)] = Int64(numbers.count + 1) }
          #expect(value == .integer(numbers[root(row)]!), "row \(row + 1), seed \(seed)")
        }
      }
    }
    #expect(there > 100, "hardly a pair to find")
    #expect(Double(found) >= 0.99 * Double(there), "\(found) of \(there) pairs")
  }

  /// More rows than a block and than a run of the tallies: the counts are those of the index, whatever the threads.
  @Test func manyBlocks() throws {
    var random = SeededGenerator(seed: 1)
    let texts = Self.texts(40_000, &random)
    let answer = try Self.answer(FrequenciesStep(top: nil), texts)
    let index = try TextIndex.of(Self.query(texts).source.columns[1], options: ExecutionOptions(threads: 2))
    #expect(answer.rowCount == index.vocabulary.count)
    for row in 0..<answer.rowCount {
      guard case .string(let word) = answer.whole(0)[row] else { throw OracleError(reason: "no word") }
      #expect(answer.whole(1)[row] == .integer(index.vocabulary.counts[index.vocabulary.number(of: word)!]))
    }
    _ = try Self.answer(FrequenciesStep(by: Self.byWho, words: 3, top: 5), texts)
    _ = try Self.answer(SimilarStep(), texts)
    _ = try Self.answer(KwicStep(terms: ["nuclear test*"], width: 2), texts)
  }
}
