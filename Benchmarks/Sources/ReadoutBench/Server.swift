import Foundation
import Readout

/// Loads files and answers queries, one request a line, and says how long each took.
struct Server {
  private var tables: [String: Query] = [:]
  private var answer: Report?
  /// The metrics of a folder, loaded once, by the folder and by whether they are lifted.
  private var metrics: [String: Metrics] = [:]
  private let residentBefore = ProcessMemory.resident

  mutating func reply(to line: String) -> Reply {
    do {
      var reply = try run(JSONDecoder().decode(Request.self, from: Data(line.utf8)))
      reply.peak = max(0, ProcessMemory.peak - residentBefore)
      return reply
    } catch {
      return Reply(error: "\(error)")
    }
  }

  private mutating func run(_ request: Request) throws -> Reply {
    switch request.task {
    case .load: return try load(request)
    case .query: return try query(request)
    case .explain: return Reply(plan: try explain(request))
    case .answer: return try write(request)
    case .bytes: return try bytes(request)
    case .bandwidth: return Reply(seconds: Bandwidth.seconds(threads: request.threads), bytes: Bandwidth.bytes)
    case .forget:
      ProcessMemory.forgetPeak()
      return Reply()
    }
  }

  private mutating func load(_ request: Request) throws -> Reply {
    let name = try request.table.required("table")
    let path = try request.path.required("path")
    let start = ContinuousClock.now
    let reading = try request.format.map { try ReadingOptions(format: $0) }
    let dataset = try Dataset(opening: path, reading: reading, options: ExecutionOptions(threads: request.threads))
    let table = try dataset[dataset.onlyTable]
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    tables[name] = table
    return Reply(seconds: seconds, rows: table.source.rowCount, bytes: table.source.byteCount)
  }

  private mutating func query(_ request: Request) throws -> Reply {
    let (table, steps) = try asked(request)
    answer = nil
    let start = ContinuousClock.now
    let report = try steps.added(to: table, tables: tables).collect(threads: request.threads)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    answer = report
    return Reply(seconds: seconds, rows: report.rowCount)
  }

  private mutating func explain(_ request: Request) throws -> String {
    let (table, steps) = try asked(request)
    return try steps.added(to: table, tables: tables).explain()
  }

  /// The table with its metrics, and what is asked of it.
  private mutating func asked(_ request: Request) throws -> (table: Query, steps: [Steps]) {
    let table = try table(request)
    let steps = try request.query.required("query")
    guard let folder = request.plugins else { return (table, steps) }
    return (table.using(metrics(of: folder, lifts: request.lifts)), steps)
  }

  private mutating func metrics(of folder: String, lifts: Bool) -> Metrics {
    let key = "\(folder) \(lifts)"
    if let known = metrics[key] { return known }
    var made = Metrics.builtIn
    made.source = PluginFolders([folder], lifts: lifts)
    metrics[key] = made
    return made
  }

  private func write(_ request: Request) throws -> Reply {
    let report = try answer.required("answer")
    let path = try request.path.required("path")
    let start = ContinuousClock.now
    try report.writeCSV(to: path)
    return Reply(seconds: (ContinuousClock.now - start) / .seconds(1), rows: report.rowCount)
  }

  private func bytes(_ request: Request) throws -> Reply {
    let table = try table(request).source
    let columns = try request.columns.required("columns")
    let bytes = try columns.reduce(0) { sum, name in
      sum + table.columns[try table.index(of: name).required("column \(name)")].byteCount
    }
    return Reply(rows: table.rowCount, bytes: bytes)
  }

  private func table(_ request: Request) throws -> Query {
    try tables[try request.table.required("table")].required("table")
  }
}

/// A request that lacks what its task needs.
struct Missing: Error, CustomStringConvertible {
  let description: String
}

extension Optional {
  func required(_ name: String) throws -> Wrapped {
    guard let self else { throw Missing(description: "no \(name)") }
    return self
  }
}
