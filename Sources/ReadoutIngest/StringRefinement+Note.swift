import ReadoutEngine
import ReadoutVectors

/// Remarks on columns that would be of another type but for a few values.
extension StringRefinement {
  /// A sentence where more than half of the values of a column of strings are of one other type, or dates of one format.
  ///
  /// `isMixed` tells whether there may be values that are no plain strings: the kinds of the others are not looked at.
  func note(isMixed: Bool) -> String? {
    (isMixed ? noteOfKinds : nil) ?? noteOfDates
  }

  /// The types that several kinds of values make, narrower ones first.
  private static let types: [ValueKinds] = [
    [.integer, .wideInteger], [.integer, .number], .boolean, .date, [.date, .timestamp],
  ]

  private func kind(of value: Span<UInt8>) -> ValueKinds {
    json.map { ValueKinds(of: value, $0) } ?? ValueKinds(of: value)
  }

  private var noteOfKinds: String? {
    var counts: [UInt8: Int] = [:]
    forEachDistinctWeighed { value, weight in counts[kind(of: value).rawValue, default: 0] += weight }
    var best: (kinds: ValueKinds, count: Int) = ([], 0)
    for kinds in Self.types {
      let count = counts.reduce(0) { $0 + (kinds.contains(ValueKinds(rawValue: $1.key)) ? $1.value : 0) }
      if count > best.count { best = (kinds, count) }
    }
    let total = counts.values.reduce(0, +)
    guard best.count * 2 > total, let other = firstRow(where: { !best.kinds.contains(kind(of: $0)) }) else {
      return nil
    }
    let type = best.kinds.type
    let isWide = type == .number && kind(of: Array(other.value.utf8).span) == .wideInteger
    return sentence(
      best.count, of: total, are: type.withArticle, but: other,
      is: isWide ? "has more digits than one holds" : "is none")
  }

  /// Distinct values that are looked at before a column of dates is expected.
  private static let lookedAt = 64

  /// The formats that more than half of the values have, which are no dates of ISO 8601.
  private var noteOfDates: String? {
    let formats = DateFormatFinder.candidates
    var looked = 0
    var fits = [Int](repeating: 0, count: formats.count)
    StringValues(column).forEachDistinct { value in
      looked += 1
      if DateFormatFinder.lengths.contains(value.count) {
        for (number, format) in formats.enumerated() where format.moment(value) != nil { fits[number] += 1 }
      }
      return looked < Self.lookedAt
    }
    let likely = formats.indices.filter { fits[$0] * 2 > looked }.map { formats[$0] }
    if likely.isEmpty { return nil }
    var counts = [Int](repeating: 0, count: likely.count)
    var total = 0
    forEachDistinctWeighed { value, weight in
      total += weight
      guard DateFormatFinder.lengths.contains(value.count) else { return }
      for (number, format) in likely.enumerated() where format.moment(value) != nil { counts[number] += weight }
    }
    let most = counts.max()!
    let best = likely.indices.filter { counts[$0] == most }.map { likely[$0] }
    guard most * 2 > total, let other = firstRow(where: { value in best.contains { $0.moment(value) == nil } }) else {
      return nil
    }
    return sentence(
      most, of: total,
      are: (best[0].hasTime ? "a timestamp" : "a date") + " of the form "
        + best.map(\.text).joined(separator: " or "), but: other, is: "is none")
  }

  /// The distinct values, each with the number of its rows.
  private func forEachDistinctWeighed(_ body: (_ value: Span<UInt8>, _ weight: Int) -> Void) {
    let weights = StringValues(column).weights()
    var number = 0
    StringValues(column).forEachDistinct { value in
      body(value, weights?[number] ?? 1)
      number += 1
      return true
    }
  }

  private func sentence(
    _ count: Int, of total: Int, are what: String, but other: (row: Int, value: String), is odd: String
  ) -> String {
    MixedColumn(name: name, type: .string).note(
      "\(count) of \(total) values are \(what) each", but: other.value, at: place(other.row), odd)
  }
}
