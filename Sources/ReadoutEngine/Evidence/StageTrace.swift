import ReadoutVectors

/// A stage and what it read: from rows of its answer back to rows of its input.
struct StageTrace: Sendable {
  let stage: Stage
  let input: Table
  let functions: FunctionRegistry

  /// The rows of the input behind the rows `wanted` of the answer, ascending, each once.
  func rows(behind wanted: Vector<UInt32>, _ options: ExecutionOptions) throws(ReadoutError) -> Vector<UInt32> {
    do throws(ReadoutError) {
      switch stage.output {
      case .columns(_, let limit):
        if stage.filters.isEmpty, limit == nil { return wanted }
        return input.ascending(try kept(limit: limit, options).at(wanted))
      case .groups(let keys, _, _): return try members(of: wanted, keys, options)
      case .sort(let items, let limit):
        let run = try StageRun(stage, input: input, options: options)
        return input.ascending(try SortRun(run: run, items: items, limit: limit).rows().at(wanted))
      case .table(let bound):
        if let destinations = try bound.destinations(over: input, options: options) {
          return wanted.members(of: destinations)
        }
        return input.ascending(try carried(through: bound, options).at(wanted).compactMap { $0 })
      }
    } catch {
      throw error.at(file: stage.place.file, line: stage.place.line, column: stage.place.column, step: stage.place.step)
    }
  }

  /// The rows that the filters leave, in order, and of these the ones that the limit leaves.
  private func kept(
    limit: (count: Int, skip: Int)?, _ options: ExecutionOptions
  ) throws(ReadoutError) -> Vector<UInt32> {
    try filtered([], limit: limit, options).values(0).rowNumbers
  }

  /// Expressions over the rows that the filters leave, behind the rows' numbers.
  private func filtered(
    _ items: [(name: String, expression: BoundExpression)], limit: (count: Int, skip: Int)?,
    _ options: ExecutionOptions
  ) throws(ReadoutError) -> Table {
    let number = BoundExpression(.column(input.columns.count), type: .integer)
    let output = [(name: Self.rowNumber, expression: number)] + items
    var numbering = Stage(
      filters: stage.filters, output: .columns(output, limit: limit),
      fields: output.map { Table.Field($0.name, $0.expression.type) })
    numbering.place = stage.place
    return try StageRun(numbering, input: input.numbered(Self.rowNumber), options: options).run()
  }

  /// The rows of some groups. Groups are numbered in the order of their keys, as their rows in the answer are.
  private func members(
    of wanted: Vector<UInt32>, _ keys: [(name: String, expression: BoundExpression)], _ options: ExecutionOptions
  ) throws(ReadoutError) -> Vector<UInt32> {
    let rows = try filtered(keys, limit: nil, options)
    let columns = keys.indices.map { index in
      (name: keys[index].name, expression: BoundExpression(.column(index + 1), type: keys[index].expression.type))
    }
    let groups = try RowGroups(by: columns, over: rows, options: options)
    guard wanted.count == 0 || Int(wanted[wanted.count - 1]) < groups.count else {
      throw .bug("evidence: a grouping gave \(groups.count) groups, and not as many as it did before")
    }
    return try rows.values(0).rowNumbers.gather(wanted.members(of: groups.numbers))
  }

  /// For each row of a step's answer the row of the input whose columns it carries; nil where it carries none's.
  private func carried(
    through bound: any BoundTableStep, _ options: ExecutionOptions
  ) throws(ReadoutError) -> [UInt32?] {
    guard let step = stage.step, step.carriesColumns else {
      throw ReadoutError(
        .request, "evidence cannot be traced through a step", value: stage.step?.name,
        hint: "ask a query that ends before it, or keep the rows that are meant with where")
    }
    let numbered = input.numbered(Self.rowNumber)
    let again = try step.bind(numbered.fields, functions: functions)
    let place = again.fields?.firstIndex { $0.name == Self.rowNumber }
    let answer = try again.run(over: numbered, needing: place.map { [$0] }, options: options)
    guard let column = answer.index(of: Self.rowNumber) else {
      throw .bug("\(step.name) carries columns, but not all of them")
    }
    let values = try answer.values(column)
    let numbers = values.rowNumbers
    return numbers.indices.map { values.isNull($0) ? nil : numbers[$0] }
  }

  /// A column that no user has.
  private static let rowNumber = "\u{1}row"
}

extension Table {
  /// The table with a column of the rows' numbers behind the others.
  fileprivate func numbered(_ name: String) -> Table {
    replacing(name, with: Values(integers: Vector(count: rowCount) { Int64($0) }))
  }

  /// Row numbers in ascending order, each once.
  fileprivate func ascending(_ rows: some Sequence<UInt32>) -> Vector<UInt32> {
    var isMember = MutableVector<UInt8>(repeating: 0, count: rowCount)
    for row in rows { isMember[Int(row)] = 1 }
    return isMember.freeze().selected()
  }
}

extension Values {
  fileprivate var rowNumbers: Vector<UInt32> { integers.map { UInt32(truncatingIfNeeded: $0) } }
}

extension Vector<UInt32> {
  /// The places in `destinations` whose destination is one of these, ascending.
  fileprivate func members(of destinations: Vector<UInt32>) -> Vector<UInt32> {
    guard let most = self.max() else { return Vector() }
    var isWanted = MutableVector<UInt8>(repeating: 0, count: Int(most) + 1)
    for destination in self { isWanted[Int(destination)] = 1 }
    let wanted = isWanted.freeze()
    return destinations.map { $0 <= most ? wanted[Int($0)] : 0 }.selected()
  }
}

extension RandomAccessCollection where Index == Int {
  /// The elements at places of an answer, which must have them.
  fileprivate func at(_ places: Vector<UInt32>) throws(ReadoutError) -> [Element] {
    guard places.allSatisfy({ $0 < count }) else { throw .bug("evidence: a stage gave fewer rows than before") }
    return places.map { self[startIndex + Int($0)] }
  }
}
