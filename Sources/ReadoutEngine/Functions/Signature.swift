/// What a function or metric takes and gives; help, reference pages and error messages are made from it.
public struct Signature: Sendable {
  public var name: String
  public var parameters: [Parameter]
  /// The type of the result, for people: `number`, `the type of x`.
  public var result: String
  /// One sentence, ending in a full stop.
  public var summary: String
  public var examples: [Example]

  public init(
    _ name: String, _ parameters: [Parameter], result: String, summary: String, examples: [Example] = []
  ) {
    self.name = name
    self.parameters = parameters
    self.result = result
    self.summary = summary
    self.examples = examples
  }

  /// An expression over literals and what it gives, both as Lua text. The tests run every one.
  public struct Example: Sendable, Equatable {
    public var expression: String
    public var gives: String

    public init(_ expression: String, gives: String) {
      self.expression = expression
      self.gives = gives
    }
  }

  /// `length(s: string | text) -> integer`
  public var text: String {
    "\(name)(\(parameters.map(\.text).joined(separator: ", "))) -> \(result)"
  }
}

public struct Parameter: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case required
    /// May be left out; only required ones come before it.
    case optional
    /// The last one, any number of times, at least once.
    case repeated
  }

  public var name: String
  /// The types it takes. Where `.number` is taken, so is an integer; where a date or timestamp is taken, a string literal is read as one.
  public var types: [DataType]
  public var kind: Kind
  /// Whether the argument must be the same for all rows: a literal, or an expression of literals.
  public var isConstant: Bool

  public init(_ name: String, _ types: [DataType], _ kind: Kind = .required, constant: Bool = false) {
    self.name = name
    self.types = types
    self.kind = kind
    self.isConstant = constant
  }

  public var text: String {
    let names = types.count == DataType.allCases.count ? "any" : types.map(\.rawValue).joined(separator: " | ")
    switch kind {
    case .required: return "\(name): \(names)"
    case .optional: return "\(name)?: \(names)"
    case .repeated: return "\(name): \(names), …"
    }
  }
}

extension [DataType] {
  public static var any: [DataType] { DataType.allCases }
  public static var strings: [DataType] { [.string, .text] }
  public static var times: [DataType] { [.date, .timestamp] }
  /// Numbers, integers included.
  public static var numbers: [DataType] { [.integer, .number] }
}
