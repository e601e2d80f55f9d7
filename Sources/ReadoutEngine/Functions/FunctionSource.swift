/// Where functions come from that are not registered yet, such as folders of plugins: asked by name, when a query calls them.
public protocol FunctionSource: Sendable {
  /// The names it could give, in alphabetical order, for suggestions and lists.
  var names: [String] { get }

  /// The functions of `name`'s plugin, that one among them; none where there is no such plugin.
  func functions(named name: String) throws(ReadoutError) -> [FunctionRegistry.Entry]

  /// Everything it has.
  func allFunctions() throws(ReadoutError) -> [FunctionRegistry.Entry]
}

extension FunctionRegistry {
  /// The registry with those of `names` registered that are unknown so far and that its source has.
  public func loading(_ names: some Sequence<String>) throws(ReadoutError) -> FunctionRegistry {
    guard let source else { return self }
    var registry = self
    for name in names where registry[name] == nil {
      for entry in try source.functions(named: name) where registry[entry.signature.name] == nil {
        registry.register(entry)
      }
    }
    return registry
  }

  /// The names of everything that is registered or that the source could give, in alphabetical order.
  public var reachableNames: [String] { Set(names + (source?.names ?? [])).sorted() }

  /// The registry with everything that its source has.
  public func loadingAll() throws(ReadoutError) -> FunctionRegistry {
    guard let source else { return self }
    var registry = self
    for entry in try source.allFunctions() where registry[entry.signature.name] == nil { registry.register(entry) }
    return registry
  }
}
