import ReadoutVectors

/// The lexicons that expressions may name, found by whoever embeds the engine: beside an analysis, in a folder, in
/// memory.
public struct Lexicons: Sendable {
  /// The names there are, for suggestions.
  public var names: @Sendable () -> [String]
  /// The lexicon of a name; nil where there is none. Called when an expression is bound, so it may read a file.
  public var find: @Sendable (_ name: String) throws(ReadoutError) -> Lexicon?

  public init(
    names: @escaping @Sendable () -> [String],
    find: @escaping @Sendable (_ name: String) throws(ReadoutError) -> Lexicon?
  ) {
    self.names = names
    self.find = find
  }

  /// These and no others.
  public init(_ lexicons: [Lexicon]) {
    self.init(names: { lexicons.map(\.name) }, find: { name in lexicons.first { $0.name == name } })
  }

  /// `lexicon(text, name)`: register it to give expressions these lexicons.
  public var function: any ScalarFunction {
    BuiltInScalar(
      "lexicon", [Parameter("text", .strings), Parameter("name", .strings, constant: true)], result: "number",
      "Sums the weights of a lexicon's terms in a text.",
      examples: [("lexicon('a calm day', nil)", "nil"), ("lexicon('a calm day', nil) == nil", "true")]
    ) { (arguments) throws(ReadoutError) in
      let name = arguments[1].constantString ?? ""
      guard let lexicon = try find(name) else {
        let names = names()
        throw ReadoutError(
          .request, "unknown lexicon", value: name,
          hint: names.isEmpty
            ? "no lexicon is known here" : Suggestion.hint(for: name, among: names.sorted(), kind: "lexicons"),
          range: arguments[1].range)
      }
      return StringKernel.kernel(.number) { strings, _ in
        Values(numbers: Vector(count: strings.count) { row in strings.withBytes(row) { lexicon.sum(in: $0) } })
      }
    }
  }
}

extension FunctionRegistry {
  /// Everything that comes with the engine, with `lexicon` over these lexicons.
  public static func builtIn(lexicons: Lexicons) -> FunctionRegistry {
    var registry = FunctionRegistry.builtIn
    registry.register(lexicons.function)
    registry.lexicons = lexicons
    return registry
  }
}
