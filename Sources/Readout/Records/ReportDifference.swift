import ReadoutEngine

/// Which rows of two reports differ: rows of one key, or else of one number, are compared field by field.
struct ReportDifference {
  let before: ReportRows
  let now: ReportRows
  /// The columns that tell rows apart, where both reports have them and they do; else empty.
  private let keys: [String]

  init(before: ReportRows, now: ReportRows, keys: [String]) {
    self.before = before
    self.now = now
    let areKeys = !keys.isEmpty && [before, now].allSatisfy { $0.hasKeys(keys) }
    self.keys = areKeys ? keys : []
  }

  /// What differs, a line each: names, numbers of rows, and at most `most` rows.
  func lines(most: Int) -> [String] {
    var lines: [String] = []
    if before.names != now.names {
      lines.append(
        "columns \(before.names.joined(separator: ", ")) before, \(now.names.joined(separator: ", ")) now")
    }
    let changes = keys.isEmpty ? changesByNumber : changesByKey
    let (came, went) = (changes.count { $0.kind == .came }, changes.count { $0.kind == .went })
    let others = changes.count - came - went
    lines.append(
      "\(ShownNumber.counted(before.rows.count, "row")) before, \(now.rows.count) now: \(came) came, \(went) went, "
        + "\(others) \(others == 1 ? "differs" : "differ")")
    if changes.isEmpty {
      lines.append(
        before.rows == now.rows ? "the rows are the same; how they are written is not" : "the rows are in another order"
      )
    }
    lines += changes.prefix(most).map(\.text)
    if changes.count > most { lines.append("… \(changes.count - most) more") }
    return lines
  }

  private struct Change {
    enum Kind { case came, went, differs }
    var kind: Kind
    var text: String
  }

  private var changesByKey: [Change] {
    var old: [[String]: [String]] = [:]
    for row in before.rows { old[before.key(of: row, keys)] = row }
    var changes: [Change] = []
    for row in now.rows {
      let key = now.key(of: row, keys)
      let name = zip(keys, key).map { "\($0) = \($1)" }.joined(separator: ", ")
      guard let earlier = old.removeValue(forKey: key) else {
        changes.append(Change(kind: .came, text: "+ \(name): \(now.text(of: row, without: keys))"))
        continue
      }
      if let text = difference(earlier, row, keys) { changes.append(Change(kind: .differs, text: "\(name): \(text)")) }
    }
    for row in before.rows {
      let key = before.key(of: row, keys)
      guard old[key] != nil else { continue }
      let name = zip(keys, key).map { "\($0) = \($1)" }.joined(separator: ", ")
      changes.append(Change(kind: .went, text: "- \(name): \(before.text(of: row, without: keys))"))
    }
    return changes
  }

  private var changesByNumber: [Change] {
    var changes: [Change] = []
    for number in 0..<max(before.rows.count, now.rows.count) {
      let old = number < before.rows.count ? before.rows[number] : nil
      let new = number < now.rows.count ? now.rows[number] : nil
      switch (old, new) {
      case (let old?, let new?):
        if let text = difference(old, new, []) {
          changes.append(Change(kind: .differs, text: "row \(number + 1): \(text)"))
        }
      case (nil, let new?):
        changes.append(Change(kind: .came, text: "+ row \(number + 1): \(now.text(of: new, without: []))"))
      case (let old?, nil):
        changes.append(Change(kind: .went, text: "- row \(number + 1): \(before.text(of: old, without: []))"))
      case (nil, nil): break
      }
    }
    return changes
  }

  /// `n 83 -> 84, support 0.44 -> 0.45`; nil where all columns of one name are equal.
  private func difference(_ old: [String], _ new: [String], _ keys: [String]) -> String? {
    let earlier = before.named(old)
    let parts = zip(now.names, new).compactMap { name, value -> String? in
      guard let was = earlier[name], was != value else { return nil }
      return "\(name) \(Self.shown(was)) -> \(Self.shown(value))"
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  fileprivate static func shown(_ value: String) -> String {
    let line = value.prefix(80)
    return value.isEmpty ? "nothing" : String(line) + (line.count < value.count ? "…" : "")
  }
}

extension ReportRows {
  /// The row's values by the columns' names; the first of two with one name.
  fileprivate func named(_ row: [String]) -> [String: String] {
    Dictionary(zip(names, row).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }

  fileprivate func key(of row: [String], _ keys: [String]) -> [String] {
    let values = named(row)
    return keys.map { values[$0] ?? "" }
  }

  /// Whether the columns are there, and no two rows have the same values in them.
  fileprivate func hasKeys(_ keys: [String]) -> Bool {
    keys.allSatisfy { names.contains($0) } && Set(rows.map { key(of: $0, keys) }).count == rows.count
  }

  fileprivate func text(of row: [String], without keys: [String]) -> String {
    zip(names, row).filter { !keys.contains($0.0) }
      .map { "\($0.0) = \(ReportDifference.shown($0.1))" }.joined(separator: ", ")
  }
}
