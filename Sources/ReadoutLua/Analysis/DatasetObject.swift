import ReadoutEngine

/// A dataset as scripts hold it: `opcon.statements`.
final class DatasetObject: LuaObject {
  static let classNumber: Int32 = 1

  private let dataset: any AnalysisDataset
  private let name: String
  private var queries: [String: QueryObject] = [:]

  init(_ dataset: any AnalysisDataset, name: String) {
    self.dataset = dataset
    self.name = name
  }

  private func query(_ table: String) throws(ReadoutError) -> QueryObject {
    if let known = queries[table] { return known }
    let made = QueryObject(try dataset.query(table))
    queries[table] = made
    return made
  }

  static func members(of analysis: Analysis) -> [(String, LuaValue)] {
    let next = analysis.function { (_, call) throws(ReadoutError) in try table(after: call) }
    return [
      ("__name", .string("dataset")),
      (
        "__index",
        analysis.function { (_, call) throws(ReadoutError) in
          let dataset = try receiver(call)
          guard let table = call[1].text else {
            throw ReadoutError(
              .request, "a dataset has tables by name", value: call[1].typeName,
              hint: "tables: \(dataset.dataset.tableNames.joined(separator: ", "))")
          }
          do throws(ReadoutError) { return [.object(try dataset.query(table))] } catch {
            throw dataset.hinting(error, at: table)
          }
        }
      ),
      (
        "__pairs",
        analysis.function { (_, call) throws(ReadoutError) in
          [next, .object(try receiver(call)), .null]
        }
      ),
      (
        "__tostring",
        analysis.function { (_, call) throws(ReadoutError) in
          let dataset = try receiver(call)
          return [.string("dataset \(dataset.name): \(dataset.dataset.tableNames.joined(separator: ", "))")]
        }
      ),
    ]
  }

  /// The table behind a given one, or the first, with its name: what `pairs` goes by.
  private static func table(after call: HostCall) throws(ReadoutError) -> [LuaValue] {
    let dataset = try receiver(call)
    let names = dataset.dataset.tableNames
    let place = call[1].text.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    guard place < names.count else { return [.null] }
    return [.string(names[place]), .object(try dataset.query(names[place]))]
  }

  /// Steps belong to tables: who asks a dataset for one is told of its table.
  private func hinting(_ error: ReadoutError, at name: String) -> ReadoutError {
    guard let table = dataset.tableNames.first, QueryObject.isMethod(name) else { return error }
    var error = error
    error.hint = "\(name) is asked of a table: open(…).\(table):\(name)(…)"
    return error
  }

  private static func receiver(_ call: HostCall) throws(ReadoutError) -> DatasetObject {
    guard case .object(let object) = call[0], let dataset = object as? DatasetObject else {
      throw ReadoutError(.request, "not a dataset", value: call[0].typeName)
    }
    return dataset
  }
}

/// The tables of `dataset { … }`.
final class RowDataset: AnalysisDataset {
  private let tables: RowTables
  private let host: any AnalysisHost

  init(_ tables: RowTables, host: any AnalysisHost) {
    self.tables = tables
    self.host = host
  }

  var tableNames: [String] { tables.names }

  func query(_ table: String) throws(ReadoutError) -> Query {
    guard let found = tables[table] else {
      throw ReadoutError(
        .request, "unknown table", value: table,
        hint: Suggestion.hint(for: table, among: tableNames, kind: "tables"))
    }
    return host.query(of: found, named: "dataset/\(table)")
  }
}
