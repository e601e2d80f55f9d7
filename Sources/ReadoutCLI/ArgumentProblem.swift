import Readout
import ReadoutEngine

/// What ArgumentParser says about the arguments, in the shape of Readout's errors.
enum ArgumentProblem {
  /// `Error: Unknown option '--treads'. Did you mean '--threads'?` and the usage lines behind it.
  static func error(_ message: String, arguments: [String]) -> ReadoutError {
    let commands = RootCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    if let command = arguments.first, !command.hasPrefix("-"), !commands.contains(command) {
      return ReadoutError(
        .request, "unknown command", value: command,
        hint: Suggestion.hint(for: command, among: commands, kind: "commands"))
    }
    var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var first = lines.isEmpty ? message : lines.removeFirst()
    if first.hasPrefix("Error: ") { first.removeFirst("Error: ".count) }
    var hint: String?
    if let question = first.range(of: " Did you mean ") {
      hint = "did you mean " + first[question.upperBound...].filter { $0 != "'" }
      first = String(first[..<question.lowerBound])
    } else if let usage = lines.first(where: { $0.hasPrefix("Usage: ") }) {
      hint = "usage: " + usage.dropFirst("Usage: ".count).trimmingSuffix(" ")
    }
    if first.hasPrefix("The value '"), let end = first.range(of: "' is invalid for '") {
      return invalidValue(first, end, hint)
    }
    if let quote = first.firstIndex(of: "'"), let end = first[first.index(after: quote)...].firstIndex(of: "'") {
      let value = String(first[first.index(after: quote)..<end])
      let rest = first[..<quote] + first[first.index(after: end)...]
      return ReadoutError(.request, sentence(String(rest)), value: value, hint: hint)
    }
    return ReadoutError(.request, sentence(first), hint: hint)
  }

  /// `The value 'x' is invalid for '--threads <threads>': a reason`
  private static func invalidValue(_ text: String, _ end: Range<String.Index>, _ hint: String?) -> ReadoutError {
    let value = String(text[text.index(text.startIndex, offsetBy: "The value '".count)..<end.lowerBound])
    let rest = text[end.upperBound...]
    let option = rest.prefix { $0 != " " && $0 != "'" }
    let reason = rest.range(of: "': ").map { String(rest[$0.upperBound...]) }
    return ReadoutError(.request, "\(option) cannot be this", value: value, hint: reason ?? hint)
  }

  /// Without a capital in front, a full stop at the end, or two blanks where a value stood.
  private static func sentence(_ text: String) -> String {
    var words = text.split(separator: " ").joined(separator: " ")
    while let last = words.last, last == "." || last == ":" || last == " " { words.removeLast() }
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = String(self)
    while text.last == character { text.removeLast() }
    return text
  }

  /// Where `part` first stands.
  fileprivate func range(of part: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }
}
