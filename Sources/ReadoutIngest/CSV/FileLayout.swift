/// What is known of the files of a named format, so that others are told from them.
public struct FileLayout: Sendable {
  /// The format's name.
  public var name: String
  /// How many of the last columns a record may lack; they are null there.
  public var optionalColumns: Int
  /// Columns that the header has to name.
  public var requiredColumns: [String]
  /// Columns whose types the format gives, where the file has them.
  public var typedColumns: Set<String>
  /// The names of the formats that files of so many columns fit.
  public var formats: @Sendable (_ columns: Int) -> [String]

  public init(
    _ name: String, optionalColumns: Int = 0, requiredColumns: [String] = [], typedColumns: Set<String> = [],
    formats: @escaping @Sendable (_ columns: Int) -> [String] = { _ in [] }
  ) {
    self.name = name
    self.optionalColumns = optionalColumns
    self.requiredColumns = requiredColumns
    self.typedColumns = typedColumns
    self.formats = formats
  }
}
