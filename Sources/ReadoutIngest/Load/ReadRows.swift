import ReadoutEngine
import ReadoutVectors

/// Where the rows of a table that was read from files stand in them.
///
/// Reading leaves behind where its stretches of records begin, a few numbers for each megabyte. A row's line is found from
/// there when somebody asks: the file is opened again, and its line ends are counted up to the row. So it costs nothing until
/// then, and no file stays open for it.
struct ReadRows: RowPlaces {
  /// One file as it was read.
  fileprivate struct File: Sendable {
    let path: String
    /// Without its bytes.
    let opened: OpenedSource
    /// Of the text, after decompression and conversion.
    let byteCount: Int
    let layout: any RecordLayout
  }

  private let files: [File]
  /// The records that were left out, ascending.
  private let skipped: [Int]

  /// Nil where a source is no file that can be opened again.
  init?(_ sources: [OpenedSource], _ layouts: [some RecordLayout], skipped: [Int]) {
    var files: [File] = []
    for (source, layout) in zip(sources, layouts) {
      guard let path = source.origin.path else { return nil }
      var opened = source
      opened.bytes = PaddedBytes([])
      files.append(File(path: path, opened: opened, byteCount: source.bytes.count, layout: layout))
    }
    self.files = files
    self.skipped = skipped
  }

  func places(of rows: Vector<UInt32>) throws(ReadoutError) -> [RowPlace] {
    var places: [RowPlace] = []
    places.reserveCapacity(rows.count)
    var (place, left) = (0, 0)
    var first = 0
    for file in files {
      let end = first + file.layout.recordCount
      var records: [Int] = []
      while place < rows.count {
        // The records left out before a row stand before it in the file.
        while left < skipped.count, skipped[left] <= Int(rows[place]) + left { left += 1 }
        let record = Int(rows[place]) + left
        guard record < end else { break }
        records.append(record - first)
        place += 1
      }
      places += try file.lines(of: records).map { RowPlace(file: file.opened.name, line: $0) }
      first = end
    }
    return places
  }
}

extension ReadRows.File {
  /// The lines of records, which ascend.
  fileprivate func lines(of records: [Int]) throws(ReadoutError) -> [Int] {
    if records.isEmpty { return [] }
    let members = try OpenedSource.opening(
      .file(path, named: opened.name, within: opened.origin.folders), encoding: opened.encoding,
      unpackRatio: opened.origin.unpackRatio,
      control: ExecutionControl())
    let number = opened.origin.member
    guard number < members.count, members[number].bytes.count == byteCount else {
      throw ReadoutError(
        .data, "the file has changed since it was read", value: opened.name,
        hint: "read it again: the lines of its rows are not known any longer")
    }
    var source = opened
    source.bytes = members[number].bytes
    var window = TextWindow()
    var (line, counted) = (1, 0)
    return records.map { record in
      let start = layout.firstByte(ofRecord: record, in: source, &window)
      line += ByteCount.count(source.dialect.newline, source.bytes, counted..<start)
      counted = start
      return line
    }
  }
}

extension OpenedSource {
  /// The offset of the record that begins at `offset` or behind the empty lines there.
  func skippingBlankLines(from offset: Int) -> Int {
    let span = bytes.vector.span
    var at = offset
    while !countsEmptyLines, at < span.count {
      let next = RecordScanner.scan(span, from: at, to: span.count, dialect, fault: { _ in }, field: { _ in })
      if !RecordScanner.isBlank(span, from: at, next: next, dialect) { break }
      at = next
    }
    return at
  }
}
