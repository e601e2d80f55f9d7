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
  @OptionGroup var sidecar: SidecarOptions
  @OptionGroup(title: "Common options") var common: CommonOptions

  mutating func run() throws {
    let isFile = output.output ?? "-" != "-"
    let session = common.session(
      output: output.output, recording: isFile && !explain && !analyze && sidecar.isWanted)
    let query = try common.asking(session) { try session.query(request) }
    if analyze { return Console.print(try common.asking(session) { try session.analyze(query) }) }
    if explain { return Console.print(try query.explain()) }
    let report = try common.asking(session) { try session.run(query) }
    if let file = output.output, isFile {
      try session.write(
        report, of: request, query: query, to: file, as: output.reportFormat, options: output.options(common.threads))
    } else {
      try output.write(report, threads: common.threads)
    }
    try common.warn(session)
  }

  private var request: QueryRequest {
    var request = QueryRequest(dataset)
    request.reading = reading
    request.where = `where`
    request.derive = derive
    request.by = by
    request.measure = measure
    request.select = select
    request.sort = sort
    request.limit = limit
    return request
  }
}
