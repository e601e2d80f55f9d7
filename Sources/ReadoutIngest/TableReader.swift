import ReadoutEngine

/// Reads files of any format that is known into a table.
public enum TableReader {
  /// Reads all sources into one table, as `options.format` says, or else as their names tell, of zip archives those of the files in
  /// them: `.jsonl`, `.ndjson` and `.json`, and any other name is delimited text.
  ///
  /// - Parameter progress: told how many of how many bytes are done, from any thread, one call at a time and ascending.
  /// - Throws: `.data` for what is wrong with the input, naming file, line, byte and column; `.request` for files that are not there, files of several
  ///   formats, unknown columns, and limits of time and memory.
  public static func read(
    _ sources: [Source], options: ReadingOptions = ReadingOptions(), control: ExecutionControl = ExecutionControl(),
    progress: (@Sendable (_ done: Int, _ of: Int) -> Void)? = nil
  ) throws(ReadoutError) -> LoadedTable {
    var formats: [RecordFormat] = []
    for source in sources {
      if let given = options.format { formats.append(given) } else { formats.append(try source.format() ?? .csv) }
    }
    for (format, source) in zip(formats, sources) where format != formats[0] && (format == .csv || formats[0] == .csv) {
      throw ReadoutError(
        .request, "files of one table in different formats", value: source.name,
        place: .init(detail: "\(sources[0].name) is \(formats[0].rawValue), it is \(format.rawValue)"),
        hint: "read them as two tables, or say which it is: format = \"\(format.rawValue)\"")
    }
    guard formats.first == .json || formats.first == .jsonl else {
      return try CSVReader.read(sources, options: options, control: control, progress: progress)
    }
    return try JSONReader.read(sources, formats, options: options, control: control, progress: progress)
  }
}
