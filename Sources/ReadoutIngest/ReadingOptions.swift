import ReadoutEngine

/// How files are to be read; everything left out is found from the data. What is said of delimiters, quotes and headers is for delimited text
/// alone, the rest for JSON, too.
public struct ReadingOptions: Sendable {
  /// nil tells it by the files' names: JSON for `.json`, `.jsonl` and `.ndjson`, else delimited text.
  public var format: RecordFormat?
  /// The keys that lead to the array of records in a JSON document, from the outside in, joined with dots: `data.items`.
  public var path: String?
  /// What the files of a named format have to look like.
  public var layout: FileLayout?
  /// The byte between fields; nil finds it among comma, semicolon, tab, bar, `^` and `~`, or in a first line `sep=;`.
  public var delimiter: UInt8?
  /// The byte around fields that hold delimiters or line breaks; nil where the file has no quoting. A double quote gives way to a single
  /// one where the text has no double ones and single ones quote without a fault.
  public var quote: UInt8? = UInt8(ascii: "\"")
  /// Whether the first record holds the column names.
  public var hasHeader = true
  /// Column names, in place of the header's.
  public var names: [String]?
  /// nil finds it: UTF-8, UTF-16 or Windows-1252.
  public var encoding: TextEncoding?
  /// Types by column name; columns not named here are inferred from the whole file.
  public var types: [String: DataType] = [:]
  /// strptime patterns by column name, for dates and times that are not ISO 8601: `%d/%m/%Y`.
  public var dateFormats: [String: String] = [:]
  /// Fields that are null. Without it only the empty unquoted field is; where `""` is listed, a quoted empty one is too.
  public var nulls: [String]?
  /// What becomes of a value that breaks a given type, and of a record with too few or too many fields.
  public var onError = ErrorPolicy.fail
  /// How many times its own size a compressed file may unpack to, beyond 64 MiB; nil is any number of times.
  public var unpackRatio: Int? = 250
  /// Threads that parse; the table does not depend on it.
  public var threads = 1
  /// Bytes whose records are counted at a time; tests make it small, so that its borders fall everywhere.
  var stretchBytes = 1 << 16
  /// Bytes of a file that a worker looks at together, small enough for the second cache.
  var windowBytes = 1 << 18
  /// Bytes from which on a file is parsed while its records are still being counted.
  var streamedBytes = 1 << 22
  /// Bytes whose fields are indexed at a time, small enough for the first cache.
  var batchBytes = 1 << 15
  /// Bytes of text from which on a chunk has fewer rows than a full one.
  var chunkBytes = 24 << 20
  /// Rows of a chunk; nil is told by the length of the records. Tests make it small.
  var chunkRows: Int?
  /// Bytes that a chunk's records stay below: places in it are numbers of 32 bits.
  var mostChunkBytes = Int(UInt32.max)

  public init() {}

  public enum ErrorPolicy: String, Sendable, CaseIterable {
    /// The first one ends the reading with an error that says where it stands.
    case fail
    /// The value is null; a short record is filled with nulls, a long one is cut.
    case null
    /// The whole record is left out.
    case skip
  }
}
