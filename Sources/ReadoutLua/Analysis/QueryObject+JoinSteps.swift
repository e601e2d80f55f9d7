import ReadoutEngine

/// The methods that put rows of another query beside those of this one.
extension QueryObject {
  static let joinSteps: [String: Method] = [
    "join": { (analysis, query, call) throws(ReadoutError) in
      let other = try other(call, "join", in: analysis)
      let options = try StepOptions(call, 2, of: "join", known: ["on", "kind", "prefix"], in: analysis)
      guard let on = try options.keys("on") else {
        throw ReadoutError(
          .request, "join wants to know on which columns", place: options.place,
          hint: "q:join(other, { on = \"country, speaker = name\" })")
      }
      let kind = try options.choice("kind", Join.Kind.choices) ?? .inner
      let prefix = try options.string("prefix")
      return try query.pairing(with: other, options.place) { (_) throws(ReadoutError) in
        Join(try other.query(), on: on, kind: kind, prefix: prefix)
      }
    },
    "near": { (analysis, query, call) throws(ReadoutError) in
      let other = try other(call, "near", in: analysis)
      let options = try StepOptions(
        call, 2, of: "near", known: ["on", "before", "after", "date", "kind", "prefix"], in: analysis)
      let before = try options.length("before")
      let after = try options.length("after")
      guard before != nil || after != nil else {
        throw ReadoutError(
          .request, "near wants to know how near", place: options.place, hint: "before = 7, after = 7, in days")
      }
      let pairing = try options.eventPairing(usually: .inner)
      return try query.pairing(with: other, options.place) { (left) throws(ReadoutError) in
        Near(pairing(left, try other.query()), before: before ?? .days(0), after: after ?? .days(0))
      }
    },
    "asof": { (analysis, query, call) throws(ReadoutError) in
      let other = try other(call, "asof", in: analysis)
      let options = try StepOptions(
        call, 2, of: "asof", known: ["on", "within", "direction", "date", "kind", "prefix"], in: analysis)
      let within = try options.length("within")
      let direction = try options.choice("direction", Asof.Direction.choices) ?? .backward
      let pairing = try options.eventPairing(usually: .left)
      return try query.pairing(with: other, options.place) { (left) throws(ReadoutError) in
        Asof(pairing(left, try other.query()), direction: direction, within: within)
      }
    },
  ]

  /// The query that a step reads beside its own.
  static func other(
    _ call: HostCall, _ step: String, in analysis: Analysis
  ) throws(ReadoutError) -> QueryObject {
    guard case .object(let object) = call[1], let other = object as? QueryObject else {
      throw ReadoutError(
        .request, "\(step) takes another query", value: call[1].typeName, place: analysis.place(of: call, step: step),
        hint: "q:\(step)(opcon.events, { on = \"country\" })")
    }
    return other
  }

  /// The query with a step that another query is part of.
  func pairing(
    with other: QueryObject, _ place: ReadoutError.Place,
    _ step: @escaping (Query) throws(ReadoutError) -> any TableStep
  ) throws(ReadoutError) -> [LuaValue] {
    let joined = try changing(reading: other) { (query) throws(ReadoutError) in
      query.adding(.table(try step(query)), place: place)
    }
    return [.object(joined)]
  }
}

extension StepOptions {
  /// Key columns: `country, speaker = name`.
  func keys(_ key: String) throws(ReadoutError) -> OptionText<[KeyPair]>? {
    guard
      let pairs = try parsed(
        key, { (text) throws(ReadoutError) in try KeyPair.pairs(try ExpressionParser.list(text)) })
    else { return nil }
    return OptionText(key, try string(key) ?? "", pairs)
  }

  /// A number of days, or a text such as `12 hours`.
  func length(_ key: String) throws(ReadoutError) -> TimeDistance.Given? {
    switch self[key] {
    case .null: return nil
    case .string(let text): return .text(text)
    default:
      guard let days = self[key].number, days.isFinite else {
        throw wrong(key, "a number of days, or a text as '12 hours'")
      }
      return .days(days)
    }
  }

  /// What `near` and `asof` have in common, once the two queries are known.
  func eventPairing(
    usually kind: EventPairing.Kind
  ) throws(ReadoutError) -> (_ left: Query, _ right: Query) -> EventPairing {
    let on = try keys("on")
    let dates = try keys("date")
    let kind = try choice("kind", EventPairing.Kind.choices) ?? kind
    let prefix = try string("prefix")
    return { EventPairing($0, $1, on: on, dates: dates, kind: kind, prefix: prefix) }
  }
}

extension Join.Kind {
  static let choices: KeyValuePairs<String, Join.Kind> = [
    "inner": .inner, "left": .left, "semi": .semi, "anti": .anti,
  ]
}

extension EventPairing.Kind {
  static let choices: KeyValuePairs<String, EventPairing.Kind> = ["inner": .inner, "left": .left]
}

extension Asof.Direction {
  static let choices: KeyValuePairs<String, Asof.Direction> = [
    "backward": .backward, "nearest": .nearest, "forward": .forward,
  ]
}
