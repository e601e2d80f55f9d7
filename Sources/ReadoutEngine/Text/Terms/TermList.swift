/// Terms made ready to be looked for in rows of words: their patterns numbered, and which terms may begin with each.
///
/// What a row is made of, bytes or numbers, is the caller's affair: it says which patterns fit at a place.
struct TermList: Sendable {
  let terms: [Term]
  /// The distinct patterns of all terms.
  let patterns: [WordPattern]
  /// By term, the numbers of its patterns.
  let patternNumbers: [[Int]]
  /// By pattern, the terms that may begin with it.
  let beginnings: [[Int]]
  /// By term, its place when of several that reach as far the closest is wanted; 0 first.
  private let ranks: [Int]

  init(_ terms: [Term]) {
    var known: [WordPattern: Int] = [:]
    var patterns: [WordPattern] = []
    let numbers = terms.map { term in
      term.words.map { word in
        if let number = known[word] { return number }
        known[word] = patterns.count
        patterns.append(word)
        return patterns.count - 1
      }
    }
    var beginnings = Array(repeating: [Int](), count: patterns.count)
    for (number, term) in terms.enumerated() {
      beginnings[numbers[number][0]].append(number)
      if let left = term.near?.left, numbers[number][left] != numbers[number][0] {
        beginnings[numbers[number][left]].append(number)
      }
    }
    let order = terms.indices.sorted { a, b in
      let (x, y) = (Self.closeness(terms[a]), Self.closeness(terms[b]))
      return x == y ? a < b : x > y
    }
    var ranks = Array(repeating: 0, count: terms.count)
    for (rank, term) in order.enumerated() { ranks[term] = rank }
    self.terms = terms
    self.patterns = patterns
    patternNumbers = numbers
    self.beginnings = beginnings
    self.ranks = ranks
  }

  private static func closeness(_ term: Term) -> Int { term.words.reduce(0) { $0 + $1.closeness } }

  /// A term's place among those that reach as far as it: 0 before all others.
  func rank(of term: Int) -> Int { ranks[term] }

  /// The term that reaches furthest of those that begin at `place`, and how many words it takes; of several the closest.
  ///
  /// `fits` tells whether a pattern fits the word at a place of `count`, and `isMeant` whether a term that fits by its
  /// patterns counts there (its case may be another).
  func longest(
    at place: Int, of count: Int, among candidates: [Int], fits: (_ place: Int, _ pattern: Int) -> Bool,
    isMeant: (_ term: Int, _ place: Int, _ words: Int) -> Bool
  ) -> (term: Int, words: Int)? {
    var best: (term: Int, words: Int)?
    for term in candidates {
      guard let words = length(of: term, at: place, of: count, fits) else { continue }
      if let best, best.words > words || (best.words == words && ranks[best.term] <= ranks[term]) { continue }
      if isMeant(term, place, words) { best = (term, words) }
    }
    return best
  }

  /// How many words from `place` on a term takes; nil where it does not begin there.
  private func length(of term: Int, at place: Int, of count: Int, _ fits: (Int, Int) -> Bool) -> Int? {
    let patterns = patternNumbers[term]
    func stands(_ part: Range<Int>, _ at: Int) -> Bool {
      at + part.count <= count && part.indices.allSatisfy { fits(at + $0 - part.lowerBound, patterns[$0]) }
    }
    guard let near = terms[term].near else { return stands(0..<patterns.count, place) ? patterns.count : nil }
    let (left, right) = (0..<near.left, near.left..<patterns.count)
    var found: Int?
    for (first, second) in [(left, right), (right, left)] where stands(first, place) {
      for gap in 0...near.distance where stands(second, place + first.count + gap) {
        found = min(found ?? .max, patterns.count + gap)
        break
      }
    }
    return found
  }
}
