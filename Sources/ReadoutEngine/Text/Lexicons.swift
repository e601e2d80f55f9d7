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
      "lexicon",
      [
        Parameter("text", .strings), Parameter("name", .strings, constant: true),
        Parameter("category", [.string, .text, .integer], .optional, constant: true),
        Parameter("negation", [.integer], .optional, constant: true),
      ], result: "number",
      "Sums the weights of a lexicon's terms in a text, of all or of one category; within so many words behind a "
        + "negation a weight changes its sign.",
      examples: [("lexicon('a calm day', nil)", "nil"), ("lexicon('a calm day', nil) == nil", "true")]
    ) { (arguments) throws(ReadoutError) in
      var lexicon = try named(arguments[1])
      var rest = arguments.dropFirst(2)
      if let category = rest.first?.constantString {
        lexicon = try Self.category(category, of: lexicon, rest.first?.range)
        rest = rest.dropFirst()
      }
      let window = rest.first?.constantInteger ?? Int64(lexicon.negation)
      guard (0...100).contains(window), rest.count <= 1 else {
        throw ReadoutError(
          .request, "a window of negation that is none", value: "\(window)",
          hint: "write lexicon(text, 'NAME', 3): three words behind a negation", range: rest.first?.range)
      }
      return Self.kernel(try lexicon.stemming(by: arguments[0].stem), window: Int(window))
    }
  }

  /// The lexicon that an argument names.
  private func named(_ argument: Argument) throws(ReadoutError) -> Lexicon {
    let name = argument.constantString ?? ""
    if let lexicon = try find(name) { return lexicon }
    let names = names()
    throw ReadoutError(
      .request, "unknown lexicon", value: name,
      hint: names.isEmpty
        ? "no lexicon is known here" : Suggestion.hint(for: name, among: names.sorted(), kind: "lexicons"),
      range: argument.range)
  }

  /// The terms of one category.
  public static func category(
    _ name: String, of lexicon: Lexicon, _ range: Range<Int>? = nil
  ) throws(ReadoutError) -> Lexicon {
    if let category = try lexicon.category(name) { return category }
    throw ReadoutError(
      .request, "unknown category of the lexicon \(lexicon.name)", value: name,
      hint: lexicon.categories.isEmpty
        ? "it has no categories" : Suggestion.hint(for: name, among: lexicon.categories, kind: "categories"),
      range: range)
  }

  private static func kernel(_ lexicon: Lexicon, window: Int) -> ScalarKernel {
    var kernel = Terms.kernel(.number, [lexicon.matcher], none: 0.0, { Values(numbers: $0) }) {
      (text) throws(ReadoutError) in try lexicon.sum(in: text, negation: window)
    }
    // A negation depends on the words around a term, and weights that are no decimals on the order: the texts tell.
    if window == 0, let scale = lexicon.scale {
      kernel.columnKernel = TermSums(lexicon.matcher, weights: lexicon.scaledWeights) { sums, validity in
        Values(numbers: sums.map { Double($0) / scale }, validity: validity)
      }
    }
    return kernel
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
