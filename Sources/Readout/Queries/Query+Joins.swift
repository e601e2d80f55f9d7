import ReadoutEngine
import ReadoutLua

/// Steps that put rows of another query beside those of this one. Keys are texts as in Lua: `country, speaker = name`.
extension Query {
  /// Pairs each row with the rows of `other` whose keys are equal; null keys equal nothing.
  ///
  /// Rows come in their order, the partners of each in theirs. The other side's keys are not repeated; a column whose name
  /// is taken gets the prefix.
  /// - Parameters:
  ///   - prefix: The other table's name and `_` where it is nil.
  /// - Throws: `ReadoutError` for a text that cannot be read. Unknown columns, and types that cannot be compared, are
  ///   errors when the query is run or explained.
  public func join(
    _ other: Query, on: String, kind: Join.Kind = .inner, prefix: String? = nil, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    let keys = try Self.keys("on", on, "join", place)
    return adding(.table(Join(other, on: keys, kind: kind, prefix: prefix)), place: place)
  }

  /// Pairs each row with every event of the same key that lies within a window around it, both ends included.
  ///
  /// The event's columns get the prefix; `offset` is the days from the event to the row, from -`before` to `after`.
  /// - Parameters:
  ///   - on: The keys; without any, every row meets all events.
  ///   - before: How long before the event a row may lie: `7` days, or `"12 hours"`.
  ///   - after: How long after the event.
  ///   - date: The times of both sides, `said = happened`. Where it is nil: the columns with the role `date`, else one
  ///     called `date`, else the only one with a date or timestamp.
  public func near(
    _ events: Query, on: String? = nil, before: TimeDistance.Given = 0, after: TimeDistance.Given = 0,
    date: String? = nil, kind: EventPairing.Kind = .inner, prefix: String? = nil, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    let pairing = try pairing(events, on, date, kind, prefix, "near", place)
    return adding(.table(Near(pairing, before: before, after: after)), place: place)
  }

  /// Pairs each row with one event of the same key: the latest at or before it, or the nearest, or the next.
  ///
  /// Of several events at one moment the last in their table counts; of two equally near ones the earlier.
  /// - Parameters:
  ///   - within: How far away the event may be; any distance where it is nil.
  public func asof(
    _ events: Query, on: String? = nil, within: TimeDistance.Given? = nil, direction: Asof.Direction = .backward,
    date: String? = nil, kind: EventPairing.Kind = .left, prefix: String? = nil, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    let pairing = try pairing(events, on, date, kind, prefix, "asof", place)
    return adding(.table(Asof(pairing, direction: direction, within: within)), place: place)
  }

  func pairing(
    _ events: Query, _ on: String?, _ date: String?, _ kind: EventPairing.Kind, _ prefix: String?, _ step: String,
    _ place: ReadoutError.Place
  ) throws(ReadoutError) -> EventPairing {
    var keys: OptionText<[KeyPair]>?
    if let on { keys = try Self.keys("on", on, step, place) }
    var dates: OptionText<[KeyPair]>?
    if let date { dates = try Self.keys("date", date, step, place) }
    return EventPairing(self, events, on: keys, dates: dates, kind: kind, prefix: prefix)
  }

  private static func keys(
    _ option: String, _ text: String, _ step: String, _ place: ReadoutError.Place
  ) throws(ReadoutError) -> OptionText<[KeyPair]> {
    OptionText(
      option, text,
      try parsing(text, step, place) { (text) throws(ReadoutError) in
        try KeyPair.pairs(try ExpressionParser.list(text))
      })
  }
}
