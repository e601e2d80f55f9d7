import ReadoutEngine
import ReadoutVectors

/// A JSON record that cannot be taken, or a value in one that is not of its column's type.
struct JSONRecordFault: Sendable {
  enum Reason: Sendable {
    case json(JSONFault)
    case value(DataType)
  }

  var source: Int
  /// Of the table, before any is left out.
  var row: Int
  /// Where it goes wrong, or the value stands.
  var offset: Int
  /// The record's bytes, or the value's.
  var range: Range<Int>
  /// nil for a record.
  var column: String?
  var reason: Reason

  static func precedes(_ a: JSONRecordFault, _ b: JSONRecordFault) -> Bool {
    (a.row, a.column == nil ? 0 : 1, a.offset) < (b.row, b.column == nil ? 0 : 1, b.offset)
  }

  func error(_ plan: JSONPlan) -> ReadoutError {
    let source = plan.sources[source]
    switch reason {
    case .json(let fault): return source.error(JSONText.Invalid(fault: fault, offset: offset))
    case .value(let type):
      return ReadoutError(
        .data, words(plan), value: text(plan), place: source.place(offset, column: column),
        hint: GivenText.hint(type, text(plan), column.map { plan.column($0) }))
    }
  }

  func reject(_ plan: JSONPlan) -> Reject {
    let source = plan.sources[source]
    let skips = column == nil || plan.options.onError == .skip
    return Reject(
      file: source.name, source: self.source, line: source.line(offset), byte: source.inputByte(offset), column: column,
      value: text(plan), reason: words(plan), action: skips ? .skipped : .nulled)
  }

  private func words(_ plan: JSONPlan) -> String {
    switch reason {
    case .json(let fault): return fault.words.problem
    case .value(let type):
      if let column, let pattern = plan.column(column).pattern {
        return "the value is no \(type.rawValue) of the form \(pattern.text)"
      }
      return "the value is no \(type.rawValue)"
    }
  }

  /// The record or value as it stands in the file; a string without its quotes.
  private func text(_ plan: JSONPlan) -> String {
    let bytes = plan.sources[source].bytes.vector
    var range = range
    if column != nil, range.count >= 2, bytes[range.lowerBound] == 0x22 {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    return String(decoding: bytes[range], as: UTF8.self)
  }
}
