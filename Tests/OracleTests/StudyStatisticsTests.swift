import Foundation
import ReadoutEngine
import Testing

/// Whether the numbers of an event study mean what they say, on series whose truth is known: intervals cover it about as often
/// as their level, p-values are uniform where nothing happened and small where something did.
///
/// Tolerances are three standard errors of a share over so many series, with what the methods are known to miss on top.
@Suite struct StudyStatisticsTests {
  /// Series of statements, each with events at the same days.
  private struct World {
    var series = 300
    var days = 420
    var eventDays: [Int64] = [200]
    /// How much of a day's mood is left the next day.
    var memory = 0.0
    /// What an event adds to the tone of what is said after it.
    var effect = 0.0
    var seed: UInt64 = 1

    func study(_ settings: Study.Settings, _ grouping: Study.Grouping) throws -> Table {
      var random = SeededGenerator(seed: seed)
      func normal() -> Double {
        let (u, v) = (Double.random(in: 0x1p-53..<1, using: &random), Double.random(in: 0..<1, using: &random))
        return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
      }
      var (keys, dates, tones): ([Scalar], [Scalar], [Scalar]) = ([], [], [])
      for number in 0..<series {
        var mood = normal()
        for day in 0..<Int64(days) {
          mood = memory * mood + (1 - memory * memory).squareRoot() * normal()
          // Zero to three statements, of one mood.
          for _ in 0..<random.below(4) {
            let isAfter = eventDays.contains { (0..<20).contains(day - $0) }
            keys.append(.integer(Int64(number)))
            dates.append(.date(day))
            tones.append(.number(mood + normal() / 2 + (isAfter ? effect : 0)))
          }
        }
      }
      let statements = Query(
        Table([("key", .integer, keys), ("date", .date, dates), ("tone", .number, tones)]), named: "statements")
      let happened = (0..<series).flatMap { key in eventDays.map { (Scalar.integer(Int64(key)), Scalar.date($0)) } }
      let events = Query(
        Table([("key", .integer, happened.map(\.0)), ("date", .date, happened.map(\.1))]), named: "events")
      let measures = [
        ListItem(name: "tone", Expression(.call("mean", [Expression(.column("tone"))]))),
        ListItem(name: "n", Expression(.call("count", []))),
      ]
      let step = Study(
        EventPairing(
          statements, events, on: RandomPairing.option("on", [("key", "key")]), dates: nil, kind: .inner, prefix: nil),
        measure: OptionText("measure", "", measures), grouping: grouping, settings: settings)
      return try Executor.run(statements.adding(.table(step)), options: ExecutionOptions(threads: 2))
    }
  }

  private static var settings: Study.Settings {
    var settings = Study.Settings()
    (settings.before, settings.after, settings.resamples) = (20, 20, 400)
    return settings
  }

  private static let byKey = Study.Grouping.by(OptionText("by", "key", [ListItem(Expression(.column("key")))]))

  private static func numbers(_ table: Table, _ column: String, of measure: String) -> [Double] {
    let (measures, values) = (table.whole(table.index(of: "measure")!), table.whole(table.index(of: column)!))
    return (0..<table.rowCount).filter { measures[$0] == .string(measure) }.map {
      if case .number(let value) = values[$0] { value } else { .nan }
    }
  }

  private static func coverage(_ table: Table, of measure: String, truth: Double) -> Double {
    let (low, high) = (numbers(table, "low", of: measure), numbers(table, "high", of: measure))
    return Double(zip(low, high).count { $0 <= truth && truth <= $1 }) / Double(low.count)
  }

  private static func share(_ values: [Double], atMost bound: Double) -> Double {
    Double(values.count { $0 <= bound }) / Double(values.count)
  }

  /// One event a series, days that have nothing to do with each other, and days that remember the day before.
  @Test(arguments: [(0.0, 0.92...0.99), (0.4, 0.86...0.98)])
  func intervalsOfOneEventCover(memory: Double, expected: ClosedRange<Double>) throws {
    let table = try World(memory: memory, effect: 0.5).study(Self.settings, .event)
    let coverage = Self.coverage(table, of: "tone", truth: 0.5)
    #expect(expected.contains(coverage), "tone, memory \(memory): \(coverage)")
    let counts = Self.coverage(table, of: "n", truth: 0)
    #expect((0.91...0.99).contains(counts), "n, memory \(memory): \(counts)")
  }

