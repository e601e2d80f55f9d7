/// Every function that comes with the engine: one line each.
enum BuiltInFunctions {
  static let scalars: [any ScalarFunction] = []
  static let aggregates: [any AggregateFunction] = []
}
