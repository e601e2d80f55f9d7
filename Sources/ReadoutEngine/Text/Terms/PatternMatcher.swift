import ReadoutVectors
import Synchronization

/// Finds any terms in texts by trying every pattern at every word: the simple way, for terms that `TermMatcher` has no
/// search for.
///
/// What a word was found to be is remembered, since words repeat. Any thread may ask.
final class PatternMatcher: Sendable {
  let list: TermList
  /// Words that the longest term may take.
  private let reach: Int
  /// Whether a test is a regular expression, which may take too many steps.
  let hasExpressions: Bool
  /// Whether the case of what an expression matches counts.
  let hasCasedExpressions: Bool
  /// Patterns that stand for one word, by that word.
  private let words: [String: Int]
  private let memory = Mutex(Memory())

  private struct Memory {
    /// By folded word the patterns that it fits; nil where that is not known.
    var fits: [String: [Int]?] = [:]
  }

  /// Words remembered; then memory starts anew.
  private static let capacity = 1 << 16

  init(_ list: TermList) {
    self.list = list
    reach = list.terms.map { $0.words.count + ($0.near?.distance ?? 0) }.max() ?? 0
    hasExpressions = list.patterns.contains(where: \.isExpression)
    hasCasedExpressions = list.terms.contains { $0.cased?.contains(where: \.isExpression) ?? false }
    var words: [String: Int] = [:]
    for (number, pattern) in list.patterns.enumerated() {
      if let word = pattern.word { words[word] = number }
    }
    self.words = words
  }

  /// The patterns that fit a folded word, ascending; nil where an expression took too many steps. `tests` are those of the patterns
  /// that stand for more than one word.
  func patterns(fitting word: String, _ tests: [(pattern: Int, test: WordTest)]) -> [Int]? {
    var fitting: [Int] = []
    for (pattern, test) in tests {
      if test.matches(word) { fitting.append(pattern) }
      if test.hasGivenUp { return nil }
    }
    if let own = words[word] { fitting.append(own) }
    return fitting.sorted()
  }

  /// Tests of the patterns that stand for more than one word; for one thread.
  func tests() -> [(pattern: Int, test: WordTest)] {
    list.patterns.indices.filter { list.patterns[$0].word == nil }.map { ($0, WordTest(list.patterns[$0])) }
  }

  /// Bytes of text whose words are tried before the clock is looked at: fewer, the more patterns there are.
  var bytesBetweenLooks: Int {
    let tests = list.patterns.count { $0.word == nil }
    return hasExpressions ? 4096 : max(4096, ScalarKernel.usualBytesBetweenLooks / (tests + 1))
  }

  /// A word for which an expression took too many steps: whether it matches is not known.
  var tooManySteps: ReadoutError {
    let expressions = list.patterns.compactMap { pattern in
      if case .expression(let text, _) = pattern.shape { "/\(text)/" } else { nil }
    }
    return ReadoutError(
      .data, "too many steps for one word of a text", value: expressions.joined(separator: ", "),
      hint: "avoid nested repetitions such as (a+)+")
  }

  /// The matches in a text, in order; they do not overlap.
  ///
  /// - Throws: where an expression takes too many steps for one of its words.
  func matches(in bytes: Span<UInt8>) throws(ReadoutError) -> [TermMatcher.Match] {
    let ranges = Self.parts(of: bytes)
    let texts = ranges.map { Words.folded(String(bytes, $0)) }
    let fitting = remembered(texts)
    guard fitting.count == texts.count else { throw tooManySteps }
    var hasGivenUp = false
    var found: [TermMatcher.Match] = []
    var place = 0
    while place < ranges.count {
      let candidates = fitting[place].flatMap { list.beginnings[$0] }
      // A span cannot be captured: case is looked at in copies of the few words that are candidates.
      var spellings: [Int: String] = [:]
      if candidates.contains(where: { list.terms[$0].cased != nil }) {
        for number in place..<min(ranges.count, place + reach) { spellings[number] = String(bytes, ranges[number]) }
      }
      let best = list.longest(at: place, of: ranges.count, among: candidates) { place, pattern in
        fitting[place].contains(pattern)
      } isMeant: { term, place, words in
        isMeant(term, place, words, spellings, &hasGivenUp)
      }
      if hasGivenUp { throw tooManySteps }
      guard let best else {
        place += 1
        continue
      }
      let last = place + best.words - 1
      found.append(.init(term: best.term, range: ranges[place].lowerBound..<ranges[last].upperBound))
      place = last + 1
    }
    return found
  }

  private static func parts(of bytes: Span<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var at = WordRule.start(in: bytes, from: 0)
    while at < bytes.count {
      let end = WordRule.scan(bytes, from: at).end
      ranges.append(at..<end)
      at = WordRule.start(in: bytes, from: end)
    }
    return ranges
  }

  /// The parts as they are written that a term from one of the places may take, by place; nil where the text has not so many
  /// parts in all.
  func spellings(in bytes: Span<UInt8>, from places: [Int], partCount: Int) -> [Int: String]? {
    let ranges = Self.parts(of: bytes)
    guard ranges.count == partCount else { return nil }
    var spellings: [Int: String] = [:]
    for place in places {
      for number in place..<min(partCount, place + reach) where spellings[number] == nil {
        spellings[number] = String(bytes, ranges[number])
      }
    }
    return spellings
  }

  /// Whether the case is the term's, where case counts. `spellings` are the parts as they are written, by place; `hasGivenUp` is set
  /// where an expression took too many steps.
  func isMeant(
    _ term: Int, _ place: Int, _ words: Int, _ spellings: [Int: String], _ hasGivenUp: inout Bool
  ) -> Bool {
    guard let cased = list.terms[term].cased else { return true }
    func fits(_ pattern: WordPattern, _ at: Int) -> Bool {
      guard let spelling = spellings[at] else { return false }
      let test = WordTest(pattern)
      let matches = test.matches(Words.composed(spelling))
      if test.hasGivenUp { hasGivenUp = true }
      return matches
    }
    guard let near = list.terms[term].near else { return cased.indices.allSatisfy { fits(cased[$0], place + $0) } }
    // The sides of a match stand at its ends, in either order.
    let (left, right) = (near.left, cased.count - near.left)
    func sides(_ leftAt: Int, _ rightAt: Int) -> Bool {
      (0..<left).allSatisfy { fits(cased[$0], leftAt + $0) }
        && (0..<right).allSatisfy { fits(cased[left + $0], rightAt + $0) }
    }
    return sides(place, place + words - right) || sides(place + words - left, place)
  }

  /// The patterns that each word fits; of fewer words where an expression took too many steps for the next one.
  private func remembered(_ texts: [String]) -> [[Int]] {
    memory.withLock { memory in
      if memory.fits.count > Self.capacity { memory = Memory() }
      var tests: [(pattern: Int, test: WordTest)]?
      var fitting: [[Int]] = []
      fitting.reserveCapacity(texts.count)
      for text in texts {
        let own: [Int]?
        if let known = memory.fits[text] {
          own = known
        } else {
          let made = tests ?? self.tests()
          tests = made
          own = patterns(fitting: text, made)
          memory.fits[text] = .some(own)
        }
        guard let own else { break }
        fitting.append(own)
      }
      return fitting
    }
  }
}

extension String {
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for at in range { copy.append(bytes[at]) }
    self.init(decoding: copy, as: UTF8.self)
  }
}
