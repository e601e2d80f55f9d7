/// When to try to read eight fields at a time: those that are not plain stop it, and are read one by one.
struct LanePacer {
  /// Rows read by one call.
  static let rows = 1024

  /// The row from which on it is tried again.
  private(set) var next: Int
  private var pause = 8

  init(from row: Int, isAllowed: Bool) { next = isAllowed ? row : .max }

  /// `done` rows were read from `row` on, fewer than there were.
  mutating func stopped(at row: Int, after done: Int) {
    // Columns that are seldom plain are not tried again and again.
    pause = done > 0 ? 8 : min(pause * 2, 256)
    next = row &+ pause
  }
}
