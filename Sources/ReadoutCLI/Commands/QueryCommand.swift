import ArgumentParser
import Readout

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Asks one question, without a script.",
    discussion: """
      The steps run in this order: where, derive, by and measure, select, sort,
      limit. Expressions and lists are Lua.

      Example:
        readout query datasets/opcon/statements --where "topic == 'OPCON'" \\
          --by country --measure "n = count(), tone = mean(tone(text))" --sort "-n"
      """)

  @Argument(
    help: ArgumentHelp(
      "A dataset and its table, a file, a pattern of files, or - for standard input.", valueName: "dataset/table"),
    completion: .file())
  var dataset: String

  @Option(parsing: .unconditional, help: ArgumentHelp("Keep the rows for which this is true.", valueName: "expression"))
  var `where`: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Add or replace columns.", valueName: "list"))
  var derive: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Group by these keys.", valueName: "list"))
  var by: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("One row a group, with these aggregates.", valueName: "list"))
  var measure: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Keep, order and rename columns.", valueName: "list"))
  var select: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Order the rows; a leading minus is descending.", valueName: "list"))
  var sort: String?
  @Option(help: ArgumentHelp("Keep the first n rows.", valueName: "n"), transform: OptionValue.limit)
  var limit: Int?
  @Option(
    help: ArgumentHelp(
      "How the file is read, as in dataset.lua: \"delimiter = ';', types = { code = 'string' }\".", valueName: "list"))
  var reading: String?
  @Flag(help: "Show the plan in place of the answer.")
  var explain = false

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let session = common.session(output: output.output)
    let query = try steps(of: session.query(dataset, reading: reading))
    if explain { return Console.print(try query.explain()) }
    let report = try session.run(query)
    try output.write(report, threads: common.threads)
    try common.warn(session)
  }

  private func steps(of table: Query) throws -> Query {
    var query = table
    if let `where` { query = try query.where(`where`, at: .init(step: "--where")) }
    if let derive { query = try query.derive(derive, at: .init(step: "--derive")) }
    if let by { query = try query.by(by, at: .init(step: "--by")) }
    if let measure { query = try query.measure(measure, at: .init(step: "--measure")) }
    if let select { query = try query.select(select, at: .init(step: "--select")) }
    if let sort { query = try query.sort(sort, at: .init(step: "--sort")) }
    if let limit { query = try query.limit(limit, at: .init(step: "--limit")) }
    return query
  }
}
