import ReadoutVectors

/// A step that reads the whole table, and maybe others, and gives a table: a join, a window, a concordance.
///
/// A new one is a type of its own in `Steps`; neither the planner nor the executor knows which there are.
public protocol TableStep: Sendable {
  /// As users type it.
  var name: String { get }

  /// Every expression in it, so that the metrics they call are loaded before the query runs.
  var expressions: [Expression] { get }

  /// Checks names and types against the columns of the table before it. Errors are placed at the step by the planner.
  func bind(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> any BoundTableStep

  /// Whether each row that it gives comes from one row of its input and has that row's other columns as they were, so that
  /// evidence can be traced through it. A row that comes from none has nulls there.
  var carriesColumns: Bool { get }

  /// The seed of the random numbers that it draws, for the record beside a report; nil where it draws none.
  var seed: UInt64? { get }

  /// The same step with other functions for the queries inside it; itself where there are none.
  func mappingQueries(_ change: (Query) throws(ReadoutError) -> Query) throws(ReadoutError) -> Self
}

extension TableStep {
  public var expressions: [Expression] { [] }
  public var carriesColumns: Bool { false }
  public var seed: UInt64? { nil }
  public func mappingQueries(_ change: (Query) throws(ReadoutError) -> Query) throws(ReadoutError) -> Self { self }
}

/// A step over the whole table, its names and types known.
public protocol BoundTableStep: Sendable {
  /// The columns that it gives; nil where they depend on the rows. The steps behind it are then planned when it has run.
  var fields: [Table.Field]? { get }

  /// For `explain`: a line or more, the first beginning with the step's name.
  var explanation: [String] { get }

  /// The table it gives, the same bytes whatever `options.threads`.
  func run(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Table

  /// The same, where only the columns `needed` are read later (nil is all): the others may hold nulls.
  func run(over input: Table, needing needed: Set<Int>?, options: ExecutionOptions) throws(ReadoutError) -> Table

  /// The columns of its input that it reads where only the columns `needed` of what it gives are asked for; nil is all.
  func columnsRead(for needed: Set<Int>) -> Set<Int>?

  /// For each row of its input the row of its answer that it went into, `RowGroups.none` for none: of a step that puts rows
  /// together. Nil where it does not.
  func destinations(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Vector<UInt32>?
}

extension BoundTableStep {
  public func run(
    over input: Table, needing needed: Set<Int>?, options: ExecutionOptions
  ) throws(ReadoutError) -> Table { try run(over: input, options: options) }

  public func columnsRead(for needed: Set<Int>) -> Set<Int>? { nil }

  public func destinations(over input: Table, options: ExecutionOptions) throws(ReadoutError) -> Vector<UInt32>? { nil }
}
