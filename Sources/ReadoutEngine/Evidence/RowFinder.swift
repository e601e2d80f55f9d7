/// Finds the row of a table that some of its columns tell.
public struct RowFinder: Sendable {
  /// What a column must hold.
  public enum Wanted: Sendable {
    /// This value, an integer and a number being one where they are equal.
    case value(Scalar)
    /// A value that reports write so; the empty text also stands for null.
    case text(String)
  }

  private let table: Table

  public init(_ table: Table) { self.table = table }

  /// The number, from 0, of the only row that all of `conditions` hold for.
  /// - Throws: `ReadoutError` for an unknown column, and where no row or several are found.
  public func row(where conditions: [(column: String, wanted: Wanted)]) throws(ReadoutError) -> Int {
    var rows = Array(0..<table.rowCount)
    for (name, wanted) in conditions {
      let column = try table.fields.index(of: name)
      let values = try table.values(column)
      rows = rows.filter { Self.holds(wanted, values[$0]) }
    }
    let shown = conditions.map { "\($0.column) = \($0.wanted)" }.joined(separator: ", ")
    guard let first = rows.first else { throw ReadoutError(.request, "no row is like this", value: shown) }
    guard rows.count == 1 else {
      let numbers = rows.prefix(5).map { "\($0 + 1)" }.joined(separator: ", ") + (rows.count > 5 ? ", …" : "")
      throw ReadoutError(
        .request, "\(rows.count) rows are like this", value: shown,
        hint: "name more columns, or the row by its number: \(numbers)")
    }
    return first
  }

  private static func holds(_ wanted: Wanted, _ value: Scalar) -> Bool {
    switch wanted {
    case .value(let scalar):
      if scalar == value { return true }
      switch (scalar, value) {
      case (.integer(let a), .number(let b)), (.number(let b), .integer(let a)): return Double(a) == b
      case (.string(let text), .date), (.string(let text), .timestamp): return value.description == text
      default: return false
      }
    case .text(let text):
      if value.isNull { return text.isEmpty }
      if value.description == text { return true }
      if case .number(let number) = value { return Double(text) == number }
      return false
    }
  }
}

extension RowFinder.Wanted: CustomStringConvertible {
  public var description: String {
    switch self {
    case .value(let value): value.description
    case .text(let text): text
    }
  }
}
