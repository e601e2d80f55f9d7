/// The columns that a step's expressions may name, each with what computes it from the stage's input.
struct Scope: Sendable {
  private(set) var names: [String] = []
  private var expressions: [String: BoundExpression] = [:]

  init() {}

  /// The columns of a table as they are.
  init(fields: [Table.Field]) {
    for (index, field) in fields.enumerated() {
      self[field.name] = BoundExpression(.column(index), type: field.type, stem: field.stem)
    }
  }

  /// Setting a new name adds a column behind the others, setting a known one replaces it in its place.
  subscript(name: String) -> BoundExpression? {
    get { expressions[name] }
    set {
      if expressions[name] == nil { names.append(name) }
      expressions[name] = newValue
    }
  }

  var items: [(name: String, expression: BoundExpression)] { names.map { ($0, expressions[$0]!) } }
  var fields: [Table.Field] {
    items.map { item in
      var field = Table.Field(item.name, item.expression.type)
      field.stem = item.expression.stem
      return field
    }
  }
}
