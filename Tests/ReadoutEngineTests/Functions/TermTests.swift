import Foundation
import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Words and terms against a naive version that cuts the whole text into words first.
struct TermTests {
  /// Words by the rule, one code point at a time: the folded letters of each, and where it stands.
  struct Naive {
    struct Word {
      var letters: [String]
      var range: Range<Int>
    }
    var words: [Word] = []

    static func fold(_ scalar: Unicode.Scalar) -> String {
      let lower = scalar.properties.uppercaseMapping.lowercased()
      return lower.unicodeScalars.count == 1 && (scalar.isASCII || !lower.unicodeScalars.first!.isASCII)
        ? lower : String(scalar)
    }

    init(_ text: String) {
      var isOpen = false
      var at = 0
      for scalar in text.unicodeScalars {
        let end = at + String(scalar).utf8.count
        let isIdeograph = WordCharacters.isIdeograph(scalar.value)
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark:
          if isOpen || words.last?.range.upperBound == at, !words.isEmpty {
            words[words.count - 1].letters.append(String(scalar))
            words[words.count - 1].range = words[words.count - 1].range.lowerBound..<end
          }
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
          .letterNumber, .otherNumber, .connectorPunctuation:
          if isOpen && !isIdeograph {
            words[words.count - 1].letters.append(Self.fold(scalar))
            words[words.count - 1].range = words[words.count - 1].range.lowerBound..<end
          } else {
            words.append(Word(letters: [Self.fold(scalar)], range: at..<end))
          }
          isOpen = !isIdeograph
        default: isOpen = false
        }
        at = end
      }
      // Words with marks are compared in NFC.
      for index in words.indices where words[index].letters.contains("\u{301}") {
        let composed = words[index].letters.joined().precomposedStringWithCanonicalMapping
        words[index].letters = composed.unicodeScalars.map { String($0) }
      }
    }

    /// The matches of `terms`: at each word the term that reaches furthest, then on behind it.
    func matches(_ terms: [String]) -> [TermMatcher.Match] {
      let parsed = terms.map { (words: Naive($0).words.map(\.letters), isPrefix: $0.hasSuffix("*")) }
      var found: [TermMatcher.Match] = []
      var at = 0
      while at < words.count {
        var best: (rank: [Int], term: Int, words: Int)?
        for (number, term) in parsed.enumerated() where fits(term.words, term.isPrefix, at) {
          let rank = [term.words.count, term.isPrefix ? 0 : 1, term.isPrefix ? term.words.last!.count : 0]
          if best.map({ $0.rank.lexicographicallyPrecedes(rank) }) ?? true { best = (rank, number, term.words.count) }
        }
        if let best {
          let range = words[at].range.lowerBound..<words[at + best.words - 1].range.upperBound
          found.append(TermMatcher.Match(term: best.term, range: range))
          at += best.words
        } else {
          at += 1
        }
      }
      return found
    }

