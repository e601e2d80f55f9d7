import ReadoutVectors

/// Runs queries: plans them into stages and takes each stage's table to the next.
public enum Executor {
  /// The answer, the same whatever the number of threads.
  public static func run(_ query: Query, options: ExecutionOptions) throws(ReadoutError) -> Table {
    var table = query.source
    var steps = query.steps[...]
    repeat {
      let plan = try Planner.plan(steps, over: table.fields, functions: query.functions)
      for stage in plan.stages { table = try StageRun(stage, input: table, options: options).run() }
      steps = plan.rest
    } while !steps.isEmpty
    return table
  }

  /// The plan as text: the stages, what runs by value, column-wise or in the Lua VM, and why.
  public static func explain(_ query: Query) throws(ReadoutError) -> String {
    try Explanation.text(of: query)
  }
}
