import ReadoutEngine

/// A column that would be of another type but for a few of its values.
struct MixedColumn {
  let name: String
  /// What it is because of them.
  let type: DataType

  /// The sentence about it, from what most values are to what another one is.
  func note(_ most: String, but value: String, at place: ReadoutError.Place, _ odd: String) -> String {
    "column \(name) is \(type.withArticle): \(most), but "
      + "\"\(ReadoutError.shown(value: value))\" (\(place.file ?? ""):\(place.line ?? 0)) \(odd)"
  }
}
