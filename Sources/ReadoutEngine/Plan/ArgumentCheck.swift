/// Checks a call against its signature, and says what was wanted.
enum ArgumentCheck {
  static func count(_ given: Int, _ signature: Signature, range: Range<Int>) throws(ReadoutError) {
    let required = signature.parameters.filter { $0.kind != .optional }.count
    let most = signature.parameters.contains { $0.kind == .repeated } ? Int.max : signature.parameters.count
    if given >= required && given <= most { return }
    let wanted =
      most == .max ? "at least \(required)" : required == most ? "\(required)" : "\(required) to \(most)"
    throw ReadoutError(
      .request, "\(signature.name) takes \(wanted) argument\(wanted == "1" ? "" : "s"), not \(given)",
      hint: signature.text,
      range: range)
  }

  static func type(
    _ type: DataType, constant: Scalar?, of index: Int, _ signature: Signature, range: Range<Int>
  ) throws(ReadoutError) {
    let parameter = signature.parameter(at: index)
    if parameter.isConstant, constant == nil {
      throw ReadoutError(
        .request, "\(signature.name): argument \(index + 1) (\(parameter.name)) must be the same for all rows",
        hint: "write a literal: \(signature.text)", range: range)
    }
    if constant == .null || parameter.accepts(type) { return }
    let wanted = parameter.types.map(\.rawValue).joined(separator: " or ")
    throw ReadoutError(
      .request, "\(signature.name): argument \(index + 1) (\(parameter.name)) is \(type.withArticle), wanted \(wanted)",
      value: constant.map { Expression.text(of: $0) }, hint: signature.text, range: range)
  }
}

extension Signature {
  /// The parameter that argument `index` goes to; the last one takes all beyond it.
  func parameter(at index: Int) -> Parameter { parameters[min(index, parameters.count - 1)] }
}

extension Parameter {
  func accepts(_ type: DataType) -> Bool {
    types.contains(type) || (type == .integer && types.contains(.number)) || (type == .string && types.contains(.text))
      || (type == .text && types.contains(.string)) || (type == .date && types.contains(.timestamp))
  }

  /// The type of a literal `nil` here; a time where a string literal shall be read as one.
  var wantedType: DataType? {
    if let time = types.first(where: \.isTime), !types.contains(.string) { return time }
    return types.first
  }
}
