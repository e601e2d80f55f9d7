/// Which column a text step reads.
public struct TextColumn: Sendable {
  /// The column that the user named; nil where the step is to find it.
  public var given: String?
  /// The column that has the role `text` in the description of the table, if there is one.
  public var role: String?

  public init(_ given: String? = nil, role: String? = nil) {
    self.given = given
    self.role = role
  }

  /// The number of the column: the one named, else the one with the role `text`, else the only one of type text.
  func index(in fields: [Table.Field], of step: String) throws(ReadoutError) -> Int {
    if let given {
      guard let index = fields.firstIndex(where: { $0.name == given }) else {
        throw ReadoutError(
          .request, "unknown column", value: given, place: .init(detail: "column"),
          hint: Suggestion.hint(for: given, among: fields.map(\.name), kind: "the columns are"))
      }
      guard fields[index].type.isString else {
        throw ReadoutError(
          .request, "\(step) reads text, not \(fields[index].type.withArticle)", value: given,
          place: .init(detail: "column"), hint: "name a column of strings or text: column = \"…\"")
      }
      return index
    }
    if let role, let index = fields.firstIndex(where: { $0.name == role && $0.type.isString }) { return index }
    let texts = fields.indices.filter { fields[$0].type == .text }
    if texts.count == 1 { return texts[0] }
    let candidates = fields.filter { texts.isEmpty ? $0.type == .string : $0.type == .text }.map(\.name)
    throw ReadoutError(
      .request, texts.isEmpty ? "\(step) found no column of text" : "\(step) found several columns of text",
      value: texts.isEmpty ? nil : candidates.joined(separator: ", "),
      hint: candidates.isEmpty ? "the table has no column of strings" : "name it: column = \"\(candidates[0])\"")
  }
}
