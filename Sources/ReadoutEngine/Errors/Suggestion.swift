/// The nearest name to a misspelt one.
public enum Suggestion {
  /// `did you mean country?`, or the list of names where none is near and there are few.
  ///
  /// Near means a Damerau-Levenshtein distance, case ignored, of at most a third of the name's length (at least one).
  public static func hint(for name: String, among names: [String], kind: String) -> String? {
    hint(for: name, among: names, kind: kind) { $0 }
  }

  /// The hint for a column in an expression, with the names as an expression writes them.
  static func hint(forColumn name: String, among names: [String]) -> String? {
    hint(for: name, among: names, kind: "the columns are") { Expression.text(ofColumn: $0) }
  }

  private static func hint(
    for name: String, among names: [String], kind: String, writing written: (String) -> String
  ) -> String? {
    if let near = nearest(to: name, among: names) { return "did you mean \(written(near))?" }
    guard !names.isEmpty, names.count <= 40 else { return nil }
    return "\(kind): \(names.map(written).joined(separator: ", "))"
  }

  /// The name that is meant; nil where none is near. What was written is never proposed again.
  static func nearest(to name: String, among names: [String]) -> String? {
    // Nobody misspells longer ones, and the distance of two long names takes as long as their lengths multiplied.
    let longest = 200
    guard name.utf8.count <= longest else { return nil }
    let wanted = Array(name.lowercased().unicodeScalars)
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in names where candidate.utf8.count <= 2 * longest && candidate != name {
      let distance = distance(wanted, Array(candidate.lowercased().unicodeScalars))
      if distance <= limit, distance < wanted.count, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], beforeLast[j - 2] + 1) }
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
