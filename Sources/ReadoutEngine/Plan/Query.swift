/// A table and the steps to take with it. Nothing runs until `Executor.run` is asked; every step gives a new query.
public struct Query: Sendable {
  public var source: Table
  /// What the table is called in plans and errors: `opcon/statements`.
  public var sourceName: String
  public var steps: [Step]
  /// The functions and metrics that its expressions may call.
  public var functions: FunctionRegistry
  /// What columns of the source stand for, by role: `["text": "speech"]`. Steps take their default columns from here.
  public var roles: [String: String] = [:]
  /// Where the source's rows stand in files; nil where they were not read from any.
  public var places: (any RowPlaces)?
  /// The query whose answer the source is; nil where it is no other's.
  public var origin: QueryOrigin?

  public init(_ source: Table, named sourceName: String, functions: FunctionRegistry = .builtIn) {
    self.source = source
    self.sourceName = sourceName
    self.steps = []
    self.functions = functions
  }

  /// The same query with one more step.
  public func adding(_ verb: Step.Verb, place: ReadoutError.Place = .init(), text: String? = nil) -> Query {
    var query = self
    query.steps.append(Step(verb, place: place, text: text))
    return query
  }

  public struct Step: Sendable {
    public enum Verb: Sendable {
      case filter(Expression)
      case derive([ListItem])
      case select([ListItem])
      case by([ListItem])
      case measure([ListItem])
      case sort([SortItem])
      case limit(Int, skip: Int)
      /// A step over the whole table: a join, a window, a concordance.
      case table(any TableStep)
    }

    public var verb: Verb
    /// Where the user wrote it; `step` is filled in from the verb.
    public var place: ReadoutError.Place
    /// The text that the expressions' ranges count in; nil where there is none.
    public var text: String?

    public init(_ verb: Verb, place: ReadoutError.Place = .init(), text: String? = nil) {
      self.verb = verb
      self.place = place
      self.place.step = self.place.step ?? verb.name
      self.text = text
    }
  }

  public struct SortItem: Sendable, Hashable {
    public var expression: Expression
    public var isDescending: Bool

    public init(_ expression: Expression, descending: Bool = false) {
      self.expression = expression
      self.isDescending = descending
    }
  }
}

extension Query.Step.Verb {
  /// The step's name as users type it.
  public var name: String {
    switch self {
    case .filter: "where"
    case .derive: "derive"
    case .select: "select"
    case .by: "by"
    case .measure: "measure"
    case .sort: "sort"
    case .limit: "limit"
    case .table(let step): step.name
    }
  }
}
