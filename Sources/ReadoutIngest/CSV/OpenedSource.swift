import ReadoutEngine
import ReadoutVectors

/// Where an opened source's bytes came from, to read them again.
struct Origin: Sendable {
  /// Of a file; nil for other sources.
  var path: String?
  /// Where the file has to lie; nil is anywhere.
  var folders: AllowedFolders?
  /// Its number among the files of its archive.
  var member = 0
  var unpackRatio: Int?
}

/// A source as UTF-8 in memory, with its dialect and its header read.
struct OpenedSource: Sendable {
  var name: String
  let origin: Origin
  /// Without the byte order mark.
  var bytes: PaddedBytes
  /// Of the input; places are counted back to its bytes.
  var encoding: TextEncoding
  /// Bytes of the byte order mark.
  var markLength: Int
  /// Whether the encoding was given, or marked in the file, and not just assumed.
  let isNamed: Bool
  var dialect = CSVDialect(delimiter: 0x2C, quote: 0x22, newline: 0x0A)
  var names: [String] = []
  /// Where the first record after the header starts.
  var dataStart = 0
  /// For each column of the table its number in this source.
  var order: [Int] = []
  var notes: [String] = []

  /// Reads and unpacks; each file of a zip archive is a source of its own.
  ///
  /// - Parameter unpackRatio: see `UnpackBudget`.
  static func opening(
    _ source: Source, encoding: TextEncoding?, unpackRatio: Int?, control: ExecutionControl
  ) throws(ReadoutError) -> [OpenedSource] {
    let bytes = try read(source, control)
    let path: String? = if case .file(let path) = source.origin, Files.kind(path) == .file { path } else { nil }
    guard Archive.recognises(bytes.vector.span) else {
      return [
        try OpenedSource(
          bytes, name: source.name, encoding: encoding, origin: Origin(path: path, folders: source.folders))
      ]
    }
    let members: [Archive.Member]
    do throws(ReadoutError) {
      members = try Archive.unpack(bytes, name: source.name, ratio: unpackRatio, control: control)
    } catch {
      try refuseChanged(bytes, name: source.name)
      throw error
    }
    try refuseChanged(bytes, name: source.name)
    var opened: [OpenedSource] = []
    for (number, member) in members.enumerated() {
      let inside = members.count == 1 ? nil : member.path
      opened.append(
        try OpenedSource(
          member.text, name: source.name + (inside.map { "/\($0)" } ?? ""), encoding: encoding,
          origin: Origin(path: path, folders: source.folders, member: number, unpackRatio: unpackRatio)))
    }
    return opened
  }

  /// Converts.
  private init(
    _ bytes: PaddedBytes, name: String, encoding named: TextEncoding?, origin: Origin
  ) throws(ReadoutError) {
    self.name = name
    self.origin = origin
    if TextDecoder.isUTF32(bytes.vector.span) {
      throw ReadoutError(
        .data, "text in UTF-32, which is not read", place: .init(file: name),
        hint: "convert it first: iconv -f utf-32 -t utf-8")
    }
    let mark = TextDecoder.mark(bytes.vector.span)
    // A byte order mark knows better than the user; a pattern of NUL bytes does not.
    let encoding: TextEncoding
    if let mark, mark.length > 0 { encoding = mark.encoding } else { encoding = named ?? mark?.encoding ?? .utf8 }
    self.encoding = encoding
    isNamed = named != nil || (mark?.length ?? 0) > 0
    markLength = mark?.length ?? 0
    switch encoding {
    case .utf8: self.bytes = bytes.dropping(markLength)
    case .windows1252: self.bytes = TextDecoder.windows1252(bytes.vector.span)
    case .utf16LittleEndian, .utf16BigEndian:
      switch TextDecoder.utf16(bytes.vector.span, from: markLength, bigEndian: encoding == .utf16BigEndian) {
      case .success(let converted): self.bytes = converted
      case .failure(let invalid):
        throw ReadoutError(
          .data, "bytes that are no UTF-16", place: .init(file: name, detail: "byte \(invalid.offset)"),
          hint: "the file is cut off, or its encoding is another; name it: encoding = \"utf-8\"")
      }
    }
  }

  /// Throws where the file was cut short or written to since it was opened.
  func refuseChanged() throws(ReadoutError) { try Self.refuseChanged(bytes, name: name) }

  private static func refuseChanged(_ bytes: PaddedBytes, name: String) throws(ReadoutError) {
    guard !bytes.isUnchanged else { return }
    throw ReadoutError(
      .data, "the file changed while it was read", place: .init(file: name),
      hint: "run again once nobody writes to it, or read a copy")
  }

