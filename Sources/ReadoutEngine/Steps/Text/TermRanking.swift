import ReadoutVectors

/// Puts the highest scores first: of equal ones the term that comes first in code point order.
enum TermRanking {
  /// The places of the `top` highest scores, all where nil, in order; NaN comes last.
  ///
  /// Only as many terms are written out and compared as the last place wanted has equals. O(scores + kept · log kept).
  static func places(
    of scores: Vector<Double>, top: Int?, term: (_ place: Int) -> [UInt8]
  ) -> [Int] {
    let scores = scores.map { $0.isNaN ? -.infinity : $0 }
    var places = Array(scores.indices)
    if let top, top < places.count {
      if top == 0 { return [] }
      let limit = kthLargest(scores, top)
      places = places.filter { scores[$0] >= limit }
    }
    // Written out only where scores tie.
    var written: [Int: [UInt8]] = [:]
    func bytes(_ place: Int) -> [UInt8] {
      if let known = written[place] { return known }
      let made = term(place)
      written[place] = made
      return made
    }
    places.sort {
      scores[$0] != scores[$1] ? scores[$0] > scores[$1] : bytes($0).lexicographicallyPrecedes(bytes($1))
    }
    return top.map { Array(places.prefix($0)) } ?? places
  }

  private static func kthLargest(_ scores: Vector<Double>, _ k: Int) -> Double {
    let order = OrderedKey(.number)
    var keys = MutableVector<UInt64>(capacity: scores.count)
    for score in scores { keys.append(order.ordered(score.bitPattern)) }
    let place = scores.count - k
    keys.select(place, in: 0..<scores.count)
    return order.number(keys[place])
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
