import ReadoutEngine
import ReadoutLua

/// Steps that look along a series, and that turn rows and columns into each other.
extension Query {
  /// Adds or replaces columns that look at a row's neighbours in its partition: `change = n - lag(n), smooth =
  /// rolling_mean(n, 3)`.
  ///
  /// Window functions and aggregates, which are taken over the partition, may stand anywhere beside scalar functions. The rows
  /// stay in their order.
  /// - Parameters:
  ///   - by: The partitions; all rows are one where it is nil.
  ///   - sort: The order within each, as in ``sort(_:at:)``; that of the rows where it is nil.
  public func window(
    by: String? = nil, sort: String? = nil, derive: String, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    let step = Window(
      by: try Self.option("by", by, "window", place, ExpressionParser.list),
      sort: try Self.option("sort", sort, "window", place, ExpressionParser.sortList),
      derive: try Self.option("derive", derive, "window", place, ExpressionParser.list))
    return adding(.table(step), place: place)
  }

  /// Adds the missing dates of a series, from its first to its last or from `from` to `to`.
  ///
  /// Rows come by series and date. An added row has the keys of its series and its date, the values of `with`, and null in all
  /// other columns. A date that is no start of a bucket is an error.
  /// - Parameters:
  ///   - by: The columns that tell series apart.
  ///   - every: A width as `bucket` takes it: `month`, `7 days`.
  ///   - with: Values of the added rows: `n = 0`.
  public func fill(
    _ column: String, by: String? = nil, every: String, with: String? = nil, from: String? = nil, to: String? = nil,
    at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    let step = Fill(
      column, by: try Self.option("by", by, "fill", place, ExpressionParser.list), every: every,
      with: try Self.option("with", with, "fill", place, ExpressionParser.list), from: from, to: to)
    return adding(.table(step), place: place)
  }

  /// One column for each value of the column `names`, which holds the column `values`: ascending by value.
  ///
  /// Rows are the distinct combinations of the other columns, in the order of first appearance. Two rows in one cell are an
  /// error.
  public func pivot(
    _ names: String, _ values: String, prefix: String = "", at place: ReadoutError.Place = .init()
  ) -> Query {
    adding(.table(Pivot(names, values, prefix: prefix)), place: place)
  }

  /// The columns as rows: one for each of them, with its name and its value.
  public func unpivot(
    columns: String, name: String = "name", value: String = "value", at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    let columns = try Self.option("columns", columns, "unpivot", place, ExpressionParser.list)
    return adding(.table(Unpivot(columns: columns, name: name, value: value)), place: place)
  }

  /// One row for each item of a list. A row without an item stays, its item null, unless `keep` is false.
  public func unnest(_ column: String, keep: Bool = true, at place: ReadoutError.Place = .init()) -> Query {
    adding(.table(Unnest(column, keep: keep)), place: place)
  }

  static func option<Content: Sendable>(
    _ option: String, _ text: String, _ step: String, _ place: ReadoutError.Place,
    _ parse: (String) throws(ReadoutError) -> Content
  ) throws(ReadoutError) -> OptionText<Content> {
    OptionText(option, text, try parsing(text, step, place, parse))
  }

  static func option<Content: Sendable>(
    _ option: String, _ text: String?, _ step: String, _ place: ReadoutError.Place,
    _ parse: (String) throws(ReadoutError) -> Content
  ) throws(ReadoutError) -> OptionText<Content>? {
    guard let text else { return nil }
    return OptionText(option, text, try parsing(text, step, place, parse))
  }
}
