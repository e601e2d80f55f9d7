import ReadoutEngine
import ReadoutVectors

/// A value or record that does not fit, before its place in the file is told in lines.
struct Fault: Sendable {
  enum Reason: Sendable, Equatable {
    case value(DataType)
    case fields(Int)
    case textAfterQuote
    case unterminated
  }

  var source: Int
  /// Of the record in the table, before any is left out.
  var row: Int
  /// Of the value, or of the record.
  var offset: Int
  var length: Int
  /// nil for a record.
  var column: Int?
  var reason: Reason
}

extension QuotingFault {
  static let hint = "double the quotes inside a quoted field, or say quote = false if the file does not use quotes"

  /// The sentence of the error and of `rejects.csv`.
  var words: String {
    switch self {
    case .textAfterQuote: "text after a closing quote"
    case .unterminated: "a quote is opened and never closed"
    }
  }
}

extension Fault {
  /// The order of the input; a fault of the record before those of its values.
  static func precedes(_ a: Fault, _ b: Fault) -> Bool { (a.row, a.column ?? -1) < (b.row, b.column ?? -1) }

  /// The sentence of the error and of `rejects.csv`.
  func words(_ plan: LoadPlan) -> String {
    switch reason {
    case .value(let type):
      if let pattern = column.flatMap({ plan.columns[$0].pattern }) {
        return "the value is no \(type.rawValue) of the form \(pattern.text)"
      }
      return "the value is no \(type.rawValue)"
    case .fields(let found):
      let wanted = plan.columns.count
      return
        "a record has \(ShownNumber.counted(found, "field")) where \(wanted) \(wanted == 1 ? "is" : "are") expected"
    case .textAfterQuote: return QuotingFault.textAfterQuote(at: offset).words
    case .unterminated: return QuotingFault.unterminated(at: offset).words
    }
  }

  func error(_ plan: LoadPlan) -> ReadoutError {
    let source = plan.sources[source]
    let hint: String
    switch reason {
    case .value(let type):
      hint = GivenText.hint(type, value(plan), column.map { plan.columns[$0] })
    case .fields:
      hint = "mend the line, name the delimiter if it is another, or go on past such records with on_error = \"skip\""
    case .textAfterQuote, .unterminated:
      hint = QuotingFault.hint
    }
    return ReadoutError(
      .data, words(plan), value: column == nil ? nil : value(plan),
      place: source.place(offset, column: column.map { plan.columns[$0].name }), hint: hint)
  }

  private func value(_ plan: LoadPlan) -> String {
    let source = plan.sources[source]
    let text = RecordText(bytes: source.bytes, dialect: source.dialect)
    return column == nil ? text.raw(offset..<offset + length) : text.text(offset..<offset + length)
  }

  /// The line of `rejects.csv`, `line` having been counted by the caller.
  func reject(_ plan: LoadPlan, line: Int, action: Reject.Action) -> Reject {
    Reject(
      file: plan.sources[source].name, source: source, line: line, byte: plan.sources[source].inputByte(offset),
      column: column.map { plan.columns[$0].name }, value: value(plan), reason: words(plan), action: action)
  }
}
