/// Which field of a lexicon's lines is what: the order term, weight, category, unless a header names another.
///
/// The first line is a header where none of its fields is a number and it names a term or a weight in one of the usual words. A comma
/// inside a term without quotes cannot be told from one between columns: it is taken for a part of the term only in files of two columns.
struct LexiconColumns {
  struct Fault: Error {
    var message: String
    var hint: String
  }

  private(set) var hasHeader = false
  private var term = 0
  private var weight = 1
  /// The columns that the header has.
  private var width: Int?
  /// Whether the lines have two columns, so that further commas belong to the term.
  private var isOfTwo: Bool

  private static let termNames: Set = [
    "term", "terms", "word", "words", "phrase", "token", "entry", "lemma", "ngram", "n-gram", "expression", "pattern",
  ]
  private static let weightNames: Set = [
    "weight", "weights", "score", "value", "rating", "mean", "strength", "intensity", "points",
  ]
  /// Names of weights that are those of categories, too, where another column has a weight's name.
  private static let looseWeightNames: Set = ["valence", "polarity", "sentiment", "tone", "number"]
  private static let categoryNames: Set = [
    "category", "categories", "class", "group", "dimension", "emotion", "type", "label", "topic",
  ]

  init(of rows: [LexiconRow]) {
    isOfTwo = rows.count { $0.fields.count == 2 } * 2 > rows.count
    if let first = rows.first { readHeader(first) }
  }

  private mutating func readHeader(_ row: LexiconRow) {
    let count = row.fields.count
    guard count >= 2, !(0..<count).contains(where: { row.weight($0) != nil }),
      !(1..<count).contains(where: { row.beginsLikeNumber($0) })
    else { return }
    let cells = (0..<count).map { field in
      row.cell(field).lowercased().filter { $0 != " " }
    }
    let named = cells.firstIndex { Self.termNames.contains($0) }
    let weighed =
      cells.firstIndex { Self.weightNames.contains($0) } ?? cells.firstIndex { Self.looseWeightNames.contains($0) }
    guard named == 0 || (weighed ?? 0) > 0 || (named != nil && weighed != nil) else { return }
    (hasHeader, width, isOfTwo) = (true, count, count == 2)
    term = named ?? 0
    let others = (0..<count).filter { $0 != term }
    weight = weighed ?? others.first { !Self.categoryNames.contains(cells[$0]) } ?? others[0]
  }

  /// What a line says.
  func entry(_ row: LexiconRow, isFirst: Bool) -> Result<Lexicon.Entry, Fault> {
    let count = row.fields.count
    guard count >= 2 else {
      return .failure(Fault(message: "a line of a lexicon without a weight", hint: "each line is: term,weight"))
    }
    if let width, width <= 3, width == count || (term, weight) != (0, 1) {
      guard width == count else {
        return .failure(
          Fault(
            message: "a line with \(ShownNumber.counted(count, "field")) under a header of \(width)",
            hint: "a term with a comma in it stands in quotes"))
      }
      guard let value = row.weight(weight) else { return .failure(noNumber(row, isFirst: isFirst)) }
      return .success(
        Lexicon.Entry(row.cell(term), value, category: width == 3 ? row.cell(3 - term - weight) : nil))
    }
    if count == 2, let value = row.weight(1) { return .success(Lexicon.Entry(row.cell(0), value)) }
    if count == 3, let value = row.weight(1) {
      return .success(Lexicon.Entry(row.cell(0), value, category: row.cell(2)))
    }
    guard count > 2, let value = row.weight(count - 1) else { return .failure(noNumber(row, isFirst: isFirst)) }
    if isOfTwo, !(1..<count - 1).contains(where: { row.weight($0) != nil }) {
      return .success(Lexicon.Entry(row.allButLast, value))
    }
    return .failure(
      Fault(
        message: count == 3 ? "a weight in the third column" : "a line of a lexicon with more than three fields",
        hint: "the order is term,weight,category, or that of a header that names them so; "
          + "a term with a comma in it stands in quotes"))
  }

  private func noNumber(_ row: LexiconRow, isFirst: Bool) -> Fault {
    let count = row.fields.count
    if count > 2, row.weight(count - 1) != nil {
      return Fault(
        message: "a weight that is no number",
        hint: "each line is: term,weight,category; a term with a comma in it stands in quotes")
    }
    let mayBeHeader = isFirst && !(1..<count).contains { row.beginsLikeNumber($0) }
    return Fault(
      message: "a weight that is no number",
      hint: mayBeHeader
        ? "each line is: term,weight; a header names its columns in such words: term,weight,category"
        : "each line is: term,weight")
  }
}
