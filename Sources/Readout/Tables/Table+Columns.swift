import ReadoutEngine

/// Tables from Swift values.
extension Table {
  /// A table from columns in their order: `Table(columns: ["country": ["KOR", "USA"], "n": [12, 7]])`.
  ///
  /// `nil` is null. A column of integers and numbers is a number column; one without any value is a string column.
  /// - Throws: `ReadoutError` where a column mixes other types, columns differ in length, or two have one name.
  public init(columns: KeyValuePairs<String, [Scalar]>) throws(ReadoutError) {
    var named: [TableColumn] = []
    for (name, values) in columns { named.append(try TableColumn(name, scalars: values)) }
    try self.init(named)
  }

  /// A table from typed columns: `Table([TableColumn("n", [12, 7]), TableColumn("name", ["a", nil])])`.
  public init(_ columns: [TableColumn]) throws(ReadoutError) {
    let rows = columns.first?.values.count ?? 0
    var seen: Set<String> = []
    for column in columns {
      guard seen.insert(column.name).inserted else {
        throw ReadoutError(.request, "two columns have the same name", value: column.name)
      }
      guard column.values.count == rows else {
        throw ReadoutError(
          .request, "a column of another length", value: column.name,
          hint: "\(columns[0].name) has \(rows) rows, \(column.name) has \(column.values.count)")
      }
    }
    self.init(
      fields: columns.map { Field($0.name, $0.values.type) },
      columns: columns.map { Column(encoding: $0.values) }, rowCount: rows)
  }
}

/// A name and its values, for a table to be.
public struct TableColumn: Sendable {
  public let name: String
  let values: Values

  /// A column of Swift values; `[Double?]` and the like hold nulls.
  public init<Value: TableValue>(_ name: String, _ values: [Value]) {
    self.name = name
    self.values = Values(values.map(\.scalar), type: Value.dataType)
  }

  /// A column whose type is found from its values, or is `type`.
  public init(_ name: String, scalars: [Scalar], type: DataType? = nil) throws(ReadoutError) {
    self.name = name
    var found = type
    for (row, value) in scalars.enumerated() {
      guard let own = value.type else { continue }
      switch (found, own) {
      case (nil, _): found = own
      case (.integer?, .number) where type == nil: found = .number
      case (.number?, .integer), (.text?, .string): break
      case (let known?, _) where known != own:
        throw ReadoutError(
          .request, "a \(own.rawValue) in a column of \(known.rawValue)s", value: value.description,
          place: .init(detail: "column \(name), row \(row + 1)"))
      default: break
      }
    }
    self.values = Values(scalars, type: found ?? .string)
  }
}
