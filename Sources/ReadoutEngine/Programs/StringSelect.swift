import ReadoutVectors

/// Strings that come from one column where a condition is true, else from another.
public enum StringSelect {
  public static let operation = ColumnOperation("if_", result: .string, costly: false) {
    (a, count, _) throws(ReadoutError) in
    let condition = a[0].booleans
    if !condition.contains(where: { $0 != 0 }) { return a[2] }
    if !condition.contains(where: { $0 == 0 }) { return a[1] }
    if case .coded(let left, let ours) = a[1].payload, case .coded(let right, let theirs) = a[2].payload,
      ours === theirs
    {
      let codes = Vector.select(condition, left, right)
      return Values(type: .string, payload: .coded(codes, ours), count: count)
    }
    let (left, right) = (a[1].strings, a[2].strings)
    if left.bytes.isSameMemory(as: right.bytes) {
      return Values(
        strings: StringVector(
          starts: Vector.select(condition, left.starts, right.starts),
          ends: Vector.select(condition, left.ends, right.ends),
          bytes: left.bytes))
    }
    return try ProgramStrings.built(count, nil) { row, out in
      (condition[row] != 0 ? left : right).withBytes(row) { out.append(bytesOf: $0) }
    }
  }
}

extension ProgramBuilder {
  /// The condition and the two strings of a string that is chosen from two; nil for any other value.
  public func selectedStrings(_ index: Int) -> (condition: Int, a: Int, b: Int)? {
    guard case .column(StringSelect.operation) = nodes[index].operation else { return nil }
    let operands = nodes[index].operands
    return (operands[0], operands[1], operands[2])
  }

  /// A string and those that it is chosen from, over all choices, each once and before what is chosen from it. Choices share their
  /// parts: as a tree there may be 2^n of them.
  public func choices(of string: Int) -> [Int] {
    var found: Set<Int> = []
    var waiting = [string]
    while let part = waiting.popLast() {
      if found.insert(part).inserted, let (_, a, b) = selectedStrings(part) { waiting += [a, b] }
    }
    return found.sorted()
  }
}
