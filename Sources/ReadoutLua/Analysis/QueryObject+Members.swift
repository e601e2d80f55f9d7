import ReadoutEngine

/// What scripts can do with a query: one entry for each method, steps and results apart.
extension QueryObject {
  typealias Method = @Sendable (Analysis, QueryObject, HostCall) throws(ReadoutError) -> [LuaValue]

  /// The methods that give a new query, a dictionary for each kind of step.
  private static let stepMethods: [[String: Method]] = [
    basicSteps, joinSteps, studySteps, windowSteps, textSteps, evidenceSteps,
  ]

  private static let methods: [String: Method] = {
    var methods = stepMethods.reduce(into: resultMethods) { $0.merge($1) { $1 } }
    for format in AnalysisRunner.formats { methods[format] = writing(format) }
    return methods
  }()

  static func isMethod(_ name: String) -> Bool { methods[name] != nil }

  static func members(of analysis: Analysis) -> [(String, LuaValue)] {
    let names = methods.keys.sorted()
    let metamethods: [String: Method] = [
      "__len": { (analysis, query, _) throws(ReadoutError) in
        [.integer(Int64(try query.result(in: analysis).rowCount))]
      },
      "__tostring": { (analysis, query, _) throws(ReadoutError) in
        [.string(try analysis.host.render(try query.result(in: analysis), rows: nil))]
      },
      "__index": { (analysis, query, call) throws(ReadoutError) in
        if call[1].integer != nil { return [.reference(try query.sharedRows(in: analysis))] }
        if call[1].text == "names" {
          return [.table(items: try query.result(in: analysis).names.map { .string($0) }, fields: [])]
        }
        let name = call[1].text ?? call[1].typeName
        throw ReadoutError(
          .request, "unknown method of a query", value: name,
          hint: Suggestion.hint(for: name, among: names + ["names"], kind: "methods"))
      },
    ]
    return [("__name", .string("query"))]
      + (methods.map { $0 } + metamethods.map { $0 }).map { name, method in
        (
          name,
          analysis.function { (analysis, call) throws(ReadoutError) in
            try method(analysis, try receiver(call, name), call)
          }
        )
      }
  }

  private static func receiver(_ call: HostCall, _ method: String) throws(ReadoutError) -> QueryObject {
    guard case .object(let object) = call[0], let query = object as? QueryObject else {
      throw ReadoutError(
        .request, "\(method) is a method of a query", value: call[0].typeName,
        hint: "write q:\(method)(…), with a colon")
    }
    return query
  }

  private static func writing(_ format: String) -> Method {
    { (analysis, query, call) throws(ReadoutError) in
      guard let path = call[1].text else {
        throw ReadoutError(
          .request, "\(format) takes a path", value: call[1].typeName, place: analysis.place(of: call, step: format),
          hint: "q:\(format) \"report.\(format == "markdown" ? "md" : format)\"")
      }
      let options = try StepOptions(call, 2, of: format, known: AnalysisRunner.reportOptions, in: analysis)
      do throws(ReadoutError) {
        try analysis.host.write(
          try query.result(in: analysis), of: analysis.withMetrics(try query.query()), as: format, to: path,
          options: options.data)
      } catch {
        throw error.at(file: call.file, line: call.line, step: format)
      }
      return [.object(query)]
    }
  }
}
