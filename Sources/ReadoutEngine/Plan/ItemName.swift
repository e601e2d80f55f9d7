/// The names of a list's items.
enum ItemName {
  /// The name of an item: the written one, else its column's, else its function's and columns' (`mean(tone)` → `mean_tone`).
  static func of(_ item: ListItem) throws(ReadoutError) -> String {
    if let name = item.name { return name }
    if let name = derived(item.expression) { return name }
    throw ReadoutError(
      .request, "this item needs a name", value: item.expression.description,
      hint: "write name = \(item.expression)", range: item.expression.range)
  }

  private static func derived(_ expression: Expression) -> String? {
    switch expression.node {
    case .column(let name): return name
    case .call(let name, let arguments):
      return
        ([name]
        + arguments.compactMap { argument in
          if case .literal = argument.node { return nil }
          return derived(argument)
        }).joined(separator: "_")
    default: return nil
    }
  }

  /// The names of all items; two alike are an error that asks for a name.
  static func all(_ items: [ListItem]) throws(ReadoutError) -> [String] {
    var seen: Set<String> = []
    var names: [String] = []
    for item in items {
      let name = try of(item)
      if !seen.insert(name).inserted {
        throw ReadoutError(
          .request, "two items have the same name", value: name,
          hint: "name one of them: \(Expression.text(ofKey: "other_" + name)) = \(item.expression)",
          range: item.expression.range)
      }
      names.append(name)
    }
    return names
  }
}
