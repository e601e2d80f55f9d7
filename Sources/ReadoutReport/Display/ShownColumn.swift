import ReadoutEngine

/// One column of an aligned table: its cells as text, and how wide they want to be.
struct ShownColumn {
  let name: String
  let type: String
  let cells: [String]
  let isRightAligned: Bool
  /// Whether a cell may be cut; numbers, dates and booleans never are.
  let isCuttable: Bool
  let naturalWidth: Int

  /// Texts are cut down to this before a column is left out.
  private static let leastText = 12

  init(_ table: Table, _ column: Int, rows: Int, hasType: Bool) {
    let field = table.fields[column]
    name = ShownCell.line(field.name)
    type = hasType ? field.type.rawValue : ""
    cells = table.pieces(column, rows: 0..<rows).flatMap { piece in
      (0..<piece.count).map { ShownCell.text(piece[$0]) }
    }
    isRightAligned = field.type.isNumeric
    isCuttable = field.type.isString || field.type == .list
    naturalWidth = ([name, type] + cells).reduce(1) { max($0, DisplayWidth.of($1)) }
  }

  /// The narrowest that the column may get.
  var leastWidth: Int {
    if isCuttable { return min(naturalWidth, Self.leastText) }
    return ([type] + cells).reduce(1) { max($0, DisplayWidth.of($1)) }
  }

  /// `text` in exactly `width` columns of the terminal: filled with blanks, or cut with `…`.
  func cell(_ text: String, width: Int) -> String {
    let own = DisplayWidth.of(text)
    if own > width {
      let kept = DisplayWidth.prefix(of: text, width: width - 1)
      return kept + "…" + String(repeating: " ", count: width - 1 - DisplayWidth.of(kept))
    }
    let blanks = String(repeating: " ", count: width - own)
    return isRightAligned ? blanks + text : text + blanks
  }
}
