import ReadoutVectors

/// Terms with weights, found like those of `mentions`.
public struct Lexicon: Sendable {
  public let name: String
  public let terms: [String]
  public let weights: [Double]
  private let matcher: TermMatcher

  /// A term may be given once; terms are words, phrases, or either with a `*` at the end.
  public init(name: String, terms: [(term: String, weight: Double)]) throws(ReadoutError) {
    self.name = name
    self.terms = terms.map(\.term)
    self.weights = terms.map(\.weight)
    self.matcher = try TermMatcher(terms: self.terms)
  }

  /// The sum of the weights of the terms in a text, added in the order in which they stand there; where terms overlap
  /// the longest counts. 0 without any.
  public func sum(in bytes: Span<UInt8>) -> Double {
    var sum = 0.0
    var at = 0
    while let match = matcher.next(in: bytes, from: at) {
      sum += weights[match.term]
      at = match.range.upperBound
    }
    return sum
  }
}

extension Lexicon {
  /// Reads two columns of CSV or TSV, term and weight; a first line whose weight is no number is a header. Blank
  /// lines and lines that begin with `#` are skipped.
  public init(name: String, csv: [UInt8], file: String? = nil) throws(ReadoutError) {
    var terms: [(term: String, weight: Double)] = []
    var lines: [String: Int] = [:]
    var number = 0
    for line in csv.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      var line = line[...]
      if line.last == 0x0D { line = line.dropLast() }
      if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
      if line.isEmpty || line.first == 0x23 { continue }
      func failure(_ message: String, _ value: String, _ hint: String) -> ReadoutError {
        ReadoutError(.data, message, value: value, place: .init(file: file ?? name, line: number), hint: hint)
      }
      let text = String(decoding: line, as: UTF8.self)
      guard let separator = line.lastIndex(where: { $0 == 0x2C || $0 == 0x09 }) else {
        throw failure("a line of a lexicon without a weight", text, "each line is: term,weight")
      }
      let term = unquoted(line[..<separator])
      guard let weight = NumberText.number(Array(unquoted(line[(separator + 1)...]).utf8).span) else {
        if terms.isEmpty { continue }
        throw failure("a weight that is no number", text, "each line is: term,weight")
      }
      if let first = lines[term] {
        throw failure("a term twice in a lexicon", term, "it stands in line \(first) already")
      }
      lines[term] = number
      terms.append((term, weight))
    }
    do {
      try self.init(name: name, terms: terms)
    } catch {
      throw error.at(file: file ?? name, line: error.value.flatMap { lines[$0] })
    }
  }
}

/// A cell without its quotes.
private func unquoted(_ cell: ArraySlice<UInt8>) -> String {
  let text = String(decoding: cell, as: UTF8.self)
  guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
  return text.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
}
