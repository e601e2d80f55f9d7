extension Query {
  /// The names of the keys of the last grouping; none where nothing is grouped.
  public var groupKeys: [String] {
    for step in steps.reversed() { if case .by(let items) = step.verb { return (try? ItemName.all(items)) ?? [] } }
    return []
  }

  /// The seeds of its steps that draw random numbers, those of queries that its steps read included.
  public var seeds: [UInt64] {
    var seeds: [UInt64] = []
    for step in steps {
      guard case .table(let whole) = step.verb else { continue }
      if let seed = whole.seed { seeds.append(seed) }
      _ = try? whole.mappingQueries { inner in
        seeds += inner.seeds
        return inner
      }
    }
    return seeds
  }
}
