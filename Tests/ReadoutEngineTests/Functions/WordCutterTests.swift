import Foundation
import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Rows cut 64 bytes at a time, against `Words`, which goes byte by byte; by each way this processor has.
struct WordCutterTests {
  static let ways = WordCutter.Way.allCases.filter(\.isSupported)

  /// A row's words, and for each whether a phrase reaches it, by the rules alone.
  private static func plain(_ text: String) -> (words: [String], joints: [Bool]) {
    let bytes = Array(text.utf8)
    var (words, joints): ([String], [Bool]) = ([], [])
    var last: Int?
    Words.forEach(in: bytes.span) { start, end in
      words.append(Words.folded(String(decoding: bytes[start..<end], as: UTF8.self)))
      joints.append(last.map { PhraseJoint.joins(bytes.span, $0, start) } ?? false)
      last = end
    }
    return (words, joints)
  }

  private static func expectPlainWords(of texts: [String?], _ note: Comment) {
    let expected = texts.map { plain($0 ?? "") }
    let column = TextIndexTests.column(texts)
    for way in ways {
      var cutter = WordCutter(way: way)
      var rows = expected[...]
      // Twice: what a cutter keeps from one block must not show in the next.
      for round in 0..<2 {
        if round == 1 { rows = expected[...] }
        for batch in Batch.all(of: column) {
          cutter.cut(column.values(chunk: batch.chunk, range: batch.range).strings)
          let (words, offsets, joints) = (cutter.words(), cutter.rowOffsets(), cutter.tokenJoints())
          var seen: [String: Int] = [:]
          for row in 0..<batch.range.count {
            let range = Int(offsets[row])..<Int(offsets[row + 1])
            let tokens = range.map { Int(cutter.allTokens[$0]) }
            let wanted = rows.removeFirst()
            #expect(tokens.map { words[$0] } == wanted.words, "\(way), row \(row), \(note)")
            #expect(range.map { joints[$0] } == wanted.joints, "\(way), row \(row), \(note)")
            for word in wanted.words where seen[word] == nil { seen[word] = seen.count }
            #expect(tokens == wanted.words.map { seen[$0] }, "\(way), row \(row), \(note)")
          }
          #expect(words.count == seen.count)
        }
      }
    }
  }

  /// What a block of 64 bytes may begin, end or be cut with, at every place around two ends of a block.
  @Test(arguments: ["", "a", " ", "-", "_9Z", "Ab ", "x. ", "é"])
  func everyPlaceAroundTheEndsOfBlocks(lead: String) {
    let middles = [
      "", "a", " ", "a b", "a.b", "a. b", "a.", ".a", "'", "a'b", "a' b", "1,000.5", "1.a", "é", "aé", "éa", " é ", "—",
      "a—b", "核実験",
      "a-b", "a - b", "a\n\tb", "…", "ab’s", "a:b;c", "a\"b", "\u{301}", " \u{301}a", "a\u{AD}b", "\u{A0}", "Z[`{@",
    ]
    var texts: [String] = []
    for length in [0, 1, 2] + Array(54...68) + Array(122...130) {
      let bytes = Array(lead.utf8)
      // Whole characters, up to the length.
      let start = bytes.isEmpty ? "" : String(String(repeating: lead, count: length / bytes.count + 1).prefix(length))
      for middle in middles { texts += [start + middle, start + middle + " and so on", start + middle + "z"] }
    }
    Self.expectPlainWords(of: texts, "lead '\(lead)'")
  }

  @Test func wordsOfEveryLength() {
    for sign in [" ", ".", ".b", "é", ""] {
      let texts = (0...140).flatMap { length in
        ["", "x", "--"].map { $0 + String(repeating: "aB3_", count: 40).prefix(length) + sign + " end" }
      }
      Self.expectPlainWords(of: texts, "sign '\(sign)'")
    }
  }

  @Test(arguments: 0..<20)
  func randomTexts(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let more = [
      "the", "of", "and", "CO2", "snake_case", "3.14", "e.g", "x", "NATO", "a,b", "\u{7F}", "\u{0}", "²", "ª", "🇰🇷",
      "\r\n",
    ]
    let texts: [String?] = (0..<150).map { _ in
      if Int.random(in: 0..<15, using: &random) == 0 { return nil }
      return (0..<Int.random(in: 0...40, using: &random)).map { _ in
        (Int.random(in: 0..<4, using: &random) == 0 ? TextIndexTests.pieces : more).randomElement(using: &random)!
          + TextIndexTests.signs.randomElement(using: &random)!
      }.joined()
    }
    Self.expectPlainWords(of: texts, "seed \(seed)")
  }

  /// Unicode's own test lines, at places that put them across the end of a block.
  @Test func unicodesTestLines() throws {
    guard let lines = WordBreakTests.texts(of: "WordBreakTest.txt") else { return }
    for place in [0, 1, 55, 58, 59, 60, 61, 62, 63] {
      let texts = lines.map { String(repeating: " ", count: place) + String(decoding: $0, as: UTF8.self) + " a" }
      Self.expectPlainWords(of: texts, "\(place) blanks in front")
    }
  }

  /// More words and tokens than there is room for at first, of all widths of token numbers.
  @Test(arguments: [200, 256, 257, 70_000])
  func blocksOfManyWords(count: Int) {
    let each = 50
    let texts = stride(from: 0, to: count, by: each).map { first in
      (first..<min(first + each, count)).map { $0 % 1000 == 1 ? "é\($0)" : "w\($0)" }.joined(separator: " ")
    }
    Self.expectPlainWords(of: texts, "\(count) words")
  }

  @Test func allWaysGiveTheSameIndex() throws {
    var random = SplitMix64(seed: 3)
    let column = TextIndexTests.column(
      (0..<40_000).map { _ in Int.random(in: 0..<50, using: &random) == 0 ? TextIndexTests.text(&random) : "war, war" })
    let index = try TextIndex(column, threads: 1)
    for (way, threads) in Self.ways.flatMap({ way in [1, 3].map { (way, $0) } }) {
      let other = try TextIndex(column, threads: threads, way: way)
      #expect(other.vocabulary.words.bytes == index.vocabulary.words.bytes)
      #expect(other.vocabulary.counts == index.vocabulary.counts)
      for (a, b) in zip(other.blocks, index.blocks) {
        #expect(a.words == b.words && a.offsets == b.offsets && a.rows == b.rows && a.joints == b.joints)
        #expect(a.tokens.codes(0..<a.tokenCount) == b.tokens.codes(0..<b.tokenCount))
      }
    }
  }
}
