/// Runs queries.
public enum Executor {
  /// The answer, the same whatever the number of threads.
  public static func run(_ query: Query, options: ExecutionOptions) throws(ReadoutError) -> Table {
    query.source
  }

  /// The plan as text: the stages, what was skipped, what ran column-wise, what ran in the Lua VM, and why.
  public static func explain(_ query: Query) throws(ReadoutError) -> String { "" }
}
