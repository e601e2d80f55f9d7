/// Shares a terminal's width among columns: the widest give way first, and columns at the right end that do not fit even at
/// their least width are left out. One column always stays.
struct ColumnFit {
  /// The width of each column that is shown; fewer than asked for where some are left out.
  let widths: [Int]

  /// Blanks between two columns.
  static let gap = 2

  init(_ columns: [(natural: Int, least: Int)], width: Int?) {
    guard let width else {
      widths = columns.map(\.natural)
      return
    }
    var shown = 0
    var least = 0
    for column in columns {
      let wanted = least + column.least + (shown > 0 ? Self.gap : 0)
      if shown > 0, wanted > width { break }
      least = wanted
      shown += 1
    }
    var spare = width - least
    var widths = columns[..<shown].map(\.least)
    // A column at a time, the narrowest first: those that want little get all of it, the rest share what remains.
    let order = (0..<shown).sorted { (columns[$0].natural, $0) < (columns[$1].natural, $1) }
    for (done, column) in order.enumerated() where spare > 0 {
      let level = Self.level(order[done...].map { widths[$0] }, spare: spare)
      let wanted = min(columns[column].natural, max(level, widths[column]))
      spare -= wanted - widths[column]
      widths[column] = wanted
    }
    self.widths = widths
  }

  /// The width up to which all of `widths` can be raised with `spare`.
  private static func level(_ widths: [Int], spare: Int) -> Int {
    let sorted = widths.sorted()
    var sum = 0
    for (number, width) in sorted.enumerated() {
      sum += width
      let level = (sum + spare) / (number + 1)
      if number + 1 == sorted.count || level <= sorted[number + 1] { return level }
    }
    return 0
  }
}
