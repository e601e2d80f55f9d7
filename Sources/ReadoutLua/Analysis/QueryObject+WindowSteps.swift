import ReadoutEngine

/// The methods that look along a series, and those that turn rows and columns into each other.
extension QueryObject {
  static let windowSteps: [String: Method] = [
    "window": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(call, 1, of: "window", known: ["by", "sort", "derive"], in: analysis)
      guard let derive = try options.list("derive", ExpressionParser.list) else {
        throw ReadoutError(
          .request, "window wants something to derive", place: options.place,
          hint: "q:window { by = \"country\", sort = \"month\", derive = \"change = n - lag(n)\" }")
      }
      let step = Window(
        by: try options.list("by", ExpressionParser.list), sort: try options.list("sort", ExpressionParser.sortList),
        derive: derive)
      return try query.taking(step, options.place)
    },
    "fill": { (analysis, query, call) throws(ReadoutError) in
      let column = try column(call, 1, of: "fill", "q:fill(\"month\", { every = \"month\" })", in: analysis)
      let options = try StepOptions(
        call, 2, of: "fill", known: ["by", "every", "with", "from", "to"], in: analysis)
      guard let every = try options.string("every") else {
        throw ReadoutError(
          .request, "fill wants to know how far apart the dates are", place: options.place,
          hint: "every = \"month\"")
      }
      let step = Fill(
        column, by: try options.list("by", ExpressionParser.list), every: every,
        with: try options.list("with", ExpressionParser.list), from: try options.string("from"),
        to: try options.string("to"))
      return try query.taking(step, options.place)
    },
    "pivot": { (analysis, query, call) throws(ReadoutError) in
      let hint = "q:pivot(\"topic\", \"n\")"
      let names = try column(call, 1, of: "pivot", hint, in: analysis)
      let values = try column(call, 2, of: "pivot", hint, in: analysis)
      let options = try StepOptions(call, 3, of: "pivot", known: ["prefix"], in: analysis)
      return try query.taking(Pivot(names, values, prefix: try options.string("prefix") ?? ""), options.place)
    },
    "unpivot": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(call, 1, of: "unpivot", known: ["columns", "name", "value"], in: analysis)
      guard let columns = try options.list("columns", ExpressionParser.list) else {
        throw ReadoutError(
          .request, "unpivot wants columns", place: options.place,
          hint: "q:unpivot { columns = \"before, after\", name = \"side\", value = \"tone\" }")
      }
      let step = Unpivot(
        columns: columns, name: try options.string("name") ?? "name", value: try options.string("value") ?? "value")
      return try query.taking(step, options.place)
    },
    "unnest": { (analysis, query, call) throws(ReadoutError) in
      let name = try column(call, 1, of: "unnest", "q:unnest(\"topics\")", in: analysis)
      let options = try StepOptions(call, 2, of: "unnest", known: ["keep"], in: analysis)
      return try query.taking(Unnest(name, keep: try options.boolean("keep") ?? true), options.place)
    },
  ]

  private func taking(_ step: any TableStep, _ place: ReadoutError.Place) throws(ReadoutError) -> [LuaValue] {
    [.object(try adding(Query.Step(.table(step), place: place)))]
  }

  private static func column(
    _ call: HostCall, _ index: Int, of step: String, _ hint: String, in analysis: Analysis
  ) throws(ReadoutError) -> String {
    if let name = call[index].text { return name }
    throw ReadoutError(
      .request, "\(step) takes the name of a column", value: call[index].typeName,
      place: analysis.place(of: call, step: step), hint: hint)
  }
}

extension StepOptions {
  /// What `parse` makes of an option's text, with the text.
  func list<Content: Sendable>(
    _ key: String, _ parse: (String) throws(ReadoutError) -> Content
  ) throws(ReadoutError) -> OptionText<Content>? {
    guard let content = try parsed(key, parse) else { return nil }
    return OptionText(key, try string(key) ?? "", content)
  }
}
