import ReadoutEngine

/// Reads Lua 5.4 source into a syntax tree by recursive descent.
///
/// Nesting is bounded, so that hostile source is an error and never exhausts the stack of whoever walks the tree.
struct Parser {
  /// How deep blocks and expressions may nest; Lua's own limit.
  static let deepestNesting = 200
  /// How high the tree of one expression may grow: a chain such as `a or b or c …` nests to the left without nesting in the
  /// text, and whoever walks the tree must not run out of stack.
  static let largestHeight = 200
  /// Branches, labels and jumps to them in a source: Lua's compiler compares each with all that wait, and cannot be stopped.
  static let mostJumps = 20_000

  private var lexer: Lexer
  private(set) var token: Token
  private var following: Token?
  /// The end of the last token taken.
  private(set) var lastEnd = 0
  private var nesting = 0
  private var jumps = 0

  init(_ text: String) throws(ReadoutError) { try self.init(Array(text.utf8)) }

  init(_ source: [UInt8], from start: Int = 0) throws(ReadoutError) {
    lexer = Lexer(source)
    lexer.at = start
    token = try lexer.next()
  }

  /// The whole source as a chunk. A first line that starts with `#` is skipped, as Lua does with files.
  static func chunk(_ source: [UInt8]) throws(ReadoutError) -> Syntax.Function {
    let isScript = source.first == UInt8(ascii: "#")
    let start = isScript ? source.firstIndex(where: \.isLineEnd) ?? source.count : 0
    var parser = try Parser(source, from: start)
    let body = try parser.block()
    guard parser.token.kind == .end else { throw parser.unexpected(wanted: "the end of the file") }
    return Syntax.Function(parameters: [], isVararg: true, body: body, range: 0..<source.count, opening: 0)
  }
}

extension Parser {
  /// Counts the branch or jump that the current token is.
  mutating func countJump() throws(ReadoutError) {
    jumps += 1
    guard jumps > Self.mostJumps else { return }
    throw ReadoutError(
      .request, "more branches and jumps than a source may have", hint: "at most \(Self.mostJumps)", range: token.range)
  }

  mutating func advance() throws(ReadoutError) {
    lastEnd = token.range.upperBound
    if let next = following {
      token = next
      following = nil
    } else {
      token = try lexer.next()
    }
  }

  /// The token behind the current one.
  mutating func peek() throws(ReadoutError) -> Token {
    if following == nil { following = try lexer.next() }
    return following!
  }

  func isAt(_ symbol: Symbol) -> Bool { token.kind == .symbol(symbol) }

  /// Takes the symbol if it is next.
  mutating func take(_ symbol: Symbol) throws(ReadoutError) -> Bool {
    guard isAt(symbol) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ symbol: Symbol) throws(ReadoutError) {
    guard try take(symbol) else { throw unexpected(wanted: symbol.rawValue) }
  }

  /// Takes the symbol that closes what `opening` opened.
  mutating func expect(_ symbol: Symbol, closing opening: Range<Int>) throws(ReadoutError) {
    guard isAt(symbol) else {
      let opener = text(opening)
      if token.kind == .end {
        throw ReadoutError(
          .request, "unexpected end, \(opener) is not closed", hint: "close it with \(symbol.rawValue)", range: opening)
      }
      throw unexpected(wanted: "\(symbol.rawValue) to close \(opener)")
    }
    try advance()
  }

  mutating func name() throws(ReadoutError) -> Syntax.Name {
    guard case .name(let text) = token.kind else { throw unexpected(wanted: "a name") }
    let name = Syntax.Name(text: text, range: token.range)
    try advance()
    return name
  }

  /// Runs `body` one level deeper.
  mutating func nested<R>(_ body: (inout Parser) throws(ReadoutError) -> R) throws(ReadoutError) -> R {
    guard nesting < Self.deepestNesting else {
      throw ReadoutError(
        .request, "nested too deeply", hint: "at most \(Self.deepestNesting) levels", range: token.range)
    }
    nesting += 1
    defer { nesting -= 1 }
    return try body(&self)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: lexer.source[range], as: UTF8.self) }

  /// The byte just before the current token; 0 at the start.
  var byteBefore: UInt8 { token.range.lowerBound > 0 ? lexer.source[token.range.lowerBound - 1] : 0 }
}
