import ReadoutEngine

/// Which columns a function of the row mentions.
struct RowMentions {
  private let source: SourceText

  init(_ source: SourceText) { self.source = source }

  /// The names behind `row.` and in `row["…"]`, in the order of their first mention; nil where the function uses the row in
  /// any other way (`row[name]`, `f(row)`, `row = …`) or cannot be told from another on the same lines.
  func columns(of definition: FunctionDefinition) -> [String]? {
    guard let chunk = try? Parser.chunk(source.bytes) else { return nil }
    var found: [Syntax.Function] = []
    let walker = SyntaxWalker { expression in
      if case .function(let function) = expression.node, source.lines(of: function.range) == definition.lines,
        function.parameters.count == definition.parameters
      {
        found.append(function)
      }
    }
    walker.walk(chunk.body)
    guard found.count == 1, let row = found[0].parameters.first?.text else { return nil }
    return Self.columns(in: found[0], row: row)
  }

  private static func columns(in function: Syntax.Function, row: String) -> [String]? {
    var columns: [String] = []
    var mentions = 0
    var uses = 0
    var isShadowed = false
    let walker = SyntaxWalker { expression in
      switch expression.node {
      case .name(row): uses += 1
      case .index(let base, let key):
        guard case .name(row) = base.node, case .string(let bytes) = key.node else { return }
        mentions += 1
        let name = String(decoding: bytes, as: UTF8.self)
        if !columns.contains(name) { columns.append(name) }
      case .function(let inner): isShadowed = isShadowed || inner.parameters.contains { $0.text == row }
      default: break
      }
    }
    walker.walk(function.body)
    return uses == mentions && !isShadowed && !declares(row, function.body) ? columns : nil
  }

  /// Whether a block declares a local of this name anywhere.
  private static func declares(_ name: String, _ block: Syntax.Block) -> Bool {
    block.statements.contains { statement in
      switch statement.node {
      case .local(let names, _): names.contains { $0.name.text == name }
      case .localFunction(let function, let body): function.text == name || declares(name, body.body)
      case .do(let block), .while(_, let block), .repeat(let block, _): declares(name, block)
      case .if(let branches, let otherwise):
        branches.contains { declares(name, $0.block) } || otherwise.map { declares(name, $0) } ?? false
      case .numericFor(let variable, _, _, _, let block): variable.text == name || declares(name, block)
      case .genericFor(let names, _, let block): names.contains { $0.text == name } || declares(name, block)
      case .assign, .call, .return, .break, .goto, .label: false
      }
    }
  }
}
