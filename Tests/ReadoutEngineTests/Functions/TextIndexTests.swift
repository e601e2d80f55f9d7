import Foundation
import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Terms in texts and in the index of a column, against a version that knows neither: it cuts a text into characters,
/// lets Foundation compose them, and tries every term at every place.
struct TextIndexTests {
  /// A text as parts, each as its folded letters and as written.
  struct Parts {
    var folded: [String] = []
    var written: [String] = []

    init(_ text: String) {
      var open = ""
      func close(_ parts: inout Parts, _ open: inout String) {
        if open.isEmpty { return }
        parts.written.append(open.precomposedStringWithCanonicalMapping)
        parts.folded.append(Parts.fold(open))
        open = ""
      }
      for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: if !open.isEmpty { open.unicodeScalars.append(scalar) }
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
          .connectorPunctuation:
          if Parts.standsAlone(scalar) || open.unicodeScalars.first.map(Parts.standsAlone) == true {
            close(&self, &open)
          }
          open.unicodeScalars.append(scalar)
        default: close(&self, &open)
        }
      }
      close(&self, &open)
    }

    static func fold(_ text: String) -> String {
      text.unicodeScalars.map { TermTests.Naive.fold($0) }.joined().precomposedStringWithCanonicalMapping
    }

    /// Han, Kana and Thai.
    private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
      (0x0E00...0x0E7F).contains(scalar.value) || (0x3040...0x30FF).contains(scalar.value)
        || (0x4E00...0x9FFF).contains(scalar.value)
    }
  }

  /// A term as text and as what it means.
  struct Wanted {
    enum Word {
      case exact(String), begins(String), ends(String), holds(String), matches(String), bare(String), cased(String)
      case particles(String)

      func fits(_ parts: Parts, _ place: Int) -> Bool {
        let word = parts.folded[place]
        // Code points are compared: Swift's own comparison of strings would be by character.
        func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
        switch self {
        case .exact(let text): return scalars(word) == scalars(Parts.fold(text))
        case .begins(let text): return scalars(word).starts(with: scalars(Parts.fold(text)))
        case .ends(let text): return scalars(word).reversed().starts(with: scalars(Parts.fold(text)).reversed())
        case .holds(let text): return word.range(of: Parts.fold(text), options: .literal) != nil
        case .matches(let pattern):
          return word.range(of: "^(?:\(pattern))$", options: [.regularExpression, .caseInsensitive]) != nil
        case .bare(let text): return scalars(Self.bare(word)) == scalars(Self.bare(Parts.fold(text)))
        case .cased(let text):
          return scalars(parts.written[place]) == scalars(text.precomposedStringWithCanonicalMapping)
        case .particles(let noun): return word.hasPrefix(noun) && Self.areParticles(word.dropFirst(noun.count), 3)
        }
      }

      /// Whether a text is at most so many particles, of those that the random texts have.
      static func areParticles(_ text: Substring, _ count: Int) -> Bool {
        text.isEmpty
          || count > 0
            && ["은", "는", "에서", "의", "인"].contains {
              text.hasPrefix($0) && areParticles(text.dropFirst($0.count), count - 1)
            }
      }

      static func bare(_ text: String) -> String {
        let kept = text.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
          $0.properties.generalCategory != .nonspacingMark
        }
        return String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping
      }

      /// Whether it says all letters, then how many.
      var closeness: [Int] {
        switch self {
        case .exact, .bare, .cased: [1, 0]
        case .begins(let text), .ends(let text), .holds(let text): [0, 1 + Parts.fold(text).unicodeScalars.count]
        case .matches, .particles: [0, 0]
        }
      }
    }

    var text: String
    var words: [Word]
    var near: Int?

    func length(_ parts: Parts, _ place: Int) -> Int? {
      func stands(_ words: ArraySlice<Word>, _ at: Int) -> Bool {
        at + words.count <= parts.folded.count && words.enumerated().allSatisfy { $1.fits(parts, at + $0) }
      }
      guard let near else { return stands(words[...], place) ? words.count : nil }
      var lengths: [Int] = []
      for (a, b) in [(words[..<1], words[1...]), (words[1...], words[..<1])] where stands(a, place) {
        for gap in 0...near where stands(b, place + a.count + gap) { lengths.append(words.count + gap) }
      }
      return lengths.min()
    }
  }

  /// By term, how often it counts.
  static func naive(_ terms: [Wanted], _ text: String) -> [Int] {
    let parts = Parts(text)
    var counts = Array(repeating: 0, count: terms.count)
    var place = 0
    while place < parts.folded.count {
      var best: (rank: [Int], term: Int, length: Int)?
      for (number, term) in terms.enumerated() {
        guard let length = term.length(parts, place) else { continue }
        let closeness = term.words.map(\.closeness)
        let rank = [length, closeness.reduce(0) { $0 + $1[0] }, closeness.reduce(0) { $0 + $1[1] }, -number]
        if best.map({ $0.rank.lexicographicallyPrecedes(rank) }) ?? true { best = (rank, number, length) }
      }
      if let best { counts[best.term] += 1 }
      place += best?.length ?? 1
    }
    return counts
  }

  static let pieces = [
    "war", "War", "peace", "peaceful", "korea", "Korea’s", "don't", "test", "tests", "testing", "nuclear", "US", "us",
    "résumé", "re\u{301}sume\u{301}", "resume", "한국", "한국은", "한국에서는", "한국인의", "한국어", "북한", "核実験", "会議", "カナ", "ข้อตกลง",
    "1,000.5", "U.S.",
    "co-operate",
    "naïve", "ELLÁS", "Σίσυφος", "σίσυφοσ", "l'Europe", "Europe",
  ]
  static let signs = [" ", " ", " ", " ", ", ", ". ", "-", "", "'", "—", "\n"]

  static func text(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 0...14, using: &random)).map { _ in
      pieces.randomElement(using: &random)! + signs.randomElement(using: &random)!
    }.joined()
  }

  static func term(_ random: inout SplitMix64, plain: Bool) -> Wanted {
    let words = [
      "war", "peace", "korea", "test", "nuclear", "us", "résumé", "한국", "核", "europe", "don", "t", "s", "1", "σίσυφος",
    ]
    func word() -> String { words.randomElement(using: &random)! }
    switch Int.random(in: 0..<(plain ? 4 : 12), using: &random) {
    case 0: return { Wanted(text: $0, words: [.exact($0)]) }(word())
    case 1: return { Wanted(text: "\($0) \($1)", words: [.exact($0), .exact($1)]) }(word(), word())
    case 2:
      return { Wanted(text: "\($0)*", words: [.begins($0)]) }(
        ["pea", "te", "한", "r", "korea"].randomElement(using: &random)!)
    case 3:
      return { Wanted(text: "\($0) \($1)*", words: [.exact($0), .begins($1)]) }(
        word(), ["t", "pea", "u"].randomElement(using: &random)!)
    case 4:
      return { Wanted(text: "*\($0)", words: [.ends($0)]) }(["st", "ace", "은", "a"].randomElement(using: &random)!)
    case 5: return { Wanted(text: "*\($0)*", words: [.holds($0)]) }(["es", "국", "or"].randomElement(using: &random)!)
    case 6: return Wanted(text: "/tests?|WAR/ \("us")", words: [.matches("tests?|WAR"), .exact("us")])
    case 7:
      return { Wanted(text: "bare:\($0)", words: [.bare($0)]) }(
        ["resume", "naïve", "ellas"].randomElement(using: &random)!)
    case 8:
      return { Wanted(text: "case:\($0)", words: [.cased($0)]) }(
        ["US", "us", "War", "Korea"].randomElement(using: &random)!)
    case 9:
      let distance = Int.random(in: 0...3, using: &random)
      return { Wanted(text: "\($0) NEAR/\(distance) \($1)", words: [.exact($0), .exact($1)], near: distance) }(
        word(), word())
    case 10:
      return { Wanted(text: "particles:\($0)", words: [.particles($0)]) }(["한국", "북한"].randomElement(using: &random)!)
    default:
      return { Wanted(text: "\($0)* \($1)", words: [.begins($0), .exact($1)]) }(
        ["t", "k"].randomElement(using: &random)!, word())
    }
  }

  static func column(_ texts: [String?]) -> Column {
    Column(encoding: Values(texts.map { $0.map { .string($0) } ?? .null }, type: .text))
  }

  @Test(arguments: 0..<40)
  func termsMatchTheNaiveVersion(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let texts: [String?] = (0..<60).map { _ in Int.random(in: 0..<12, using: &random) == 0 ? nil : Self.text(&random) }
    let index = try TextIndex(
      Self.column(texts), threads: 2, way: WordCutterTests.ways[seed % WordCutterTests.ways.count])
    var found = 0
    for round in 0..<12 {
      let wanted = (0..<Int.random(in: 1...6, using: &random)).map { _ in Self.term(&random, plain: round < 5) }
      let terms = try Terms(wanted.map(\.text))
      let weights = Vector<Int64>(wanted.indices.map { Int64(1) << Int64(8 * $0) })
      let sums = try #require(try IndexedTerms(terms, weights: weights, in: index)).sums(in: index.blocks[0])
      for (row, text) in texts.enumerated() {
        let counts = Self.naive(wanted, text ?? "")
        let note: Comment = "\(wanted.map(\.text)) in '\(text ?? "nil")', seed \(seed)"
        var scanned = Array(repeating: 0, count: wanted.count)
        let bytes = Array((text ?? "").utf8)
        try terms.forEachMatch(in: bytes.span) { scanned[$0.term] += 1 }
        #expect(scanned == counts, note)
        let counted = try terms.count(in: bytes.span)
        #expect(counted == counts.reduce(0, +), note)
        #expect(sums[row] == zip(counts, weights).reduce(0) { $0 + Int64($1.0) * $1.1 }, note)
        found += counts.reduce(0, +)
      }
    }
    #expect(found > 100)
  }

  @Test func theIndexHoldsTheWordsOfEachRow() throws {
    var random = SplitMix64(seed: 7)
    // More than one chunk, and a last block that is not full.
    var texts: [String?] = (0..<Table.chunkRows + 20_000).map { _ in "" }
    for row in 0..<3000 { texts[row * 28 + row % 3] = row % 7 == 0 ? nil : Self.text(&random) }
    let column = Self.column(texts)
    let index = try TextIndex(column, threads: 1)
    #expect(index.blocks.map(\.rowCount).reduce(0, +) == texts.count && index.blocks.count == 6)
    var counts: [String: Int64] = [:]
    for block in index.blocks {
      for row in 0..<block.rowCount {
        let text = texts[block.firstRow + row] ?? ""
        let bytes = Array(text.utf8)
        let words = Words.ranges(in: bytes.span).map { Words.folded(String(decoding: bytes[$0], as: UTF8.self)) }
        #expect(block.words(ofRow: row).map { index.vocabulary[Int($0)] } == words)
        for word in words { counts[word, default: 0] += 1 }
      }
      var rowsOfWord: [UInt32: [UInt16]] = [:]
      for row in 0..<block.rowCount {
        for word in block.words(ofRow: row) { rowsOfWord[word, default: []].append(UInt16(row)) }
      }
      for (place, word) in block.words.enumerated() {
        #expect(Array(block.rows(ofPlace: place)) == rowsOfWord[word])
        #expect(block.place(ofWord: Int(word)) == place)
      }
    }
    #expect(counts.count == index.vocabulary.count)
    for (word, count) in counts {
      let number = index.vocabulary.number(of: word)
      #expect(number.map { index.vocabulary.counts[$0] } == count)
    }
    for threads in [2, 8] {
      let other = try TextIndex(column, threads: threads)
      #expect(
        (0..<other.vocabulary.count).map { other.vocabulary[$0] }
          == (0..<index.vocabulary.count).map { index.vocabulary[$0] })
      #expect(
        zip(other.blocks, index.blocks).allSatisfy {
          $0.words == $1.words && $0.rows == $1.rows && $0.offsets == $1.offsets
        })
    }
  }

  @Test func batchesPutTogetherReadSeveralBlocks() throws {
    let texts: [String?] = (0..<Batch.rows * 2 + 5).map { $0 % 1000 == 0 ? "war and peace" : "" }
    let index = try TextIndex(Self.column(texts), threads: 2)
    let terms = try Terms(["war", "peace"]).found(in: index)
    let rows = Vector<UInt32>([0, 5, 1000, 17_000, 32_000, 32_772])
    let values = index.values(chunk: 0, range: 0..<texts.count, rows: rows) { terms.sums(in: $0) }
    #expect(Array(values) == [2, 0, 2, 2, 2, 0])
    #expect(Array(terms.rows(in: index.blocks[1])) == (17...32).map { UInt32($0 * 1000 - Batch.rows) })
  }

  /// The examples of quanteda's `dictionary` and `dfm_lookup` pages: glob patterns, phrases, case.
  @Test func dictionariesOfQuanteda() throws {
    func count(_ terms: [String], _ text: String) throws -> Int { try Terms(terms).count(in: Array(text.utf8).span) }
    let documents = [
      "My Christmas was ruined by your opposition tax plan.",
      "Does the United_States or Sweden have more progressive taxation?",
    ]
    #expect(try documents.map { try count(["christmas", "santa", "holiday"], $0) } == [1, 0])
    #expect(try documents.map { try count(["opposition", "rejected", "notincorpus"], $0) } == [1, 0])
    #expect(try documents.map { try count(["tax*", "glob*"], $0) } == [1, 1])
    #expect(try documents.map { try count(["/tax.+/"], $0) } == [0, 1])
    #expect(try documents.map { try count(["United_States", "Sweden"], $0) } == [0, 2])
    // The longest wins within one list, as with nested_scope = "dictionary".
    #expect(try count(["stars", "united states", "states"], "The United States has states and stars") == 3)
    // Overlapping phrases: each word counts once.
    #expect(try count(["new york", "york city"], "New York City") == 1)
  }

  @Test(arguments: [
    "", "  ", "*", "...", "a *", "!*", "NEAR/3 a", "a NEAR/3", "a NEAR/x b", "a NEAR/2 b NEAR/2 c", "/(/", "case:",
    "english:*",
  ])
  func termsThatCannotBeRead(term: String) {
    #expect(throws: ReadoutError.self) { try Terms(["fine", term]) }
  }

  @Test(arguments: [
    ("particles:한국", "한국은 한국의 한국에서는 한국인 한국어 한국", 5),
    ("english:attack", "attacks attacked attacking attack’s tack Attack", 5),
    ("case:bare:Resume", "Résumé résumé Resume", 2), ("co*ion", "cooperation coalition cohesion coin", 3),
    ("/col(o|ou)r/", "Color colours colour", 2), ("https://un.org", "see https://un.org/en", 1), ("#OPCON", "OPCON", 1),
    ("case:*TION", "ACTION action", 1), ("case:/[A-Z]{3,}/", "ROK rok DPRK US", 2),
  ])
  func modifiersAndPatterns(term: String, text: String, count: Int) throws {
    let terms = try Terms([term])
    #expect(try terms.count(in: Array(text.utf8).span) == count)
    let index = try TextIndex(Self.column([text]), threads: 1)
    let sums = try terms.found(in: index).sums(in: index.blocks[0])
    #expect(Array(sums) == [Int64(count)])
  }

  @Test(arguments: [
    ("OPCON", "opcon", true), ("a b", "b a", false), ("a AND b", "b a", true), ("a OR b AND c", "a", true),
    ("(a OR b) AND c", "a", false), ("NOT a", "b", true), ("a NOT b", "a b", false),
    ("a AND NOT 'b c'", "a b c", false),
    ("a AND NOT 'b c'", "a c b", true), ("\"a b\" OR x*", "xy", true), ("a NEAR/1 b AND c", "b z a c", true),
    ("/a(b|c)/ AND d", "ac d", true), ("and OR or", "or", true),
  ])
  func queries(query: String, text: String, holds: Bool) throws {
    let parsed = try TextQueryParser.parse(query)
    let found = try parsed.terms.map { try Terms([$0]).isFound(in: Array(text.utf8).span) }
    #expect(parsed.query.evaluate { found[$0] } == holds)
  }

  @Test(arguments: ["", "AND", "a AND", "(a", "a)", "a OR OR b", "'a", "a 'b' c", "NOT", "a (b)"])
  func queriesThatCannotBeRead(query: String) {
    #expect(throws: ReadoutError.self) { try TextQueryParser.parse(query) }
  }

  @Test func lexiconsOfOtherLayouts() throws {
    let afinn = try Lexicon(name: "a", bytes: Array("abandon\t-2\ncan't stand\t-3\nbest damn\t4\n".utf8))
    #expect(try afinn.sum(in: Array("Can’t stand the best damn abandon".utf8).span) == -1)
    let liwc = try Lexicon(
      name: "l", bytes: Array("%\n1\tposemo\n2\tanger\n%\nhappy\t1\nhate*\t2\nkill joy\t1\t2\n".utf8))
    #expect(liwc.categories == ["posemo", "anger"])
    let text = Array("happy, hateful kill joy".utf8)
    #expect(try liwc.sum(in: text.span) == 3)
    #expect(try liwc.category("anger")?.sum(in: text.span) == 2)
    #expect(try liwc.category("sadness") == nil)
    #expect(throws: ReadoutError.self) { try Lexicon(name: "l", bytes: Array("%\n1 a\n%\nhappy 3\n".utf8)) }
    let tone = try Lexicon(
      name: "t", bytes: Array("term,weight,category\ngood,0.1,plus\nbad,-0.2,minus\ngood,0.1,moral\n".utf8))
    #expect(try tone.sum(in: Array("good good good bad".utf8).span) == 0.1)
    #expect(try tone.category("moral")?.sum(in: Array("good bad".utf8).span) == 0.1)
    #expect(try tone.sum(in: Array("It is not good. I don't say bad".utf8).span, negation: 2) == 0.1)
    #expect(try tone.sum(in: Array("not. Good".utf8).span, negation: 2) == 0.1)
  }
}
