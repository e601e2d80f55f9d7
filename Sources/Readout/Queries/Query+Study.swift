import ReadoutEngine
import ReadoutLua

/// The event study.
extension Query {
  /// Whether measures changed after events: a row for each event, or group of events, and measure.
  ///
  /// A row has the value before and after, the difference, its bootstrap interval, the share of placebo dates that do as
  /// well, the number of statements on each side, and a warning where something speaks against trusting it. Groups are means
  /// over events, each counting once. <doc:EventStudies> explains all of it.
  /// - Parameters:
  ///   - measure: Aggregates over the rows of a side: `tone = mean(tone), n = count()`.
  ///   - on: The keys, as in ``near(_:on:before:after:date:kind:prefix:at:)``; without any, every row belongs to all events.
  ///   - by: The events of a group have equal values of these expressions over the events' columns.
  ///   - overall: Whether all events are one group; not together with `by`.
  ///   - settings: Lengths of the sides (30 days each), resamples, seed.
  ///   - date: The times of both sides, `said = happened`.
  public func study(
    _ events: Query, measure: String, on: String? = nil, by: String? = nil, overall: Bool = false,
    settings: Study.Settings = .init(), date: String? = nil, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    let grouping: Study.Grouping
    if let by {
      guard !overall else { throw ReadoutError(.request, "study takes either by or overall", value: by, place: place) }
      grouping = .by(try Self.option("by", by, "study", place, ExpressionParser.list))
    } else {
      grouping = overall ? .overall : .event
    }
    return try studying(events, measure, on, grouping, false, settings, date, place)
  }

  /// The path of measures around events: a row for each period relative to the event, and measure.
  ///
  /// A value is the mean over the events that have one in that period; its interval comes from resampling events.
  /// - Parameters: As in ``study(_:measure:on:by:overall:settings:date:at:)``; without `by` all events are one group.
  public func path(
    around events: Query, measure: String, on: String? = nil, by: String? = nil, settings: Study.Settings = .init(),
    date: String? = nil, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    let keys = try Self.option("by", by, "study", place, ExpressionParser.list)
    return try studying(events, measure, on, keys.map { .by($0) } ?? .overall, true, settings, date, place)
  }

  private func studying(
    _ events: Query, _ measure: String, _ on: String?, _ grouping: Study.Grouping, _ path: Bool,
    _ settings: Study.Settings, _ date: String?, _ place: ReadoutError.Place
  ) throws(ReadoutError) -> Query {
    let measures = try Self.option("measure", measure, "study", place, ExpressionParser.list)
    let pairing = try pairing(events, on, date, .inner, nil, "study", place)
    return adding(
      .table(Study(pairing, measure: measures, grouping: grouping, path: path, settings: settings)), place: place)
  }
}
