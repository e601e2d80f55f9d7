/// Whether what is said changed after events: `study(events, { on = "country", before = 30, after = 30, measure = "tone =
/// mean(tone)" })`.
///
/// A row for each event, or group of events, and measure: its value before and after, the difference with its bootstrap
/// interval, how often placebo dates of the same series do as well, and what speaks against trusting it. Or the path: the
/// measure by period relative to the event. `Documentation/event-study.md` has the methods and their sources.
public struct Study: EventPairingStep {
  /// Which events a row is about.
  public enum Grouping: Sendable {
    case event
    /// All that have the same values of some expressions over the events' columns.
    case by(OptionText<[ListItem]>)
    case overall
  }

  /// What has a usual value.
  public struct Settings: Sendable {
    /// How long the sides are; both count half open, so that equal lengths are equal numbers of days.
    public var before: TimeDistance.Given = 30
    public var after: TimeDistance.Given = 30
    /// What lies between the event and the side after it.
    public var gap: TimeDistance.Given = 0
    /// The length of a period: what is drawn, and a point of the path.
    public var every: TimeDistance.Given = 1
    /// How many neighbouring periods are drawn together; nil is the cube root of a side's.
    public var block: Int?
    public var resamples = 1000
    public var level = 0.95
    public var seed: UInt64 = 1

    public init() {}
  }

  var pairing: EventPairing
  let measure: OptionText<[ListItem]>
  let grouping: Grouping
  /// Whether the path is wanted.
  let path: Bool
  let settings: Settings

  public var name: String { "study" }
  /// Its rows stand for events and their windows.
  public var carriesColumns: Bool { false }
  public var seed: UInt64? { settings.seed }

  public init(
    _ pairing: EventPairing, measure: OptionText<[ListItem]>, grouping: Grouping = .event, path: Bool = false,
    settings: Settings = Settings()
  ) {
    self.pairing = pairing
    self.measure = measure
    self.grouping = grouping
    self.path = path
    self.settings = settings
  }

  public var expressions: [Expression] {
    if case .by(let keys) = grouping { return (measure.content + keys.content).map(\.expression) }
    return measure.content.map(\.expression)
  }

  func bind(
    _ left: [Table.Field], _ right: [Table.Field], functions: FunctionRegistry
  ) throws(ReadoutError) -> any BoundTableStep {
    let sides = try pairing.bindSides(left, right, step: name)
    let windows = try StudyWindows(settings, scale: sides.scale)
    let measure = try self.measure.placing { (items) throws(ReadoutError) in
      guard !items.isEmpty else { throw ReadoutError(.request, "study wants a measure", hint: Self.measureHint) }
      let bound = try BoundMeasure(items, over: left, functions: functions)
      for (item, result) in zip(items, bound.results)
      where !result.expression.type.isNumeric && result.expression.type != .boolean {
        throw ReadoutError(
          .request, "study measures numbers, not \(result.expression.type.withArticle)", value: result.name,
          hint: Self.measureHint, range: item.expression.range)
      }
      return bound
    }
    var keys: [(name: String, expression: BoundExpression)] = []
    if case .by(let list) = grouping {
      try list.placing { (items) throws(ReadoutError) in
        for (name, item) in zip(try ItemName.all(items), items) {
          keys.append((name, try Binder(functions: functions, scope: Scope(fields: right)).bind(item.expression)))
        }
      }
    }
    return BoundStudy(step: self, sides: sides, windows: windows, measure: measure, keys: keys, events: right)
  }

  static let measureHint = "measure = \"tone = mean(tone), n = count()\""
}
