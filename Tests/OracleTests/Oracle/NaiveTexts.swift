import Foundation
import ReadoutEngine
import ReadoutVectors

/// What the steps over text give, by the plainest code: dictionaries of strings, every pair compared.
struct NaiveTexts {
  let groups: [String?]
  let texts: [String?]
  let words: [[String]]
  /// What a word counts as, where that is another.
  private var classes: [String: String] = [:]

  init(groups: [String?], texts: [String?]) {
    self.groups = groups
    self.texts = texts
    words = texts.map { Self.words($0 ?? "").map(\.word) }
  }

  /// The same texts, words that share a stem being the commonest of them; stop words stay as they are.
  func stemmed(by language: Stemmer.Language, stop: Set<String>) -> NaiveTexts {
    var counts: [String: Int] = [:]
    for word in words.joined() where !stop.contains(word) { counts[word, default: 0] += 1 }
    let stemmer = Stemmer(language)
    var stemmed = self
    for (_, forms) in Dictionary(grouping: counts.keys, by: { stemmer.stem(of: $0) }) {
      let shown = Self.ranked(counts.filter { forms.contains($0.key) })[0]
      for form in forms { stemmed.classes[form] = shown }
    }
    return stemmed
  }

  static func words(_ text: String) -> [(word: String, range: Range<Int>)] {
    let bytes = Array(text.utf8)
    return Words.ranges(in: bytes.span).map { range in
      (Words.folded(String(decoding: bytes[range], as: UTF8.self)), range)
    }
  }

  /// Runs of words of a row between which there is nothing but blanks, hyphens and apostrophes.
  func phrases(_ row: Int, _ length: Int) -> [[String]] {
    let bytes = Array((texts[row] ?? "").utf8)
    let cut = Self.words(texts[row] ?? "")
    if cut.count < length { return [] }
    return (0...cut.count - length).compactMap { start in
      for place in start + 1..<start + length {
        let gap = String(decoding: bytes[cut[place - 1].range.upperBound..<cut[place].range.lowerBound], as: UTF8.self)
        let isJoined = gap.unicodeScalars.allSatisfy {
          " -'\t\n\r\u{A0}\u{AD}\u{2019}\u{2010}\u{2011}\u{3000}".unicodeScalars.contains($0)
        }
        if !isJoined { return nil }
      }
      return cut[start..<start + length].map { classes[$0.word] ?? $0.word }
    }
  }

  /// The keys of the groups in order, null last.
  var keys: [String?] {
    let named = Set(groups.compactMap(\.self)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return named.map { $0 } + (groups.contains(nil) ? [nil] : [])
  }

  func rows(of key: String?) -> [Int] { groups.indices.filter { groups[$0] == key } }

  /// Counts of terms over rows: how often, and in how many rows.
  func counts(_ rows: [Int], _ length: Int, stop: Set<String> = []) -> [String: (n: Int, rows: Int)] {
    var counts: [String: (n: Int, rows: Int)] = [:]
    for row in rows {
      let found = phrases(row, length).filter { !stop.contains($0[0]) && !stop.contains($0[length - 1]) }
        .map { $0.joined(separator: " ") }
      for term in found { counts[term, default: (0, 0)].n += 1 }
      for term in Set(found) { counts[term]!.rows += 1 }
    }
    return counts
  }

  /// Terms with scores, the highest first, equal ones in code point order.
  static func ranked<Score: Comparable>(_ scores: [String: Score]) -> [String] {
    scores.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }.map(\.key)
  }

  /// The runs of a phrase's length by which of its words they have in their places.
  func cells(_ rows: [Int], _ phrase: [String]) -> [Double] {
    var cells = [Double](repeating: 0, count: 1 << phrase.count)
    for row in rows {
      for run in phrases(row, phrase.count) {
        cells[run.indices.reduce(0) { run[$1] == phrase[$1] ? $0 | 1 << $1 : $0 }] += 1
      }
    }
    return cells
  }

  /// The distinct shingles of a row.
  func shingles(_ row: Int, _ length: Int) -> Set<[String]> {
    let words = words[row]
    if words.isEmpty { return [] }
    return Set((0..<max(1, words.count - length + 1)).map { Array(words[$0..<min($0 + length, words.count)]) })
  }
}
