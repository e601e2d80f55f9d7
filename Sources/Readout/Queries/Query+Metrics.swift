import ReadoutEngine

extension Query {
  /// The same query with other functions and metrics to call.
  public func using(_ metrics: Metrics) -> Query {
    var query = self
    query.functions = metrics
    return query
  }

  /// The query with the plugins loaded whose metrics it calls, and no others.
  public func loadingMetrics() throws(ReadoutError) -> Query {
    var names: [String] = []
    var query = self
    for (index, step) in steps.enumerated() {
      for expression in step.verb.expressions { expression.addCalls(to: &names) }
      if case .table(let whole) = step.verb {
        query.steps[index].verb = .table(
          try whole.mappingQueries { (inner) throws(ReadoutError) in try inner.loadingMetrics() })
      }
    }
    // A name that no plugin has is looked for in all of them: once.
    return query.using(try functions.loading(Set(names).sorted()))
  }
}

extension Query.Step.Verb {
  /// Every expression in the step.
  var expressions: [Expression] {
    switch self {
    case .filter(let expression): [expression]
    case .derive(let items), .select(let items), .by(let items), .measure(let items): items.map(\.expression)
    case .sort(let items): items.map(\.expression)
    case .limit: []
    case .table(let step): step.expressions
    }
  }
}

extension Expression {
  /// Adds the names of the functions that are called.
  func addCalls(to names: inout [String]) {
    switch node {
    case .literal, .column: break
    case .call(let name, let arguments):
      names.append(name)
      for argument in arguments { argument.addCalls(to: &names) }
    case .unary(_, let operand): operand.addCalls(to: &names)
    case .binary(_, let left, let right):
      left.addCalls(to: &names)
      right.addCalls(to: &names)
    }
  }
}
