/// One line of standard input, as JSON: what is to be done, and what that needs.
struct Request: Decodable {
  enum Task: String, Decodable {
    /// Reads the file `path` as the table `table`.
    case load
    /// Asks `query` of the table `table`.
    case query
    /// Says how `query` would run, without running it.
    case explain
    /// Writes the last answer to `path` as CSV.
    case answer
    /// Bytes of the `columns` of `table` as they are encoded.
    case bytes
    /// How fast this machine's memory is read.
    case bandwidth
    /// The process's peak memory begins anew.
    case forget
  }

  var task: Task
  var threads = 2
  var table: String?
  var path: String?
  var query: [Steps]?
  var columns: [String]?
  /// The named format of the file.
  var format: String?
  /// The folder of the metrics that the query calls.
  var plugins: String?
  /// Whether those run column-wise where they can.
  var lifts = true

  private enum CodingKeys: String, CodingKey { case task, threads, table, path, format, query, columns, plugins, lifts }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    task = try fields.decode(Task.self, forKey: .task)
    threads = try fields.decodeIfPresent(Int.self, forKey: .threads) ?? threads
    table = try fields.decodeIfPresent(String.self, forKey: .table)
    path = try fields.decodeIfPresent(String.self, forKey: .path)
    format = try fields.decodeIfPresent(String.self, forKey: .format)
    query = try fields.decodeIfPresent([Steps].self, forKey: .query)
    plugins = try fields.decodeIfPresent(String.self, forKey: .plugins)
    lifts = try fields.decodeIfPresent(Bool.self, forKey: .lifts) ?? lifts
    columns = try fields.decodeIfPresent([String].self, forKey: .columns)
  }
}

/// One line of standard output, as JSON.
struct Reply: Encodable {
  /// Wall time of the task alone, by a monotonic clock.
  var seconds: Double?
  var rows: Int?
  /// Bytes of the columns, or read from memory.
  var bytes: Int?
  /// The most bytes of memory the process held, beyond those before its first task.
  var peak: Int?
  /// The plan of a query.
  var plan: String?
  var error: String?
}
