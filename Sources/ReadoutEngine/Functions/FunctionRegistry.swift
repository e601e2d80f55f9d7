/// The functions and metrics that expressions may call, by name.
public struct FunctionRegistry: Sendable {
  public enum Entry: Sendable {
    case scalar(any ScalarFunction)
    case aggregate(any AggregateFunction)

    public var signature: Signature {
      switch self {
      case .scalar(let function): function.signature
      case .aggregate(let function): function.signature
      }
    }
  }

  private var entries: [String: Entry] = [:]
  /// Where names are looked up that are not registered; see `loading`.
  public var source: (any FunctionSource)?
  /// The lexicons that steps may name; `lexicon(text, name)` has its own reference to them.
  public var lexicons = Lexicons([])

  public init() {}

  /// Everything that comes with the engine.
  public static let builtIn: FunctionRegistry = {
    var registry = FunctionRegistry()
    for function in BuiltInFunctions.scalars { registry.register(function) }
    for function in BuiltInFunctions.aggregates { registry.register(function) }
    return registry
  }()

  public subscript(name: String) -> Entry? { entries[name] }
  /// In alphabetical order.
  public var names: [String] { entries.keys.sorted() }

  /// Adds a function, replacing one of the same name.
  public mutating func register(_ entry: Entry) { entries[entry.signature.name] = entry }
  public mutating func register(_ function: any ScalarFunction) {
    entries[function.signature.name] = .scalar(function)
  }
  public mutating func register(_ function: any AggregateFunction) {
    entries[function.signature.name] = .aggregate(function)
  }
}
