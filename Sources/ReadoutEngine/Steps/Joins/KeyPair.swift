/// A column of each side whose values must be equal: `country`, or `speaker = name`.
public struct KeyPair: Sendable {
  public let left: String
  public let right: String
  let range: Range<Int>

  /// The pairs of an `on`: an item is a column of both sides, or `left = right`.
  public static func pairs(_ items: [ListItem]) throws(ReadoutError) -> [KeyPair] {
    var pairs: [KeyPair] = []
    for item in items {
      guard case .column(let column) = item.expression.node else {
        throw ReadoutError(
          .request, "a key is a column", value: item.expression.description,
          hint: "derive it first, then name it", range: item.expression.range)
      }
      pairs.append(KeyPair(left: item.name ?? column, right: column, range: item.expression.range))
    }
    return pairs
  }

  /// As users type it.
  var text: String {
    let (a, b) = (Expression(.column(left)).description, Expression(.column(right)).description)
    return left == right ? a : "\(a) = \(b)"
  }

  func bind(_ left: [Table.Field], _ right: [Table.Field], other: String) throws(ReadoutError) -> BoundKeyPair {
    guard let a = left.firstIndex(where: { $0.name == self.left }) else {
      throw Self.unknown(self.left, among: left, range: range)
    }
    guard let b = right.firstIndex(where: { $0.name == self.right }) else {
      var error = Self.unknown(self.right, among: right, range: range)
      error.message = "unknown column of \(other)"
      if self.left == self.right {
        let known = error.hint.map { $0 + "; " } ?? ""
        error.hint = "\(known)where the names differ, write \(text) = the column of \(other)"
      }
      throw error
    }
    guard let domain = KeyDomain(left[a].type, right[b].type) else {
      throw ReadoutError(
        .request, "cannot compare \(left[a].type.withArticle) with \(right[b].type.withArticle)", value: text,
        hint: "derive a column of one type on one side, such as string(\(Expression.text(ofColumn: left[a].name)))",
        range: range)
    }
    return BoundKeyPair(left: a, right: b, domain: domain)
  }

  private static func unknown(_ name: String, among fields: [Table.Field], range: Range<Int>) -> ReadoutError {
    ReadoutError(
      .request, "unknown column", value: name,
      hint: Suggestion.hint(for: name, among: fields.map(\.name), kind: "the columns are"), range: range)
  }
}

/// A key pair whose columns are known by number.
struct BoundKeyPair: Sendable {
  let left: Int
  let right: Int
  let domain: KeyDomain
}