    private func fits(_ term: [[String]], _ isPrefix: Bool, _ at: Int) -> Bool {
      guard at + term.count <= words.count else { return false }
      return term.indices.allSatisfy { index in
        let word = words[at + index].letters
        return isPrefix && index == term.count - 1 ? word.starts(with: term[index]) : word == term[index]
      }
    }
  }

  static func matches(_ matcher: TermMatcher, _ text: String) -> [TermMatcher.Match] {
    let bytes = Array(text.utf8)
    var found: [TermMatcher.Match] = []
    while let match = matcher.next(in: bytes.span, from: found.last?.range.upperBound ?? 0) { found.append(match) }
    return found
  }

  /// Few letters and short words, so that terms occur, overlap and nest; every kind of character takes part.
  static let alphabets = [
    ["a", "A", "b", " ", " ", "-", "'"], ["k", "K", "\u{212A}", "s", "ſ", "é", "É", " ", "_", "1", "."],
    ["한", "국", "은", " ", "會", "議", "カ", "a", ","], ["σ", "ς", "Σ", " ", "e", "\u{301}", "\u{FE0F}", "❤", "’"],
  ]

  @Test(arguments: alphabets.indices, [1, 3, 6, 40])
  func randomTextsMatchTheNaiveVersion(alphabet: Int, termCount: Int) throws {
    let seed = UInt64(alphabet * 1000 + termCount)
    var random = SplitMix64(seed: seed)
    let letters = Self.alphabets[alphabet]
    func text(_ length: Int) -> String { (0..<length).map { _ in letters.randomElement(using: &random)! }.joined() }
    var found = 0
    for _ in 0..<60 {
      var terms: [String] = []
      while terms.count < termCount {
        var term = text(Int.random(in: 1...5, using: &random))
        let words = Naive(term).words
        if words.isEmpty { continue }
        if Bool.random(using: &random), words.last!.range.upperBound == term.utf8.count { term += "*" }
        // Of equal terms the first counts; the naive version has no such rule.
        if !terms.contains(where: { Self.isSame($0, term) }) { terms.append(term) }
        if letters.count < 8, terms.count > 5 { break }
      }
      let matcher = try TermMatcher(terms: terms)
      for _ in 0..<10 {
        let given = text(Int.random(in: 0...90, using: &random))
        let wanted = Naive(given).matches(terms)
        #expect(Self.matches(matcher, given) == wanted, "\(terms) in '\(given)', seed \(seed)")
        #expect(matcher.count(in: Array(given.utf8).span) == wanted.count)
        found += wanted.count
      }
    }
    #expect(found > 30)
  }

  static func isSame(_ a: String, _ b: String) -> Bool {
    a.hasSuffix("*") == b.hasSuffix("*") && Naive(a).words.map(\.letters) == Naive(b).words.map(\.letters)
  }

  @Test(arguments: [
    ("", 0), ("one", 1), ("one two", 2), ("don't", 1), ("l’Europe", 1), ("co-operation", 2), ("1,000.5 tons", 2),
    ("U.S.", 1), ("end. Start", 2), ("'quoted'", 1), ("rock 'n' roll", 3), ("1.", 1), ("a.b", 1), ("核実験", 2),
    ("한국은 강하다", 2), ("❤️ 👨‍👩‍👧", 0), ("naïve café", 2), ("e\u{301}a", 1), ("_x_", 1), ("…", 0), ("x'", 1), ("1'000", 1),
  ])
  func words(text: String, count: Int) {
    #expect(Words.count(in: Array(text.utf8).span) == count, "\(text)")
  }

  @Test func invalidBytesPartWords() throws {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62, 0xC3, 0x20, 0xED, 0xA0, 0x80, 0x61, 0xF0, 0x9F]
    #expect(Words.count(in: bytes.span) == 3)
    #expect(try TermMatcher(terms: ["a"]).count(in: bytes.span) == 2)
    #expect(try TermMatcher(terms: ["a", "b", "x", "y", "z"]).count(in: bytes.span) == 3)
  }

  @Test(arguments: ["", "  ", "*", "...", "a *", "!*"])
  func termsThatAreNone(term: String) {
    #expect(throws: ReadoutError.self) { try TermMatcher(terms: ["fine", term]) }
  }

  @Test func possessivesAndPhrases() throws {
    let korea = try TermMatcher(terms: ["Korea", "North Korea", "wartime operational control"])
    #expect(korea.count(in: Array("Korea's, North Korea’s KOREA; korean. North—Korea".utf8).span) == 4)
    #expect(korea.count(in: Array("wartime (operational) control; wartime operational".utf8).span) == 1)
  }

  /// The block search at every length and offset around its 16 and 32 bytes.
  @Test func placesAroundTheVectorSize() throws {
    let one = try TermMatcher(terms: ["xy"])
    let several = try TermMatcher(terms: ["xy", "qqq", "zz"])
    for length in 0...80 {
      for place in 0..<max(1, length - 1) where place + 2 <= length {
        var bytes = [UInt8](repeating: 0x20, count: length)
        bytes[place] = 0x58
        bytes[place + 1] = 0x79
        #expect(one.count(in: bytes.span) == 1 && several.count(in: bytes.span) == 1, "\(place) of \(length)")
      }
    }
  }

  @Test(arguments: [
    ("good,1.5x\nbad,1", "a weight that is no number", 1, "each line is: term,weight"),
    ("good,1,5x,pos\nbad,1", "a weight that is no number", 1, "each line is: term,weight"),
    ("good\t\u{2212}1\nbad\t1", "a weight that is no number", 1, "each line is: term,weight"),
    ("term,weight\ngood,much\nbad,1", "a weight that is no number", 2, "each line is: term,weight"),
    (
      "Good,1\rbad,1\rgood,2", "a term in a lexicon with two weights", 3,
      "it stands in line 1 already; case does not count, but behind case:"
    ),
    ("good,1\r\nbad,1\r\ngood,1", "a term twice in a lexicon", 3, "it stands in line 1 already"),
    ("good,1\na\u{0}b,1", "bytes that are no UTF-8 text", 2, "lexicons are written in UTF-8"),
  ]) func brokenLexicons(text: String, message: String, line: Int, hint: String) {
    let error = #expect(throws: ReadoutError.self) { try Lexicon(name: "x", bytes: Array(text.utf8), file: "x.csv") }
    #expect(error?.message == message && error?.place.line == line && error?.hint == hint)
  }

  @Test func lexiconsAreUTF8() {
    for (text, byte) in [("good,1\r\nsch\u{F6}n,5\n", 11), ("%\n1 pos\n%\nsch\u{F6}n 1\n", 13)] {
      let bytes = text.unicodeScalars.map { UInt8($0.value) }
      let error = #expect(throws: ReadoutError.self) { try Lexicon(name: "x", bytes: bytes, file: "x.csv") }
      #expect(error?.message == "bytes that are no UTF-8 text" && error?.value == "0xF6")
      #expect(error?.place.line == (byte == 11 ? 2 : 4) && error?.place.detail == "byte \(byte)")
    }
  }

  @Test func caseCountsWhereALexiconSaysSo() throws {
    let text = "case:US,1\ncase:us,2\n/\\d+/,1\n/\\D+/,2\nGood,3\ngood,3\n"
    #expect(try Lexicon(name: "x", csv: Array(text.utf8)).weights == [1, 2, 1, 2, 3, 3])
  }

  @Test func lexiconsSumWeights() throws {
    let csv = "term,weight\r\n\"very, good\",2\ngood,1\n# a note\n\nbad*,-1.5\n"
    let lexicon = try Lexicon(name: "tone", csv: Array(csv.utf8))
    #expect(try lexicon.sum(in: Array("Good. Very good! BADLY good".utf8).span) == 1 + 2 - 1.5 + 1)
    #expect(try lexicon.sum(in: [UInt8]().span) == 0)
    #expect(throws: ReadoutError.self) { try Lexicon(name: "x", csv: Array("a,1\na,2".utf8)) }
    #expect(throws: ReadoutError.self) { try Lexicon(name: "x", csv: Array("a,1\nb,much".utf8)) }
    #expect(throws: ReadoutError.self) { try Lexicon(name: "x", csv: Array("a,1\nb,7e777".utf8)) }
    for ends in ["\n", "\r\n", "\r"] {
      let lines = ["word,weight", "good,1", "", "bad,-1"].joined(separator: ends)
      #expect(try Lexicon(name: "x", csv: Array(lines.utf8)).weights == [1, -1], "\(ends.debugDescription)")
    }
    let function = Lexicons([lexicon]).function
    let error = #expect(throws: ReadoutError.self) {
      try function.bind([Argument(type: .text), Argument(type: .string, constant: "tonne")])
    }
    #expect(error?.hint == "did you mean tone?")
  }
}
