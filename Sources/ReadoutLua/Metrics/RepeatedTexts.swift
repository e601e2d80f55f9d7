import ReadoutEngine
import ReadoutVectors

/// Finds the texts that a batch repeats, so that a metric reads each of them once.
///
/// Numbering a batch's texts costs about as much as handing them to the VM. Where few repeat, ever more batches pass before it is
/// tried again; what comes of a query does not depend on it.
final class RepeatedTexts {
  /// A batch repeats enough where at most so many of a hundred rows differ.
  private static let most = 90
  private static let longestPause = 64

  private var pause = 0
  private var nextPause = 1

  /// The arguments with their texts as codes, and the combinations that they make; nil where no text is an argument, others than
  /// texts, codes, booleans and constants are, or few rows repeat.
  func coded(_ arguments: [Values], _ rows: Evaluation) -> (arguments: [Values], combinations: Combinations)? {
    guard rows.count > 1, arguments.contains(where: { $0.isText }), arguments.allSatisfy({ $0.isText || $0.isCombined })
    else {
      return nil
    }
    if pause > 0 {
      pause -= 1
      return nil
    }
    let coded = arguments.map { $0.isText ? $0.numbered : $0 }
    if let combinations = Combinations(of: coded), combinations.count * 100 <= rows.count * Self.most * 2,
      Self.distinct(coded, combinations, rows) * 100 <= rows.count * Self.most
    {
      nextPause = 1
      return (coded, combinations)
    }
    pause = nextPause
    nextPause = min(2 * nextPause, Self.longestPause)
    return nil
  }

  private static func distinct(_ arguments: [Values], _ combinations: Combinations, _ rows: Evaluation) -> Int {
    var isSeen = MutableVector<UInt8>(repeating: 0, count: combinations.count)
    let numbers = combinations.numbers(of: arguments, count: rows.count)
    var count = 0
    for row in 0..<rows.count where isSeen[Int(numbers[row])] == 0 {
      isSeen[Int(numbers[row])] = 1
      count += 1
    }
    return count
  }
}

extension Values {
  /// Strings that stand row by row.
  fileprivate var isText: Bool { if case .strings = payload { true } else { false } }

  /// What combinations are made of.
  fileprivate var isCombined: Bool {
    switch payload {
    case .coded, .booleans, .constant, .null: true
    default: false
    }
  }

  /// The strings as codes into those that differ, in the order of their first appearance.
  fileprivate var numbered: Values {
    let strings = self.strings
    var interner = StringInterner()
    let codes = Vector<UInt32>(count: count) { row in
      interner.intern(strings.bytes, Int(strings.starts[row])..<Int(strings.ends[row]))
    }
    return Values(
      type: type, payload: .coded(codes, StringDictionary(interner.freeze())), validity: validity, count: count)
  }
}
