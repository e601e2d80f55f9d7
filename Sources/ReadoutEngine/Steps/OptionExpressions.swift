/// Expressions in an option of a step, such as `by = "country"`, with the text that their ranges count in.
public struct OptionExpressions: Sendable {
  /// The option's name, for errors.
  public let option: String
  public let text: String
  public let items: [ListItem]
  /// Where the text stands; empty is where the step does.
  public let place: ReadoutError.Place

  public init(_ option: String, _ text: String, _ items: [ListItem], at place: ReadoutError.Place = .init()) {
    self.place = place
    self.option = option
    self.text = text
    self.items = items
  }

  var expressions: [Expression] { items.map(\.expression) }

  /// The items over the columns of a table, each under its name; two alike are an error.
  func bind(
    _ fields: [Table.Field], functions: FunctionRegistry
  ) throws(ReadoutError) -> [(name: String, expression: BoundExpression)] {
    do throws(ReadoutError) {
      let binder = Binder(functions: functions, scope: Scope(fields: fields))
      var bound: [(name: String, expression: BoundExpression)] = []
      for (name, item) in zip(try ItemName.all(items), items) {
        bound.append((name, try binder.bind(item.expression)))
      }
      return bound
    } catch {
      throw placed(error)
    }
  }

  /// The one item as a condition.
  func bindCondition(_ fields: [Table.Field], functions: FunctionRegistry) throws(ReadoutError) -> BoundExpression {
    guard items.count == 1 else {
      throw ReadoutError(.request, "\(option) is one condition", value: text, hint: "join them with and, or")
    }
    let expression = items[0].expression
    do throws(ReadoutError) {
      let bound = try Binder(functions: functions, scope: Scope(fields: fields)).bind(expression)
      guard bound.type == .boolean else {
        throw ReadoutError(
          .request, "\(option) wants a condition, not \(bound.type.withArticle)", value: expression.description,
          hint: "compare it, such as \(expression) ~= nil", range: expression.range)
      }
      return bound
    } catch {
      throw placed(error)
    }
  }

  /// The error with its place in this text; the range would be taken for one in the step's own text.
  private func placed(_ error: ReadoutError) -> ReadoutError {
    var error = error
    if error.place.detail == nil {
      error.place.detail =
        error.range.map { "\(option), \(ReadoutError.position(ofByte: $0.lowerBound, in: text))" } ?? option
    }
    error.range = nil
    return error.at(file: place.file, line: place.line, column: place.column, step: place.step)
  }
}
