import ReadoutEngine
import ReadoutLua

/// The steps of a query, their expressions and lists as Lua text. Each gives a new query; nothing runs before `collect`.
///
/// A null is false in a `where`, and sorts last. Errors that the text alone shows are thrown at once; unknown columns and
/// wrong types when the query is run or explained.
extension Query {
  /// Keeps the rows for which the expression is true; after `measure`, the groups.
  public func `where`(_ expression: String, at place: ReadoutError.Place = .init()) throws(ReadoutError) -> Query {
    let parsed = try Self.parsing(expression, "where", place, ExpressionParser.expression)
    return adding(.filter(parsed), place: place, text: expression)
  }

  /// Adds or replaces columns: `words = words(text), late = date > '2025-06-01'`.
  public func derive(_ list: String, at place: ReadoutError.Place = .init()) throws(ReadoutError) -> Query {
    adding(.derive(try Self.parsing(list, "derive", place, ExpressionParser.list)), place: place, text: list)
  }

  /// Keeps, orders and renames columns: `country, who = speaker`.
  public func select(_ list: String, at place: ReadoutError.Place = .init()) throws(ReadoutError) -> Query {
    adding(.select(try Self.parsing(list, "select", place, ExpressionParser.list)), place: place, text: list)
  }

  /// The group keys of the next `measure`; without one, the distinct keys are the answer, and later steps see them alone.
  public func by(_ list: String, at place: ReadoutError.Place = .init()) throws(ReadoutError) -> Query {
    adding(.by(try Self.parsing(list, "by", place, ExpressionParser.list)), place: place, text: list)
  }

  /// One row a group, or one row in all: `n = count(), support = mean(stance(text, 'OPCON transfer'))`.
  public func measure(_ list: String, at place: ReadoutError.Place = .init()) throws(ReadoutError) -> Query {
    adding(.measure(try Self.parsing(list, "measure", place, ExpressionParser.list)), place: place, text: list)
  }

  /// Orders the rows: `-statements, country`. Stable; nulls last.
  public func sort(_ list: String, at place: ReadoutError.Place = .init()) throws(ReadoutError) -> Query {
    adding(.sort(try Self.parsing(list, "sort", place, ExpressionParser.sortList)), place: place, text: list)
  }

  /// The first `count` rows behind `skip`.
  public func limit(
    _ count: Int, skip: Int = 0, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    guard count >= 0, skip >= 0 else {
      throw ReadoutError(
        .request, "a limit counts from 0", value: String(Swift.min(count, skip)), place: place.naming("limit"))
    }
    return adding(.limit(count, skip: skip), place: place)
  }

  /// What `parse` makes of `text`, its errors placed.
  static func parsing<Parsed>(
    _ text: String, _ step: String, _ place: ReadoutError.Place,
    _ parse: (String) throws(ReadoutError) -> Parsed
  ) throws(ReadoutError) -> Parsed {
    do {
      return try parse(text)
    } catch {
      let position = error.range.map { ReadoutError.position(ofByte: $0.lowerBound, in: text) }
      throw error.at(
        file: place.file, line: place.line, column: place.column, step: place.step ?? step, detail: position)
    }
  }
}

extension ReadoutError.Place {
  /// The same place in a step.
  func naming(_ step: String) -> ReadoutError.Place {
    var place = self
    place.step = place.step ?? step
    return place
  }
}