  /// Ten events a series: their mean difference.
  @Test func intervalsOfSeveralEventsCover() throws {
    var world = World(series: 200, days: 620, effect: 0.3)
    world.eventDays = (0..<10).map { 40 + 55 * $0 }
    let coverage = Self.coverage(try world.study(Self.settings, Self.byKey), of: "tone", truth: 0.3)
    #expect((0.90...0.99).contains(coverage), "\(coverage)")
  }

  /// Where nothing happened p is uniform: no share of small ones is larger than it says. One event, and five of a series.
  @Test func placebosAreUniform() throws {
    var world = World(days: 900, memory: 0.3)
    world.eventDays = [450]
    let one = try world.study(Self.settings, .event)
    world.eventDays = [100, 200, 450, 600, 750]
    let five = try world.study(Self.settings, Self.byKey)
    for (name, table) in [("one event", one), ("five events", five)] {
      for measure in ["tone", "n"] {
        let p = Self.numbers(table, "p", of: measure)
        for bound in [0.05, 0.1, 0.25, 0.5, 0.75] {
          let share = Self.share(p, atMost: bound)
          let error = (bound * (1 - bound) / Double(p.count)).squareRoot()
          #expect(share < bound + 3 * error, "\(name), \(measure): p is at most \(bound) in \(share)")
          #expect(share > bound - 0.05 - 3 * error, "\(name), \(measure): p is at most \(bound) in \(share)")
        }
      }
    }
  }

  /// A planted change is found, and only where it was planted.
  @Test func plantedChangesAreFound() throws {
    // Room for some thirty placebo windows: p can go down to a thirtieth.
    let table = try World(series: 150, days: 1_300, eventDays: [650], effect: 2).study(Self.settings, .event)
    #expect(Self.share(Self.numbers(table, "p", of: "tone"), atMost: 0.05) > 0.9)
    #expect(Self.share(Self.numbers(table, "p", of: "n"), atMost: 0.05) < 0.05 + 3 * 0.018)
    let low = Self.numbers(table, "low", of: "tone")
    #expect(Double(low.count { $0 > 0 }) / Double(low.count) > 0.9)
  }

  /// Another seed gives other draws and about the same answer; the same seed the same bytes.
  @Test func seedsDecide() throws {
    let world = World(series: 20)
    var other = Self.settings
    other.seed = 2
    let first = try world.study(Self.settings, .event)
    #expect(Comparison.areIdentical(first, try world.study(Self.settings, .event)))
    let second = try world.study(other, .event)
    #expect(Self.numbers(first, "low", of: "tone") != Self.numbers(second, "low", of: "tone"))
    // A p-value from 400 draws has a standard error of 0.025 at most.
    for (a, b) in zip(Self.numbers(first, "p", of: "tone"), Self.numbers(second, "p", of: "tone")) {
      #expect((a - b).magnitude < 4 * 0.025 * 2.squareRoot())
    }
  }

  /// A mood that falls all the time is warned of, where half a year stands still it is not.
  @Test func movingSeriesAreWarned() throws {
    let (days, event) = (900, Int64(450))
    for isMoving in [true, false] {
      var random = SeededGenerator(seed: 3)
      var (dates, tones): ([Scalar], [Scalar]) = ([], [])
      for day in 0..<Int64(days) {
        let isFalling = isMoving && (event - 20..<event).contains(day)
        dates.append(.date(day))
        tones.append(.number(Double(random.below(100)) / 100 - (isFalling ? Double(day - event + 20) / 4 : 0)))
      }
      let statements = Query(Table([("date", .date, dates), ("tone", .number, tones)]), named: "statements")
      let events = Query(Table([("date", .date, [.date(event)])]), named: "events")
      let item = ListItem(name: "tone", Expression(.call("mean", [Expression(.column("tone"))])))
      let step = Study(
        EventPairing(statements, events, on: nil, dates: nil, kind: .inner, prefix: nil),
        measure: OptionText("measure", "", [item]), settings: Self.settings)
      let table = try Executor.run(statements.adding(.table(step)), options: ExecutionOptions(threads: 1))
      let warning = table.whole(table.index(of: "warning")!)[0]
      #expect(warning == (isMoving ? .string("already moving before") : .null), "\(warning)")
    }
  }
}

extension Table {
  fileprivate init(_ columns: [(name: String, type: DataType, values: [Scalar])]) {
    self.init(
      fields: columns.map { Field($0.name, $0.type) },
      columns: columns.map { Column(encoding: Values($0.values, type: $0.type)) })
  }
}
