import ReadoutVectors

/// Runs queries: plans them into stages and takes each stage's table to the next.
public enum Executor {
  /// The answer, the same whatever the number of threads.
  public static func run(_ query: Query, options: ExecutionOptions) throws(ReadoutError) -> Table {
    try run(query, needing: nil, options: options)
  }

  /// The answer, of which only the columns `needed` are read (nil is all): the others may hold nulls.
  static func run(
    _ query: Query, needing needed: Set<Int>?, options: ExecutionOptions
  ) throws(ReadoutError) -> Table {
    let options = options.beginningQuery()
    var table = query.source
    var steps = query.steps[...]
    repeat {
      let plan = try Planner.plan(steps, over: table.fields, functions: query.functions, control: options.control)
      let wanted = plan.stages.columnsNeeded(of: plan.rest.isEmpty ? needed : nil)
      for (stage, needed) in zip(plan.stages, wanted) {
        try options.control.checkpoint()
        table = try StageRun(stage, input: table, options: options, needing: needed).run()
      }
      steps = plan.rest
    } while !steps.isEmpty
    return query.steps.isEmpty ? table : table.forgettingOrigins()
  }

  /// Runs the query on one thread, so that counts are the same in every run, and gives the plan with how often each metric was called.
  public static func explain(_ query: Query, running options: ExecutionOptions) throws(ReadoutError) -> String {
    var options = options
    options.threads = 1
    return try Explanation.text(of: query, running: options)
  }

  /// The plan as text: the stages, what runs by value, column-wise or in the Lua VM, and why.
  public static func explain(_ query: Query) throws(ReadoutError) -> String {
    try Explanation.text(of: query)
  }
}
