/// Which columns a stage reads: so that a step over the whole table need not make the others.
extension Stage {
  /// The columns of its input that it reads where only `needed` of its own columns are asked for; nil stands for all.
  func columnsRead(for needed: Set<Int>?) -> Set<Int>? {
    var read = Set(filters.flatMap(\.expression.columns))
    switch output {
    case .columns(let items, _): read.formUnion(items.flatMap(\.expression.columns))
    case .groups(let keys, let aggregates, _):
      read.formUnion(keys.flatMap(\.expression.columns))
      read.formUnion(aggregates.flatMap(\.arguments).flatMap(\.columns))
    case .sort(let items, _):
      guard let needed else { return nil }
      read.formUnion(needed)
      read.formUnion(items.flatMap(\.expression.columns))
    case .table(let step):
      guard let needed, let own = step.columnsRead(for: needed) else { return nil }
      read.formUnion(own)
    }
    return read
  }
}

extension [Stage] {
  /// For each stage the columns of its answer that the stages behind it read where `needed` of the last one's are asked
  /// for; nil stands for all.
  func columnsNeeded(of needed: Set<Int>?) -> [Set<Int>?] {
    var wanted: [Set<Int>?] = []
    var next = needed
    for stage in reversed() {
      wanted.append(next)
      next = stage.columnsRead(for: next)
    }
    return wanted.reversed()
  }
}
