import ReadoutEngine

extension Parser {
  /// The error for a token that cannot stand here, with a hint for what other languages write.
  func unexpected(wanted: String) -> ReadoutError {
    if token.kind == .end {
      return ReadoutError(.request, "unexpected end", hint: "\(wanted) is missing", range: token.range)
    }
    let (value, hint) = foreign ?? (text(token.range), "expected \(wanted)")
    return ReadoutError(.request, "unexpected", value: value, hint: hint, range: token.range)
  }

  /// What the current token says in another language, and how Lua says it.
  private var foreign: (value: String, hint: String)? {
    switch token.kind {
    case .symbol(.assign): return ("=", "Lua writes == for equal")
    case .symbol(.ampersand) where byteBefore == UInt8(ascii: "&"): return ("&&", "Lua writes and")
    case .symbol(.bar) where byteBefore == UInt8(ascii: "|"): return ("||", "Lua writes or")
    case .symbol(.greater) where byteBefore == UInt8(ascii: "<"): return ("<>", "Lua writes ~= for not equal")
    case .symbol(.equal) where byteBefore == UInt8(ascii: "="): return ("===", "Lua writes == for equal")
    case .symbol(.star) where byteBefore == UInt8(ascii: "*"): return ("**", "Lua writes ^ for powers")
    case .symbol(.in): return ("in", "write name == 'a' or name == 'b'")
    case .name(let word):
      switch word.lowercased() {
      case "is": return (word, "write == nil or ~= nil")
      case "and", "or", "not": return (word, "Lua writes \(word.lowercased())")
      case "like", "ilike": return (word, "write contains(s, 'part') or matches(s, 'regex')")
      case "between": return (word, "write x >= low and x <= high")
      case "desc", "asc":
        return (word, word.lowercased() == "desc" ? "write -name for descending" : "ascending is the default")
      case "as": return (word, "write name = expression")
      default: return nil
      }
    default: return nil
    }
  }
}
