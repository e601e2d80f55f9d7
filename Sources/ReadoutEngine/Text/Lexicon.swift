import ReadoutVectors

/// Terms with weights, found like those of `mentions`.
public struct Lexicon: Sendable {
  /// One line of a lexicon.
  public struct Entry: Sendable {
    public var term: String
    public var weight: Double
    /// What kind of term it is; nil where the lexicon has no categories.
    public var category: String?

    public init(_ term: String, _ weight: Double, category: String? = nil) {
      self.term = term
      self.weight = weight
      self.category = category
    }
  }

  public let name: String
  public let terms: [String]
  public let weights: [Double]
  /// The categories there are, in the order in which they are first named.
  public let categories: [String]
  /// Every line, a term once for each of its categories.
  public let entries: [Entry]
  /// Within how many words behind a negation a weight changes its sign where a query does not say; 0 is never.
  public let negation: Int
  let matcher: Terms
  /// The weights as whole numbers of this part of one (10 for tenths), so that sums are exact; nil where they have more than
  /// nine decimals.
  let scale: Double?
  let scaledWeights: Vector<Int64>

  /// A term may be given once, or once for each category; its weight is then that of the first.
  public init(name: String, terms: [(term: String, weight: Double)]) throws(ReadoutError) {
    try self.init(name: name, entries: terms.map { Entry($0.term, $0.weight) })
  }

  /// `entries` of several categories may name a term again, of one may not.
  ///
  /// - Parameters:
  ///   - negation: Within how many words behind a negation a weight changes its sign where a query does not say; 0 is never.
  ///   - stem: The language by whose stems terms are compared with words.
  public init(
    name: String, entries: [Entry], negation: Int = 0, stem: Stemmer.Language? = nil
  ) throws(ReadoutError) {
    var places: [String: Int] = [:]
    var seen: Set<[String]> = []
    var terms: [String] = []
    var weights: [Double] = []
    var categories: [String] = []
    for entry in entries {
      guard entry.weight.isFinite else {
        throw ReadoutError(
          .data, "a weight that is no finite number", value: entry.term,
          hint: "a term's weight is a number such as -1.5")
      }
      guard seen.insert([entry.term, entry.category ?? ""]).inserted else {
        throw ReadoutError(.data, "a term twice in a lexicon", value: entry.term)
      }
      if let category = entry.category, !categories.contains(category) { categories.append(category) }
      if places[entry.term] != nil { continue }
      places[entry.term] = terms.count
      terms.append(entry.term)
      weights.append(entry.weight)
    }
    self.name = name
    self.terms = terms
    self.weights = weights
    self.categories = categories
    self.entries = entries
    self.negation = negation
    matcher = try Terms(terms, stem: stem)
    scale = Self.scale(of: weights)
    let factor = scale ?? 0
    scaledWeights = Vector(weights.map { Int64(($0 * factor).rounded()) })
  }

  /// The terms of one category, as a lexicon; nil where there is no such category.
  public func category(_ category: String) throws(ReadoutError) -> Lexicon? {
    guard categories.contains(category) else { return nil }
    return try Lexicon(name: name, entries: entries.filter { $0.category == category }, negation: negation)
  }

  /// The same lexicon, its terms compared by the stems of a language; this one without a language.
  func stemming(by language: Stemmer.Language?) throws(ReadoutError) -> Lexicon {
    guard let language else { return self }
    return try Lexicon(name: name, entries: entries, negation: negation, stem: language)
  }

  /// The least power of ten that makes whole numbers of all weights.
  private static func scale(of weights: [Double]) -> Double? {
    var scale = 1.0
    for _ in 0...9 {
      let isWhole = weights.allSatisfy { weight in
        let scaled = (weight * scale).rounded()
        return abs(scaled) < 1e12 && scaled / scale == weight
      }
      if isWhole { return scale }
      scale *= 10
    }
    return nil
  }

  /// The sum of the weights of the terms in a text; where terms overlap the longest counts. 0 without any.
  ///
  /// Decimal weights of up to nine places are added as decimals, without rounding on the way; others in the order in which
  /// the terms stand in the text.
  ///
  /// With a window of `negation`, or one of the lexicon's own, a weight counts with the other sign where a negation stands at most that many words before the term.
  public func sum(in bytes: Span<UInt8>, negation: Int? = nil) throws(ReadoutError) -> Double {
    let window = negation ?? self.negation
    if window > 0 { return try negatedSum(in: bytes, window) }
    guard let scale else {
      var sum = 0.0
      try matcher.forEachMatch(in: bytes) { sum += weights[$0.term] }
      return sum
    }
    var sum: Int64 = 0
    try matcher.forEachMatch(in: bytes) { sum &+= scaledWeights[$0.term] }
    return Double(sum) / scale
  }

  private func negatedSum(in bytes: Span<UInt8>, _ window: Int) throws(ReadoutError) -> Double {
    let negations = NegationWords.ends(in: bytes)
    var sum = 0.0
    var scaled: Int64 = 0
    try matcher.forEachMatch(in: bytes) { match in
      let isNegated =
        !negations.isEmpty && NegationWords.reaches(match.range.lowerBound, from: negations, window, in: bytes)
      sum += isNegated ? -weights[match.term] : weights[match.term]
      scaled &+= isNegated ? -scaledWeights[match.term] : scaledWeights[match.term]
    }
    return scale.map { Double(scaled) / $0 } ?? sum
  }
}
