import ReadoutVectors

/// Puts the highest scores first: of equal ones the term that comes first in code point order.
enum TermRanking {
  /// The places of the `top` highest scores, all where nil, in order; NaN comes last. `key` orders the terms.
  ///
  /// What cannot be among the `top` is left out before anything is sorted: O(scores + kept · log kept).
  static func places(
    of scores: Vector<Double>, top: Int? = nil, key: (_ place: Int) -> TermKey
  ) -> [Int] {
    let scores = scores.map { $0.isNaN ? -.infinity : $0 }
    let wanted = min(top ?? scores.count, scores.count)
    var ranked = candidates(scores, wanted, key).map { (place: $0, score: scores[$0], key: key($0)) }
    ranked.sort { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }
    return ranked.prefix(wanted).map(\.place)
  }

  /// All places that may be among the first `wanted`: those above the lowest score wanted, and of those that have it the
  /// ones whose terms come early enough.
  private static func candidates(
    _ scores: Vector<Double>, _ wanted: Int, _ key: (_ place: Int) -> TermKey
  ) -> [Int] {
    if wanted == scores.count { return Array(scores.indices) }
    if wanted == 0 { return [] }
    let order = OrderedKey(.number)
    let limit = order.number(smallest(scores.map { ~order.ordered($0.bitPattern) }, wanted) ^ .max)
    var places = scores.indices.filter { scores[$0] > limit }
    let ties = scores.indices.filter { scores[$0] == limit }
    let missing = wanted - places.count
    if missing == ties.count { return places + ties }
    let keys = Vector(ties.map { key($0).first })
    let last = smallest(keys, missing)
    places += ties.indices.filter { keys[$0] <= last }.map { ties[$0] }
    return places
  }

  /// The `count`-th smallest key.
  private static func smallest(_ keys: Vector<UInt64>, _ count: Int) -> UInt64 {
    var selected = MutableVector<UInt64>(capacity: keys.count)
    selected.append(contentsOf: keys)
    var scratch = SelectionScratch()
    selected.select(count - 1, in: 0..<keys.count, scratch: &scratch)
    return selected[count - 1]
  }

  /// A place a score: equal scores share the lowest place, as in sports (1, 2, 2, 4). `scores` are in order.
  static func ranks(_ scores: [Double]) -> [Int64] {
    var ranks: [Int64] = []
    for (place, score) in scores.enumerated() {
      ranks.append(place > 0 && scores[place - 1] == score ? ranks[place - 1] : Int64(place + 1))
    }
    return ranks
  }
}
