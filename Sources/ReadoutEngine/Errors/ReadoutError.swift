import ReadoutVectors

/// What went wrong, in the one shape that every Readout error has: what, the value, where, and what would have been right.
///
/// ```
/// readout: unknown column: contry
///   at analyses/opcon.lua:6, in where
///   hint: did you mean country?
/// ```
public struct ReadoutError: Error, Sendable, Equatable {
  /// Who can mend it. The raw value is the command's exit status.
  public enum Blame: Int32, Sendable {
    /// The user's expression, script or arguments.
    case request = 1
    /// The data that were read.
    case data = 2
    /// A plugin that failed or broke its bounds.
    case plugin = 3
    /// Readout itself.
    case bug = 70
  }

  /// Where it stands: a file, script or option, and the step of the query.
  public struct Place: Sendable, Equatable {
    /// A file as the user named it, or an option such as `--where`.
    public var file: String?
    /// One-based.
    public var line: Int?
    /// One-based, in Unicode code points of the line; for data files, the byte offset is said in `detail`.
    public var column: Int?
    /// The step of the query (`where`), or the phase of a metric (`update`).
    public var step: String?
    /// Anything more that tells the place: `row 17, group KOR`, `byte 1024, column date`.
    public var detail: String?

    public init(
      file: String? = nil, line: Int? = nil, column: Int? = nil, step: String? = nil, detail: String? = nil
    ) {
      self.file = file
      self.line = line
      self.column = column
      self.step = step
      self.detail = detail
    }
  }

  public var blame: Blame
  /// What is wrong, without the value: `unknown column`.
  public var message: String
  /// The offending value, as the user wrote it; shown cut at 80 bytes.
  public var value: String?
  public var place: Place
  /// The nearest name, or what would be accepted.
  public var hint: String?
  /// Bytes of the expression's text that the error is about; turned into line and column where the text is known.
  public var range: Range<Int>?
  /// The number of the group that an accumulator failed on; the grouping puts the group's keys in its place.
  public var group: Int?
  /// The one-based number in the table of the row that it is about.
  public var row: Int?
  /// Whether the query ends here whatever the rows hold: it was cancelled, or is out of time or memory. Another error may be
  /// one that no row asks for.
  public var endsQuery = false

  public init(
    _ blame: Blame, _ message: String, value: String? = nil, place: Place = Place(), hint: String? = nil,
    range: Range<Int>? = nil
  ) {
    self.blame = blame
    self.message = message
    self.value = value
    self.place = place
    self.hint = hint
    self.range = range
  }
}

extension ReadoutError {
  /// The same error with those parts of the place filled in that are not known yet: the innermost place wins.
  public func at(
    file: String? = nil, line: Int? = nil, column: Int? = nil, step: String? = nil, detail: String? = nil
  ) -> ReadoutError {
    var error = self
    if error.place.file == nil {
      error.place.file = file
      error.place.line = line
      error.place.column = column
    }
    error.place.step = error.place.step ?? step
    error.place.detail = error.place.detail ?? detail
    return error
  }

  /// The error with the group of the row that it is about: `groups[i]` is the group of row `i` of the call.
  func about(_ groups: Vector<UInt64>, of rows: Evaluation) -> ReadoutError {
    guard group == nil, let row, let index = (0..<rows.count).first(where: { rows.rowNumber($0) == row }) else {
      return self
    }
    var error = self
    error.group = Int(groups[index])
    return error
  }

  /// The error with the keys of the group that it is about, where it is about one.
  func naming(_ name: (_ group: Int) -> String) -> ReadoutError {
    guard let group else { return self }
    var error = self
    error.group = nil
    let name = name(group)
    // Without keys there is one group, of all rows.
    if name.isEmpty { return error }
    let named = "group \(name)"
    error.place.detail = place.detail.map { "\($0), \(named)" } ?? named
    return error
  }

  /// A state that the code should have made impossible.
  public static func bug(_ message: String) -> ReadoutError {
    ReadoutError(.bug, message, hint: "this is a bug in Readout; please report it with the query that shows it")
  }

  /// The work was stopped from outside.
  public static let cancelled = ReadoutError(.request, "the query was cancelled").endingQuery()

  /// The same error as one that ends the query.
  public func endingQuery() -> ReadoutError {
    var error = self
    error.endsQuery = true
    return error
  }

  /// The same error as one about a row; `number` counts from 1.
  public func about(row number: Int?) -> ReadoutError {
    var error = self
    error.row = error.row ?? number
    return error
  }
}
