import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Boundaries of words and sentences against Unicode's own test lines, where Debian's unicode-data has put them, and
/// against the examples that UAX #29 prints.
struct WordBreakTests {
  /// The text of a test line and its boundaries: `÷ 0061 × 0308 ÷`.
  private struct Line {
    var text: [UInt8] = []
    var boundaries: [Int] = []

    init?(_ line: Substring) {
      guard let fields = line.split(separator: "#", omittingEmptySubsequences: false).first, fields.contains("÷")
      else { return nil }
      for field in fields.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
        if field == "÷" {
          boundaries.append(text.count)
        } else if let value = UInt32(field, radix: 16), let scalar = Unicode.Scalar(value) {
          text += String(scalar).utf8
        }
      }
    }
  }

  private static func lines(_ name: String) -> [Line]? {
    guard let bytes = try? Files.contents("/usr/share/unicode/auxiliary/" + name) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap(Line.init)
  }

  /// The texts of Unicode's test lines, where they are at hand.
  static func texts(of name: String) -> [[UInt8]]? { lines(name)?.map(\.text) }

  private static func wordBoundaries(_ text: [UInt8]) -> [Int] {
    var found = [0]
    while found.last! < text.count { found.append(WordBreaks.end(in: text.span, from: found.last!)) }
    return found
  }

  @Test func wordsOfUnicodesTestLines() {
    guard let lines = Self.lines("WordBreakTest.txt") else { return }
    #expect(lines.count > 1800)
    for line in lines { #expect(Self.wordBoundaries(line.text) == line.boundaries, "\(line.text)") }
  }

  @Test func sentencesOfUnicodesTestLines() {
    guard let lines = Self.lines("SentenceBreakTest.txt") else { return }
    #expect(lines.count > 500)
    for line in lines {
      let ends = Sentences.ranges(in: line.text.span).map(\.upperBound)
      #expect([0] + ends == line.boundaries, "\(line.text)")
    }
  }

  @Test(arguments: [
    (
      "The quick (“brown”) fox can’t jump 32.3 feet, right?",
      ["The", "quick", "brown", "fox", "can’t", "jump", "32.3", "feet", "right"]
    ),
    ("U.S. troops' 28,500-strong", ["U.S", "troops", "28,500", "strong"]),
    ("https://un.org/a-b #OPCON @mnd co-operation", ["https", "un.org", "a", "b", "OPCON", "mnd", "co", "operation"]),
    ("l’Europe rock 'n' roll _x_", ["l’Europe", "rock", "n", "roll", "_x_"]),
    ("한국은 강하다.", ["한국은", "강하다"]), ("e\u{301}te\u{301} ❤️ 👨‍👩‍👧", ["e\u{301}te\u{301}"]),
    ("核実験を", ["核", "実験", "を"]), ("人民共和国成立", ["人民", "共和国", "成立"]),
    ("ข้อตกลงทางทหาร", ["ข้อ", "ตกลง", "ทาง", "ทหาร"]), ("", []), ("…", []),
  ])
  func wordsOfExamples(text: String, words: [String]) {
    let bytes = Array(text.utf8)
    #expect(Words.ranges(in: bytes.span).map { String(decoding: bytes[$0], as: UTF8.self) } == words)
  }

  @Test(arguments: [
    ("World’s", "world's"), ("CAFE\u{301}", "café"), ("Ελλάς", "ελλάσ"), ("U.S", "u.s"), ("한국", "한국"),
    ("\u{1112}\u{1161}\u{11AB}", "한"), ("e\u{323}\u{302}", "ệ"),
  ])
  func foldedWords(word: String, folded: String) {
    #expect(Array(Words.folded(word).unicodeScalars) == Array(folded.unicodeScalars))
  }
}
