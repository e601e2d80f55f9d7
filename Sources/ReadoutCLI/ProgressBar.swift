import ReadoutVectors
import Synchronization

/// A line on standard error for work that takes longer than half a second: what, rows, rate and time left.
///
/// Only on a terminal, and not with `--quiet`. Any thread may tell it how far the work is.
final class ProgressBar: Sendable {
  static let shared = ProgressBar()

  private struct State {
    var isEnabled = false
    var what = ""
    var start = ContinuousClock.now
    var drawn: ContinuousClock.Instant?
    var done = 0
  }

  private let state = Mutex(State())
  private static let patience = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(100)

  /// Shows progress from now on where standard error is a terminal.
  func enable() { state.withLock { $0.isEnabled = OutputFile.standardError.isTerminal } }

  /// Notes that `done` of `total` `unit`s of the work `what` are finished.
  func update(_ what: String, done: Int, of total: Int, unit: String) {
    state.withLock { state in
      guard state.isEnabled else { return }
      let now = ContinuousClock.now
      if state.what != what || done < state.done {
        state.what = what
        state.start = now
      }
      state.done = done
      guard now - state.start >= Self.patience, state.drawn.map({ now - $0 >= Self.interval }) ?? true else { return }
      state.drawn = now
      let line = Self.line(what, done: done, of: total, unit: unit, elapsed: now - state.start)
      try? OutputFile.standardError.write(all: Array("\r\u{1B}[K\(line)".utf8).span)
    }
  }

  /// Takes the line away, before something else is written.
  func clear() {
    state.withLock { state in
      guard state.drawn != nil else { return }
      state.drawn = nil
      try? OutputFile.standardError.write(all: Array("\r\u{1B}[K".utf8).span)
    }
  }

  /// `reading 42 % [########            ] 1.2 M rows, 3.4 M rows/s, 2 s left`
  static func line(_ what: String, done: Int, of total: Int, unit: String, elapsed: Duration) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
    let rate = seconds > 0 ? Double(done) / seconds : 0
    let filled = Int(share * 20)
    let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: 20 - filled)
    let left = rate > 0 ? Int((Double(total - done) / rate).rounded(.up)) : 0
    return
      "\(what) \(Int(share * 100)) % [\(bar)] \(short(Double(done))) \(unit), \(short(rate)) \(unit)/s, \(left) s left"
  }

  /// Three digits and a unit: `1.23 M`.
  private static func short(_ value: Double) -> String {
    for (limit, unit) in [(1e9, " G"), (1e6, " M"), (1e3, " k")] where value >= limit {
      return "\((value / limit * 100).rounded() / 100)\(unit)"
    }
    return "\(Int(value))"
  }
}
