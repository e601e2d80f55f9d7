import ReadoutEngine

/// Finds the line of a field such as `returns = …` in the table constructors of a source.
struct FieldLines {
  private let source: SourceText

  init(_ source: SourceText) { self.source = source }

  /// The line of the only field of this name; nil where there are none or several.
  func line(of key: String) -> Int? {
    guard let chunk = try? Parser.chunk(source.bytes) else { return nil }
    var found: [Int] = []
    let walker = SyntaxWalker(
      visit: { expression in
        guard case .table(let fields) = expression.node else { return }
        for field in fields {
          if case .name(let name) = field.key, name.text == key { found.append(source.line(of: name.range.lowerBound)) }
        }
      })
    walker.walk(chunk.body)
    return found.count == 1 ? found[0] : nil
  }
}
