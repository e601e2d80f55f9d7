import ReadoutEngine

/// Reads the texts of a query: expressions, lists and sort orders.
///
/// Errors have blame `.request` and the byte range in the text that they are about.
public enum ExpressionParser {
  /// A Lua expression over column names.
  public static func expression(_ text: String) throws(ReadoutError) -> Expression {
    var parser = try Parser(text)
    guard parser.token.kind != .end else { throw ReadoutError(.request, "empty expression", range: 0..<0) }
    let syntax = try parser.expression()
    guard parser.token.kind == .end else { throw parser.unexpected(wanted: "an operator or the end") }
    return try Expression(syntax)
  }

  /// The inside of a table constructor: `country, month = bucket(date, 'month')`. Empty text is an empty list.
  public static func list(_ text: String) throws(ReadoutError) -> [ListItem] {
    var items: [ListItem] = []
    for field in try fields(text) {
      items.append(ListItem(name: try name(of: field), try Expression(field.value)))
    }
    return items
  }

  /// Sort keys: `-statements, country`; a leading minus means descending.
  public static func sortList(_ text: String) throws(ReadoutError) -> [Query.SortItem] {
    var items: [Query.SortItem] = []
    for field in try fields(text) {
      guard case .none = field.key else {
        throw ReadoutError(.request, "a sort key has no name", hint: "write the expression alone", range: field.range)
      }
      if case .unary(.negate, let operand) = field.value.node {
        items.append(Query.SortItem(try Expression(operand), descending: true))
      } else {
        items.append(Query.SortItem(try Expression(field.value)))
      }
    }
    return items
  }

  private static func fields(_ text: String) throws(ReadoutError) -> [Syntax.Field] {
    var parser = try Parser(text)
    let fields = try parser.fields(until: .end)
    guard parser.token.kind == .end else { throw parser.unexpected(wanted: "an operator, a comma or the end") }
    return fields
  }

  /// The name of an item: `n = …`, or `["Stance %"] = …` for one that is not a Lua name.
  private static func name(of field: Syntax.Field) throws(ReadoutError) -> String? {
    switch field.key {
    case .none: return nil
    case .name(let name): return name.text
    case .expression(let key):
      guard case .string(let bytes) = key.node else {
        throw ReadoutError(.request, "a name in brackets is a string", hint: "write [\"name\"] = …", range: key.range)
      }
      return try Expression.string(bytes, at: key.range)
    }
  }
}
