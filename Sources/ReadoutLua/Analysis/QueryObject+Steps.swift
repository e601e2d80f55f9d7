import ReadoutEngine

/// The methods that give a new query: rows, groups and their order.
extension QueryObject {
  static let basicSteps: [String: Method] = [
    "where": { (analysis, query, call) throws(ReadoutError) in
      if let function = call[1].function {
        return [
          .object(try query.filtering(by: try RowFunction(function, of: analysis, call, step: "where"), in: analysis))
        ]
      }
      return try query.step(analysis, call, "where") { (text) throws(ReadoutError) in
        .filter(try ExpressionParser.expression(text))
      }
    },
    "derive": { (analysis, query, call) throws(ReadoutError) in
      if let function = call[2].function, let name = call[1].text {
        let rows = try RowFunction(function, of: analysis, call, step: "derive")
        return [.object(try query.deriving(name, by: rows, in: analysis))]
      }
      return try query.step(analysis, call, "derive") { (text) throws(ReadoutError) in
        .derive(try ExpressionParser.list(text))
      }
    },
    "select": { (analysis, query, call) throws(ReadoutError) in
      try query.step(analysis, call, "select") { (text) throws(ReadoutError) in
        .select(try ExpressionParser.list(text))
      }
    },
    "by": { (analysis, query, call) throws(ReadoutError) in
      try query.step(analysis, call, "by") { (text) throws(ReadoutError) in .by(try ExpressionParser.list(text)) }
    },
    "measure": { (analysis, query, call) throws(ReadoutError) in
      try query.step(analysis, call, "measure") { (text) throws(ReadoutError) in
        .measure(try ExpressionParser.list(text))
      }
    },
    "sort": { (analysis, query, call) throws(ReadoutError) in
      try query.step(analysis, call, "sort") { (text) throws(ReadoutError) in
        .sort(try ExpressionParser.sortList(text))
      }
    },
    "limit": { (analysis, query, call) throws(ReadoutError) in
      let place = analysis.place(of: call, step: "limit")
      let skip = call[2].isNull ? 0 : call[2].integer
      guard let count = call[1].integer, let skip, count >= 0, skip >= 0 else {
        throw ReadoutError(
          .request, "limit takes how many rows, and how many to skip", value: call[1].typeName, place: place,
          hint: "q:limit(10), or q:limit(10, 20)")
      }
      return [.object(try query.adding(Query.Step(.limit(Int(count), skip: Int(skip)), place: place)))]
    },
  ]

  /// A step whose text `parse` reads.
  func step(
    _ analysis: Analysis, _ call: HostCall, _ name: String,
    _ parse: (String) throws(ReadoutError) -> Query.Step.Verb
  ) throws(ReadoutError) -> [LuaValue] {
    guard let text = call[1].text else {
      throw ReadoutError(
        .request, "\(name) takes a text", value: call[1].typeName, place: analysis.place(of: call, step: name),
        hint: name == "where" ? "q:where \"tone < 0\"" : "q:\(name) \"country\"")
    }
    let place = analysis.place(of: call, step: name, text: text)
    do throws(ReadoutError) {
      return [.object(try adding(Query.Step(try parse(text), place: place, text: text)))]
    } catch {
      let detail = error.range.map { ReadoutError.position(ofByte: $0.lowerBound, in: text) }
      throw error.at(file: place.file, line: place.line, step: name, detail: detail)
    }
  }

  /// The rows for which a Lua function gives true.
  private func filtering(by rows: RowFunction, in analysis: Analysis) throws(ReadoutError) -> QueryObject {
    let name = analysis.nextRowFunction()
    return try changing { (query) throws(ReadoutError) in
      var query = query
      let columns = try rows.columns(of: query, in: analysis)
      let filter = try RowExpression(
        name: name, rows: rows, columns: columns, result: .boolean, state: analysis.state)
      query.functions.register(filter)
      return query.adding(.filter(filter.call), place: rows.place)
    }
  }

  /// The rows with a column that a Lua function makes. Its type is that of the function where it is lifted and has just one;
  /// else it is known only when every row has been seen, and the query before runs first.
  private func deriving(
    _ name: String, by rows: RowFunction, in analysis: Analysis
  ) throws(ReadoutError) -> QueryObject {
    let function = analysis.nextRowFunction()
    return try changing { (query) throws(ReadoutError) in
      if let planned = try rows.expression(named: function, for: query, in: analysis) {
        var query = query
        query.functions.register(planned)
        return query.adding(.derive([ListItem(name: name, planned.call)]), place: rows.place)
      }
      let table = try analysis.host.run(analysis.withMetrics(query))
      let column = try rows.column(named: name, over: table, in: analysis)
      var derived = analysis.host.query(of: table.replacing(name, with: column), named: query.sourceName)
      derived.origin = QueryOrigin(try analysis.withMetrics(query))
      derived.functions = query.functions
      derived.roles = query.roles
      return derived
    }
  }
}
