import Readout

/// Steps of a query by their names, each with its text, taken in the order in which a user would write them.
///
/// `join`, `near`, `asof` and `study` name the other table; their options stand beside them: `{"near": "events", "on":
/// "country", "before": "3 days"}`. `window` is what a window derives, `partition` and `order` how.
struct Steps: Decodable {
  private let texts: [String: String]

  init(from decoder: any Decoder) throws { texts = try [String: String](from: decoder) }

  func added(to query: Query, tables: [String: Query]) throws -> Query {
    var query = query
    if let name = texts["join"] {
      let kind = try texts["kind"].map { try Join.Kind(rawValue: $0).required("kind \($0)") } ?? .inner
      query = try query.join(try tables[name].required(name), on: texts["on"].required("on"), kind: kind)
    }
    if let name = texts["near"] {
      query = try query.near(
        try tables[name].required(name), on: texts["on"], before: .text(texts["before"].required("before")),
        after: .text(texts["after"].required("after")))
    }
    if let name = texts["asof"] {
      query = try query.asof(try tables[name].required(name), on: texts["on"], kind: .inner)
    }
    if let name = texts["study"] {
      let measure = try texts["measures"].required("measures")
      var settings = Study.Settings()
      settings.before = .text(try texts["before"].required("before"))
      settings.after = .text(try texts["after"].required("after"))
      query = try query.study(
        try tables[name].required(name), measure: measure, on: texts["on"], settings: settings)
    }
    if let derive = texts["window"] {
      query = try query.window(by: texts["partition"], sort: texts["order"], derive: derive)
    }
    if let expression = texts["where"] { query = try query.where(expression) }
    if let list = texts["derive"] { query = try query.derive(list) }
    if let list = texts["by"] { query = try query.by(list) }
    if let list = texts["measure"] { query = try query.measure(list) }
    if let list = texts["select"] { query = try query.select(list) }
    if let list = texts["sort"] { query = try query.sort(list) }
    if let count = texts["limit"].flatMap({ Int($0) }) { query = try query.limit(count) }
    return try query.addingTextStep(texts)
  }
}

extension [Steps] {
  /// The query with the steps one behind the other.
  func added(to query: Query, tables: [String: Query]) throws -> Query {
    try reduce(query) { try $1.added(to: $0, tables: tables) }
  }
}
