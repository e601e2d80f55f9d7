import Foundation

/// The fenced blocks of a Markdown file, in their order.
public struct MarkdownDocument: Sendable {
  public struct Block: Sendable, Equatable {
    /// The word behind the fence: `console`, `lua`; empty where there is none.
    public var language: String
    /// One-based line of the first line of the block's text.
    public var line: Int
    public var lines: [String]
  }

  public let blocks: [Block]

  public init(_ text: String) {
    var blocks: [Block] = []
    var open: (block: Block, indent: Int, ticks: Int)?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let indent = line.prefix { $0 == " " }.count
      let ticks = line.dropFirst(indent).prefix { $0 == "`" }.count
      let rest = line.dropFirst(indent + ticks)
      if let current = open {
        if ticks >= current.ticks, rest.isEmpty {
          blocks.append(current.block)
          open = nil
        } else {
          open!.block.lines.append(String(line.dropFirst(min(indent, current.indent))))
        }
      } else if ticks >= 3 {
        let language = String(rest.prefix { !$0.isWhitespace })
        open = (Block(language: language, line: number + 2, lines: []), indent, ticks)
      }
    }
    self.blocks = blocks
  }

  /// A command of a `console` block, and what a terminal shows after it.
  public struct Command: Sendable, Equatable {
    public var line: Int
    public var text: String
    public var output: [String]
  }
}

extension MarkdownDocument.Block {
  /// The commands behind `$ `; a line that ends in a backslash goes on in the next one.
  ///
  /// Everything up to the next command is output: standard output and standard error, as in a terminal. A line of `…`
  /// stands for any lines.
  public var commands: [MarkdownDocument.Command] {
    var commands: [MarkdownDocument.Command] = []
    var goesOn = false
    for (offset, line) in lines.enumerated() {
      if line.hasPrefix("$ ") {
        commands.append(.init(line: self.line + offset, text: String(line.dropFirst(2)), output: []))
        goesOn = line.hasSuffix("\\")
      } else if goesOn {
        commands[commands.count - 1].text += "\n" + line
        goesOn = line.hasSuffix("\\")
      } else if !commands.isEmpty {
        commands[commands.count - 1].output.append(line)
      }
    }
    for index in commands.indices {
      while commands[index].output.last == "" { commands[index].output.removeLast() }
    }
    return commands
  }

  /// The file that a `lua` block says it is, in a comment on its first line: `-- plugins/figures.lua: what it does`.
  public var file: String? {
    guard let first = lines.first, first.hasPrefix("-- ") else { return nil }
    let name = first.dropFirst(3).prefix { !$0.isWhitespace && $0 != ":" }
    return name.hasSuffix(".lua") ? String(name) : nil
  }
}
