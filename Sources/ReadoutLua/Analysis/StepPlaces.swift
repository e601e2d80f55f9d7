import ReadoutEngine

/// Where the texts of steps stand in a script.
///
/// The VM counts a chain of calls from the line where the chain begins; the text of `:where "…"` may stand many lines below.
struct StepPlaces {
  private struct Step: Hashable {
    var method: String
    var text: String
    var chainLine: Int
  }

  private var lines: [Step: Int] = [:]

  init(_ source: SourceText) {
    guard let chunk = try? Parser.chunk(source.bytes) else { return }
    var found: [Step: Int] = [:]
    let walker = SyntaxWalker { expression in
      guard case .method(_, let method, let arguments) = expression.node else { return }
      for argument in arguments.flatMap(Self.texts(of:)) {
        guard case .string(let bytes) = argument.node else { continue }
        let step = Step(
          method: method.text, text: String(decoding: bytes, as: UTF8.self),
          chainLine: source.line(of: expression.range.lowerBound))
        found[step] = source.line(of: argument.range.lowerBound)
      }
    }
    walker.walk(chunk.body)
    lines = found
  }

  /// What may be a text among an argument: itself, or the values of an option table.
  private static func texts(of argument: Syntax.Expression) -> [Syntax.Expression] {
    guard case .table(let fields) = argument.node else { return [argument] }
    return fields.map(\.value)
  }

  /// The line where `text` begins as an argument of `step`, or an option; nil where the script makes it otherwise.
  func line(of text: String, step: String, calledAt line: Int) -> Int? {
    lines[Step(method: step, text: text, chainLine: line)]
  }
}
