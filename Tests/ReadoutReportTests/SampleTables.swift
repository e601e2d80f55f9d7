import ReadoutEngine

extension Table {
  /// A table of scalars, a column after the other.
  init(_ columns: (name: String, type: DataType, values: [Scalar])...) {
    self.init(
      fields: columns.map { Field($0.name, $0.type) },
      columns: columns.map { Column(encoding: Values($0.values, type: $0.type)) })
  }
}
