import ReadoutEngine

/// What reading gave: the table, and what did not go into it as it stood.
public struct LoadedTable: Sendable {
  public let table: Table
  /// Values made null and records left out or mended, in the order of the input. Empty with `onError = .fail`.
  public let rejects: [Reject]
  /// What a reader should know and could not see: an encoding that was detected, a column kept as string for a few odd values.
  public let notes: [String]
  /// Where its rows stand in the files; nil where they cannot be opened again.
  public let places: (any RowPlaces)?

  public init(table: Table, rejects: [Reject] = [], notes: [String] = [], places: (any RowPlaces)? = nil) {
    self.places = places
    self.table = table
    self.rejects = rejects
    self.notes = notes
  }

  /// Records that were left out (`onError = .skip`).
  public var skippedRecords: Int {
    var seen: Set<[Int]> = []
    for reject in rejects where reject.action == .skipped { seen.insert([reject.source, reject.line]) }
    return seen.count
  }

  /// Values that were made null (`onError = .null`).
  public var nulledValues: Int { rejects.count { $0.action == .nulled } }
}

/// A value or record that did not fit, and what was done with it.
public struct Reject: Sendable, Equatable {
  public enum Action: String, Sendable {
    /// The value is null in the table.
    case nulled = "null"
    /// The record had too few or too many fields; it is in the table as far as it went.
    case mended
    /// The record is not in the table.
    case skipped
  }

  public var file: String
  /// The source's number, for several sources of one name.
  var source: Int
  /// One-based; a quoted line break counts.
  public var line: Int
  /// Bytes before the value, or before the record: from the beginning of the file after decompression.
  public var byte: Int
  /// nil for a record.
  public var column: String?
  /// The value, or the record, as it stands in the file.
  public var value: String
  public var reason: String
  public var action: Action
}
