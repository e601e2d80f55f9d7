import ReadoutEngine
import ReadoutVectors

@testable import ReadoutIngest

/// Reads every record one after the other: slow, short, and what the vector reader is compared with.
struct PlainLoader {
  let plan: LoadPlan
  private var values: [[(text: [UInt8], isNull: Bool, row: Int, source: Int, offset: Int, length: Int)]]
  private var rows = 0
  private var faults: [Fault] = []

  init(_ plan: LoadPlan) {
    self.plan = plan
    values = Array(repeating: [], count: plan.columns.count)
  }

  consuming func load() throws(ReadoutError) -> LoadedColumns {
    for number in plan.sources.indices { try read(number) }
    var columns: [Column] = []
    for number in plan.columns.indices { columns.append(try column(number)) }
    faults.sort(by: Fault.precedes)
    if plan.options.onError == .fail, let first = faults.first { throw first.error(plan) }
    return LoadedColumns(columns: columns, rowCount: rows, faults: faults, isMixed: columns.map { _ in true })
  }

  private mutating func read(_ number: Int) throws(ReadoutError) {
    let source = plan.sources[number]
    let span = source.bytes.vector.span
    let hasReturns = source.dialect.newline != 0x0D
    var at = source.dataStart
    while at < span.count {
      var ends: [Int] = []
      var problem: Fault?
      let next = RecordScanner.scan(
        span, from: at, to: span.count, source.dialect,
        fault: { found in
          guard problem == nil else { return }
          switch found {
          case .textAfterQuote(let offset):
            problem = Fault(source: number, row: rows, offset: offset, length: 0, reason: .textAfterQuote)
          case .unterminated(let offset):
            problem = Fault(source: number, row: rows, offset: offset, length: 0, reason: .unterminated)
          }
        }, field: { ends.append($0) })
      let start = at
      at = next
      if plan.columns.count > 1, RecordScanner.isBlank(span, from: start, next: next, source.dialect) { continue }
      if ends.count != plan.columns.count, problem == nil {
        problem = Fault(source: number, row: rows, offset: start, length: 0, reason: .fields(ends.count))
      }
      var leftOut = false
      if var problem {
        if plan.options.onError != .fail {
          problem.offset = start
          problem.length =
            ends.last! - start - (hasReturns && ends.last! > start && span[ends.last! - 1] == 0x0D ? 1 : 0)
        }
        faults.append(problem)
        leftOut = plan.options.onError == .skip
      }
      for (column, field) in source.order.enumerated() {
        guard field < ends.count, !leftOut else {
          values[column].append(([], true, rows, number, start, 0))
          continue
        }
        let from = field == 0 ? start : ends[field - 1] + 1
        var end = ends[field]
        if hasReturns, field == ends.count - 1, end > from, span[end - 1] == 0x0D { end -= 1 }
        let (text, quoted) = FieldText.value(span.extracting(from..<end), quote: source.dialect.quote)
        values[column].append((text, plan.nulls.contains(text.span, quoted: quoted), rows, number, from, end - from))
      }
      rows += 1
    }
  }

  private mutating func column(_ number: Int) throws(ReadoutError) -> Column {
    let planned = plan.columns[number]
    var kinds: ValueKinds = []
    for value in values[number] where !value.isNull { kinds.formUnion(ValueKinds(of: value.text.span)) }
    let type = planned.given ?? kinds.type
    var scalars: [Scalar] = []
    for value in values[number] {
      let scalar = value.isNull ? .null : read(value.text.span, type, planned)
      if scalar == nil {
        let fault = Fault(
          source: value.source, row: value.row, offset: value.offset, length: value.length, column: number,
          reason: .value(type))
        faults.append(fault)
      }
      scalars.append(scalar ?? .null)
    }
    return Column(encoding: Values(scalars, type: type))
  }

  private func read(_ text: Span<UInt8>, _ type: DataType, _ planned: LoadPlan.PlannedColumn) -> Scalar? {
    switch type {
    case .integer: GivenText.integer(text, type: type, pattern: nil).map { .integer($0) }
    case .date: GivenText.integer(text, type: type, pattern: planned.pattern).map { .date($0) }
    case .timestamp: GivenText.integer(text, type: type, pattern: planned.pattern).map { .timestamp($0) }
    case .number: GivenText.number(text).map { .number($0) }
    case .boolean: (BooleanText.read(text) ?? GivenText.boolean(text)).map { .boolean($0) }
    case .string, .text: .string(String(copying: text))
    case .list:
      .list(
        String(copying: text).utf8.isEmpty
          ? [] : String(copying: text).split(separator: ";", omittingEmptySubsequences: false).map(String.init))
    }
  }
}

/// The whole reading with the plain loader in place of the parallel one.
func readPlainly(_ sources: [Source], _ options: ReadingOptions) throws(ReadoutError) -> LoadedTable {
  let surveyor = Surveyor(options: options, control: ExecutionControl())
  let (plan, layouts) = try surveyor.survey(try surveyor.open(sources))
  return try LoadFinish(plan: plan, layouts: layouts, loaded: try PlainLoader(plan).load()).table()
}