  /// Whether the header is well-formed text: the records have a census, which tells of theirs.
  var hasCleanHeader: Bool {
    let header = bytes.vector.span.extracting(0..<dataStart)
    return UTF8Check.firstInvalid(header) == nil && !header.indices.contains { header[$0] == 0 }
  }

  private static func read(_ source: Source, _ control: ExecutionControl) throws(ReadoutError) -> PaddedBytes {
    // Pipes and devices may never end.
    var ended: ReadoutError?
    func goesOn(_ memory: Int) -> Bool {
      do throws(ReadoutError) {
        try control.check()
        if memory > 0 { try checkMemory(adding: memory, name: source.name) }
        return true
      } catch {
        ended = error
        return false
      }
    }
    do throws(FileProblem) {
      switch source.origin {
      case .bytes(let bytes): return PaddedBytes(bytes)
      case .file(let path): return try PaddedBytes(file: path, within: source.folders, while: goesOn)
      case .standardInput: return try PaddedBytes.standardInput(while: goesOn)
      }
    } catch {
      throw ended ?? failure(error, name: source.name)
    }
  }

  /// Throws where a block of memory would pass the limit, or three quarters of what the machine has.
  private static func checkMemory(adding bytes: Int, name: String) throws(ReadoutError) {
    if MemoryAccount.wouldExceed(adding: bytes) { throw .memoryLimit(while: "reading \(name)") }
    if MemoryAccount.bytesInUse + bytes > Processors.memoryBytes / 4 * 3 {
      throw ReadoutError(
        .data, "what is read does not fit into three quarters of this machine's memory", value: name,
        hint: "write it to a file first: files are not taken into memory whole")
    }
  }

  private static func failure(_ error: FileProblem, name: String) -> ReadoutError {
    if error.isMissing { return ReadoutError(.request, "no such file", value: name) }
    if error.isOutside { return .outsideOfReadableFolders(name) }
    if error.isFolder {
      return ReadoutError(
        .request, "a folder where a file is wanted", value: name, hint: "name the file in it: \(name)/*.csv")
    }
    return ReadoutError(.request, "the file cannot be read", value: name, place: .init(detail: error.reason))
  }
}

extension OpenedSource {
  /// The text read again as Windows-1252, where it looks like it; else the error that it is no UTF-8.
  func convertedFromWindows1252(firstInvalid offset: Int) throws(ReadoutError) -> OpenedSource {
    if !isNamed, TextDecoder.looksLikeWindows1252(bytes.vector.span) {
      var converted = self
      converted.bytes = TextDecoder.windows1252(bytes.vector.span)
      converted.encoding = .windows1252
      converted.notes.append("\(name): read as Windows-1252, for it is no UTF-8 (first at byte \(offset))")
      return converted
    }
    throw ReadoutError(
      .data, "bytes that are no UTF-8", value: "0x" + ShownNumber.hexadecimal(bytes.vector[offset]),
      place: place(offset), hint: "name the encoding if it is another: encoding = \"windows-1252\"")
  }

  /// The error of a CR or LF outside quotes that ends no line.
  func loneEnd(at offset: Int) -> ReadoutError {
    ReadoutError(
      .data, "a \(bytes.vector[offset] == 0x0D ? "CR" : "LF") that ends no line", place: place(offset),
      hint: "end all lines alike; a field that holds a line end stands in quotes")
  }

  /// The line of an offset into `bytes`, from 1.
  func line(_ offset: Int) -> Int {
    1 + ByteCount.count(dialect.newline, bytes, 0..<offset)
  }

  /// The offset in the input as it was before conversion.
  func inputByte(_ offset: Int) -> Int {
    switch encoding {
    case .utf8: return offset + markLength
    case .windows1252, .utf16LittleEndian, .utf16BigEndian:
      var units = 0
      let wide = encoding != .windows1252
      let span = bytes.vector.span
      for i in 0..<offset {
        if span[i] & 0xC0 != 0x80 { units += 1 }
        if wide, span[i] >= 0xF0 { units += 1 }
      }
      return markLength + (wide ? 2 : 1) * units
    }
  }

  func place(_ offset: Int, column: String? = nil) -> ReadoutError.Place {
    .init(file: name, line: line(offset), detail: "byte \(inputByte(offset))" + (column.map { ", column \($0)" } ?? ""))
  }
}
