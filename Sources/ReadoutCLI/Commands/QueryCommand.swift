import ArgumentParser
import Readout

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Asks one question, without a script.",
    discussion: """
      The steps run in this order: where, derive, by and measure, select, sort,
      limit. Expressions and lists are Lua. A list given twice is one longer list;
      of several --where all must be true.

      Example:
        readout query datasets/opcon/statements --where "topic == 'OPCON'" \\
          --by country --measure "n = count(), tone = mean(tone(text))" --sort "-n"
      """)

  @Argument(
    help: ArgumentHelp(
      "A dataset and its table, a file, a pattern of files, or - for standard input.", valueName: "dataset/table"),
    completion: .file())
  var dataset: String

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Keep the rows for which this is true.", valueName: "expression"))
  var `where`: [String] = []
  @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("Add or replace columns.", valueName: "list"))
  var derive: [String] = []
  @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("Group by these keys.", valueName: "list"))
  var by: [String] = []
  @Option(
    parsing: .unconditionalSingleValue, help: ArgumentHelp("One row a group, with these aggregates.", valueName: "list")
  )
  var measure: [String] = []
  @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("Keep, order and rename columns.", valueName: "list"))
  var select: [String] = []
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Order the rows; a leading minus is descending.", valueName: "list"))
  var sort: [String] = []
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Keep the first n rows.", valueName: "n"), transform: OptionValue.limit)
  var limit: Int?
  @Option(
    help: ArgumentHelp(
      "How the file is read, as in dataset.lua: \"delimiter = ';', types = { code = 'string' }\".", valueName: "list"))
  var reading: String?
  @Flag(help: "Show the plan in place of the answer.")
  var explain = false
  @Flag(help: "Run the query, on one thread, and show the plan with how often metrics were called.")
  var analyze = false

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let session = common.session(output: output.output)
    let query = try steps(of: session.query(dataset, reading: reading))
    if analyze { return Console.print(try session.analyze(query)) }
    if explain { return Console.print(try query.explain()) }
    let report = try session.run(query)
    try output.write(report, threads: common.threads)
    try common.warn(session)
  }

  private func steps(of table: Query) throws -> Query {
    var query = table
    for condition in `where` { query = try query.where(condition, at: .init(step: "--where")) }
    // An option that is given twice adds to the list.
    let list = { (items: [String]) in items.joined(separator: ", ") }
    if !derive.isEmpty { query = try query.derive(list(derive), at: .init(step: "--derive")) }
    if !by.isEmpty { query = try query.by(list(by), at: .init(step: "--by")) }
    if !measure.isEmpty { query = try query.measure(list(measure), at: .init(step: "--measure")) }
    if !select.isEmpty { query = try query.select(list(select), at: .init(step: "--select")) }
    if !sort.isEmpty { query = try query.sort(list(sort), at: .init(step: "--sort")) }
    if let limit { query = try query.limit(limit, at: .init(step: "--limit")) }
    return query
  }
}
