import ReadoutVectors

/// What a step that counts words takes for one word: each as it stands, or all that share a stem.
public enum Stemming: Sendable, Hashable {
  /// By the language that the column has in the description of its table; words as they stand where it has none.
  case ofColumn
  /// Words as they stand, whatever the column says.
  case none
  case language(Stemmer.Language)

  /// The language for a column; nil: words as they stand.
  func language(of column: Table.Field) -> Stemmer.Language? {
    switch self {
    case .ofColumn: column.stem
    case .none: nil
    case .language(let language): language
    }
  }

  /// For `explain`, behind what is counted.
  static func text(_ language: Stemmer.Language?) -> String { language.map { ", by \($0.name) stems" } ?? "" }
}
