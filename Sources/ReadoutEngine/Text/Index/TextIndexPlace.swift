import ReadoutVectors
import Synchronization

/// The place beside a column where its index is kept.
public final class TextIndexPlace: Sendable {
  private struct State {
    var index: TextIndex?
    var wasScanned = false
    var origin: TextIndexOrigin?
  }
  private let state = Mutex(State())

  /// The index, where it was made.
  public var known: TextIndex? { state.withLock { $0.index } }

  /// The column whose rows these are, while a query runs.
  var origin: TextIndexOrigin? { state.withLock { $0.origin } }

  func value(_ make: (TextIndexOrigin?) throws(ReadoutError) -> TextIndex) throws(ReadoutError) -> TextIndex {
    try state.withLock { (state) throws(ReadoutError) in
      if let index = state.index { return index }
      let made = try make(state.origin)
      state.index = made
      return made
    }
  }

  /// Notes that a query scans the texts; whether one did before.
  func noteScan() -> Bool {
    state.withLock { state in
      defer { state.wasScanned = true }
      return state.wasScanned
    }
  }

  func setOrigin(_ origin: TextIndexOrigin?) { state.withLock { $0.origin = origin } }
}

/// Where the rows of a column of texts come from: behind a filter, a sort or a limit it has some rows of another.
struct TextIndexOrigin: Sendable {
  let column: Column
  /// The number there of each row.
  let rows: Vector<UInt32>

  /// The index of the other column, where it is at hand or worth building for what `part` needs.
  func index(for part: Column, options: ExecutionOptions) throws(ReadoutError) -> TextIndex? {
    if let known = column.textIndex.known { return known }
    let (whole, own) = (column.storedByteCount, part.storedByteCount)
    guard IndexPolicy.isWorthWhole(whole, for: own, wasAsked: column.textIndex.noteScan()) else { return nil }
    return try TextIndex.of(column, options: options)
  }
}

extension Column {
  /// This column, knowing that its row `i` is row `rows[i]` of another column of the same texts.
  func carrying(_ other: Column, rows: Vector<UInt32>) -> Column {
    guard type.isString, other.dictionary == nil, dictionary == nil else { return self }
    if other.textIndex.known == nil, let origin = other.textIndex.origin {
      textIndex.setOrigin(TextIndexOrigin(column: origin.column, rows: origin.rows.gather(rows)))
    } else {
      textIndex.setOrigin(TextIndexOrigin(column: other, rows: rows))
    }
    return self
  }

  /// Bytes of the rows, the index apart.
  var storedByteCount: Int { chunks.reduce(0) { $0 + $1.byteCount } }
}

extension Table {
  /// Lets go of the columns that the texts come from, so that an answer does not keep them in memory.
  func forgettingOrigins() -> Table {
    for column in columns where column.type.isString { column.textIndex.setOrigin(nil) }
    return self
  }
}
