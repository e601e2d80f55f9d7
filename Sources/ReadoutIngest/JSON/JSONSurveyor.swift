import ReadoutEngine
import ReadoutVectors

/// Opens JSON texts, checks their bytes and finds their records.
struct JSONSurveyor {
  let options: ReadingOptions
  let control: ExecutionControl

  func survey(
    _ sources: [Source], _ formats: [RecordFormat]
  ) throws(ReadoutError) -> (sources: [OpenedSource], layouts: [JSONLayout]) {
    let surveyor = Surveyor(options: options, control: control)
    var opened: [OpenedSource] = []
    var kinds: [RecordFormat] = []
    for (source, format) in zip(sources, formats) {
      for member in try OpenedSource.opening(
        source, encoding: options.encoding, unpackRatio: options.unpackRatio, control: control)
      {
        try control.check()
        opened.append(described(member))
        kinds.append(format)
      }
    }
    let ahead = ReadAhead(opened.map(\.bytes))
    defer { ahead?.stop() }
    var layouts: [JSONLayout] = []
    for (number, found) in try surveyor.census(opened, Array(opened.indices)).enumerated() {
      var censuses = found
      if let offset = Surveyor.firstInvalid(opened[number], censuses) {
        opened[number] = described(try opened[number].convertedFromWindows1252(firstInvalid: offset))
        censuses = try surveyor.census(opened, [number])[0]
      }
      try Surveyor.refuseNUL(opened[number], censuses)
      layouts.append(try layout(of: opened[number], kinds[number], censuses))
    }
    return (opened, layouts)
  }

  /// Lines without quotes or delimiters, the empty ones of which do not count.
  private func described(_ source: OpenedSource) -> OpenedSource {
    var source = source
    source.dialect = CSVDialect(delimiter: 0x0A, quote: nil, newline: 0x0A)
    source.names = ["", ""]
    return source
  }

  private func layout(
    of source: OpenedSource, _ format: RecordFormat, _ censuses: [RecordCensus]
  ) throws(ReadoutError) -> JSONLayout {
    if format == .jsonl, options.path == nil { return try lines(source, censuses) }
    let bytes = source.bytes
    let start = JSONText.value(bytes, behind: 0)
    guard start < bytes.count else { throw Self.empty(source) }
    if let path = options.path { return .elements(try elements(at: path, of: source, start)) }
    switch bytes.vector[start] {
    case 0x5B:
      let elements = try JSONElements(source, at: start, isSequence: false, control: control)
      try refuseMore(in: source, behind: elements.close)
      return .elements(try found(elements, in: source))
    case 0x7B:
      // One object a line is read in parallel; the first line tells.
      let end = try source.end(ofValueAt: start)
      let behind = JSONText.value(bytes, behind: end)
      let isLine =
        behind < bytes.count && !bytes.vector[start..<end].contains(0x0A) && bytes.vector[end..<behind].contains(0x0A)
      if isLine { return try lines(source, censuses) }
      return .elements(try JSONElements(source, at: start, isSequence: true, control: control))
    default: throw source.error(JSONText.Invalid(fault: .noObject, offset: start))
    }
  }

  private func lines(_ source: OpenedSource, _ censuses: [RecordCensus]) throws(ReadoutError) -> JSONLayout {
    guard let layout = SourceLayout(censuses, stretches: CensusPiece.stretches(of: source, options), of: source) else {
      throw .bug("lines that cannot be counted")
    }
    guard layout.recordCount > 0, JSONText.value(source.bytes, behind: 0) < source.bytes.count else {
      throw Self.empty(source)
    }
    return .lines(layout)
  }

  /// The array at `path`, the keys to it from the outside in, joined with dots.
  private func elements(at path: String, of source: OpenedSource, _ start: Int) throws(ReadoutError) -> JSONElements {
    try refuseMore(in: source, behind: try source.end(ofValueAt: start))
    var at = start
    for key in path.split(separator: ".").map(String.init) {
      guard let value = try source.member(key, at: at) else {
        throw ReadoutError(
          .data, "the document has no such key", value: key, place: source.place(at, column: nil),
          hint: "path = \"\(path)\" names the keys from the outside in, joined with dots")
      }
      at = value
    }
    guard source.bytes.vector[at] == 0x5B else {
      throw ReadoutError(
        .data, "the path leads to no array", value: source.shown(at: at), place: source.place(at),
        hint: "path = \"\(path)\" has to name an array of objects")
    }
    return try found(JSONElements(source, at: at, isSequence: false, control: control), in: source)
  }

  private func found(_ elements: JSONElements, in source: OpenedSource) throws(ReadoutError) -> JSONElements {
    guard elements.recordCount > 0 else {
      throw ReadoutError(
        .data, "the array is empty", place: source.place(elements.end), hint: "a table needs at least one record")
    }
    return elements
  }

  private func refuseMore(in source: OpenedSource, behind at: Int) throws(ReadoutError) {
    let more = JSONText.value(source.bytes, behind: at)
    if more < source.bytes.count { throw source.error(JSONText.Invalid(fault: .more, offset: more)) }
  }

  private static func empty(_ source: OpenedSource) -> ReadoutError {
    ReadoutError(
      .data, "the file is empty", place: .init(file: source.name), hint: "a table needs at least one record")
  }
}

extension OpenedSource {
  func end(ofValueAt at: Int) throws(ReadoutError) -> Int {
    do throws(JSONText.Invalid) { return try JSONText.end(bytes, ofValueAt: at) } catch { throw self.error(error) }
  }

  func member(_ name: String, at: Int) throws(ReadoutError) -> Int? {
    do throws(JSONText.Invalid) { return try JSONText.member(name, bytes, at: at) } catch { throw self.error(error) }
  }
}
