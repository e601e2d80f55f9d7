import ReadoutEngine

/// How long one call of the host may take beside the state's own limit: what is left of the query's time, and of what its plugin may
/// take in the query.
struct CallTime {
  /// A call that begins just before the query's time is up gets so long, so that whoever did nothing wrong is not stopped in the middle, and the
  /// query itself says that its time is up.
  private static let grace = Duration.milliseconds(200)

  private enum Limit {
    case call(Duration)
    case query(ExecutionControl)
    case plugin(PluginTime)
  }

  private let worker: Worker?
  private let plugin: Plugin?
  private let start = ContinuousClock.now
  private let limit: Limit?
  /// From now on; nil is for ever.
  let duration: Duration?

  /// The shortest of the limits.
  /// - Parameters:
  ///   - limits: Of the state.
  ///   - worker: Whose query the call is made for; nil outside of queries.
  ///   - plugin: Whose functions are called; nil where they are an analysis's own.
  init(_ limits: LuaLimits, worker: Worker?, plugin: Plugin?) {
    self.worker = worker
    self.plugin = plugin
    var shortest = limits.time.map { (duration: $0, limit: Limit.call($0)) }
    func consider(_ duration: Duration, _ limit: Limit) {
      if shortest.map({ duration < $0.duration }) ?? true { shortest = (duration, limit) }
    }
    for case let control? in [worker?.control, limits.control] {
      if let deadline = control.deadline { consider(max(deadline - start, Self.grace), .query(control)) }
    }
    if let plugin, let time = worker?.pluginTime { consider(time.left(of: plugin), .plugin(time)) }
    duration = shortest?.duration
    limit = shortest?.limit
  }

  /// Whether nothing is left before the call begins.
  var isUsedUp: Bool { duration.map { $0 <= .zero } ?? false }

  /// Whether the call has used its time.
  var isOver: Bool { duration.map { ContinuousClock.now - start > $0 } ?? false }

  /// Counts what the call took.
  func end() {
    if let plugin, let time = worker?.pluginTime { time.take(ContinuousClock.now - start, by: plugin) }
  }

  /// The error of a call that was stopped, or not begun, for want of time.
  func error(_ blame: ReadoutError.Blame, at place: ReadoutError.Place = .init()) -> ReadoutError {
    let error =
      switch limit {
      case .plugin(let time):
        ReadoutError(
          blame, "plugin \(plugin?.file ?? "") has used up its time in the query", value: "\(time.limit)", place: place,
          hint: "raise --plugin-time-limit, or filter rows away first")
      case .query(let control):
        ReadoutError(
          blame, "stopped at its time limit", value: control.timeLimit.map { "\($0)" }, place: place,
          hint: "raise --time-limit")
      case .call(let time):
        ReadoutError(
          blame, "stopped at its time limit", value: "\(time)", place: place,
          hint: time == LuaLimits().time
            ? "do less for each row: a call has this long at most" : "raise --time-limit")
      case nil: ReadoutError.bug("a call without a limit was stopped at one")
      }
    return error.endingQuery()
  }
}
