import ReadoutEngine

/// Help for functions and metrics, made from their signatures.
enum MetricHelp {
  /// What `readout metrics NAME` prints.
  static func page(_ signature: Signature, kind: String) -> String {
    var text = "\(signature.text)\n\n"
    if !signature.summary.isEmpty { text += "\(signature.summary)\n" }
    text += "A \(kind).\n"
    if !signature.parameters.isEmpty {
      text += "\narguments:\n"
      let width = signature.parameters.map(\.name.count).max() ?? 0
      for parameter in signature.parameters {
        let blanks = String(repeating: " ", count: width - parameter.name.count)
        text += "  \(parameter.name)\(blanks)  \(types(parameter))\(notes(parameter))\n"
      }
    }
    text += "\nresult: \(signature.result)\n"
    if !signature.examples.isEmpty {
      text += "\nexamples:\n"
      for example in signature.examples { text += "  \(example.expression)  gives  \(example.gives)\n" }
    }
    return text
  }

  /// `mentions(text, term, …) -> integer`: the types of the arguments are on the metric's own page.
  static func call(_ signature: Signature) -> String {
    let names = signature.parameters.map { parameter in
      switch parameter.kind {
      case .required: parameter.name
      case .optional: "\(parameter.name)?"
      case .repeated: "\(parameter.name), …"
      }
    }
    let result = DataType(rawValue: signature.result) == nil ? "" : " -> \(signature.result)"
    return "\(signature.name)(\(names.joined(separator: ", ")))\(result)"
  }

  /// The line in at most `width` characters; nil is without limit.
  static func cut(_ line: String, to width: Int?) -> String {
    guard let width, line.count > width, width > 1 else { return line }
    return line.prefix(width - 1) + "…"
  }

  /// A section of the reference page.
  static func section(_ signature: Signature) -> String {
    var text = "### \(signature.name)\n\n`\(signature.text)`\n"
    if !signature.summary.isEmpty { text += "\n\(signature.summary)\n" }
    if !signature.examples.isEmpty {
      text += "\n"
      for example in signature.examples { text += "- `\(example.expression)` gives `\(example.gives)`\n" }
    }
    return text
  }

  static func types(_ parameter: Parameter) -> String {
    parameter.types.count == DataType.allCases.count
      ? "any type" : parameter.types.map(\.rawValue).joined(separator: " or ")
  }

  private static func notes(_ parameter: Parameter) -> String {
    var notes: [String] = []
    if parameter.kind == .optional { notes.append("may be left out") }
    if parameter.kind == .repeated { notes.append("any number of times") }
    if parameter.isConstant { notes.append("the same for all rows") }
    return notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
  }
}
