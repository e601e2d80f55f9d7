import ReadoutVectors

/// Runs queries: plans them into stages and takes each stage's table to the next.
public enum Executor {
  /// The answer, the same whatever the number of threads.
  public static func run(_ query: Query, options: ExecutionOptions) throws(ReadoutError) -> Table {
    var table = query.source
    for stage in try Planner.plan(query) { table = try StageRun(stage, input: table, options: options).run() }
    return table
  }

  /// The plan as text: the stages, what runs by value, column-wise or in the Lua VM, and why.
  public static func explain(_ query: Query) throws(ReadoutError) -> String {
    try Explanation.text(of: query)
  }
}
