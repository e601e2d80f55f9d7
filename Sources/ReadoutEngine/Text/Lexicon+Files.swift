import ReadoutVectors

extension Lexicon {
  /// Reads a lexicon by what its bytes look like: LIWC's layout where the first line is `%`, else columns.
  public init(name: String, bytes: [UInt8], file: String? = nil) throws(ReadoutError) {
    let first = bytes.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    if first.first == 0x25 {
      try self.init(name: name, dictionary: bytes, file: file)
    } else {
      try self.init(name: name, csv: bytes, file: file)
    }
  }

  /// Reads columns of CSV or TSV: term, weight, and perhaps a category, or in the order that a header names; AFINN's files are of
  /// this kind. Blank lines and lines that begin with `#` are skipped, but for `# negation: 3`, which is the lexicon's window of
  /// negation.
  public init(name: String, csv: [UInt8], file: String? = nil) throws(ReadoutError) {
    var reader = LexiconReader(name: name, file: file)
    var rows: [LexiconRow] = []
    for line in try reader.lines(of: csv) {
      if line.bytes.first == 0x23 { try reader.readNote(String(decoding: line.bytes, as: UTF8.self), line.number) }
      if line.bytes.isEmpty || line.bytes.first == 0x23 { continue }
      rows.append(LexiconRow(line.bytes, number: line.number))
    }
    let columns = LexiconColumns(of: rows)
    for row in columns.hasHeader ? rows.dropFirst() : rows[...] {
      switch columns.entry(row, isFirst: row.number == rows[0].number) {
      case .success(let entry): try reader.add(entry, row.number)
      case .failure(let fault): throw reader.failure(fault.message, row.text, row.number, fault.hint)
      }
    }
    self = try reader.finish()
  }

  /// Reads LIWC's layout: between two lines `%` the categories, number and name; then the terms, each with the numbers of its
  /// categories, or without any. Every term weighs 1.
  init(name: String, dictionary: [UInt8], file: String? = nil) throws(ReadoutError) {
    var reader = LexiconReader(name: name, file: file)
    var names: [String: String] = [:]
    var marks = 0
    for line in try reader.lines(of: dictionary) {
      let text = String(decoding: line.bytes, as: UTF8.self)
      if text.trimmingBlanks.isEmpty { continue }
      if text.trimmingBlanks == "%" {
        marks += 1
      } else if marks == 1 {
        guard let (number, name) = Self.category(text) else {
          throw reader.failure("a category without a number or a name", text, line.number, "such as: 1 posemo")
        }
        names[number] = name
      } else {
        let (term, numbers) = Self.term(text)
        if numbers.isEmpty { try reader.add(Entry(term, 1), line.number) }
        for number in numbers {
          guard let category = names[number] else {
            throw reader.failure(
              "a category that the lexicon does not name", number, line.number, "it stands above the second %")
          }
          try reader.add(Entry(term, 1, category: category), line.number)
        }
      }
    }
    guard marks >= 2 else {
      throw reader.failure(
        "categories of a lexicon that do not end", "%", 1, "a second line with % alone stands behind them")
    }
    self = try reader.finish()
  }

  /// `1 posemo`: the number, and the name, which may be several words.
  private static func category(_ line: String) -> (number: String, name: String)? {
    let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
    guard words.count >= 2, words[0].allSatisfy(\.isNumber) else { return nil }
    return (words[0], words.dropFirst().joined(separator: " "))
  }

  /// `very good 1 2`: the term, which may be a phrase, and the numbers of its categories. The first tab parts them, or else the
  /// first blank before a number.
  private static func term(_ line: String) -> (term: String, numbers: [String]) {
    if let tab = line.firstIndex(of: "\t") {
      return (
        String(line[..<tab]).trimmingBlanks, line[tab...].split { $0 == "\t" || $0 == " " }.map(String.init)
      )
    }
    let words = line.split(separator: " ").map(String.init)
    let firstNumber = words.dropFirst().firstIndex { $0.allSatisfy(\.isNumber) } ?? words.count
    return (words[..<firstNumber].joined(separator: " "), Array(words[firstNumber...]))
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// Gathers the lines of a lexicon and knows where each stands.
private struct LexiconReader {
  let name: String
  let file: String?
  private(set) var entries: [Lexicon.Entry] = []
  /// By term and category, the line.
  private var known: [[String]: Int] = [:]
  /// By the term in small letters and its category, the first line and its weight.
  private var folded: [[String]: (line: Int, weight: Double)] = [:]
  private var lineOfTerm: [String: Int] = [:]
  private var negation = 0

  init(name: String, file: String?) {
    self.name = name
    self.file = file
  }

  /// The lines without their ends, LF, CRLF or CR, and the byte order mark.
  func lines(of bytes: [UInt8]) throws(ReadoutError) -> [(number: Int, bytes: ArraySlice<UInt8>)] {
    var lines: [(number: Int, bytes: ArraySlice<UInt8>)] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for at in bytes.indices where bytes[at] == 0x0A || bytes[at] == 0x0D {
      if bytes[at] == 0x0D, at + 1 < bytes.count, bytes[at + 1] == 0x0A { continue }
      let isPair = at > start && bytes[at] == 0x0A && bytes[at - 1] == 0x0D
      lines.append((lines.count + 1, bytes[start..<(isPair ? at - 1 : at)]))
      start = at + 1
    }
    lines.append((lines.count + 1, bytes[start...]))
    guard let invalid = UTF8Check.firstInvalid(bytes.span) ?? bytes.firstIndex(of: 0) else { return lines }
    var place = ReadoutError.Place(file: file ?? name, detail: "byte \(invalid)")
    place.line = lines.last { $0.bytes.startIndex <= invalid }?.number
    throw ReadoutError(
      .data, "bytes that are no UTF-8 text", value: "0x" + ShownNumber.hexadecimal(bytes[invalid]), place: place,
      hint: "lexicons are written in UTF-8")
  }

  func failure(_ message: String, _ value: String, _ line: Int, _ hint: String) -> ReadoutError {
    ReadoutError(.data, message, value: value, place: .init(file: file ?? name, line: line), hint: hint)
  }

  mutating func add(_ entry: Lexicon.Entry, _ line: Int) throws(ReadoutError) {
    // First of all: nan is another weight than itself.
    guard entry.weight.isFinite else {
      throw failure(
        "a weight that is no finite number", entry.term, line, "a term's weight is a number such as -1.5")
    }
    let key = [entry.term, entry.category ?? ""]
    if let first = known[key] {
      throw failure("a term twice in a lexicon", entry.term, line, "it stands in line \(first) already")
    }
    known[key] = line
    // Case may count in expressions and behind `case:`; elsewhere `Good` and `good` are found in the same places.
    if !entry.term.contains("/"), !entry.term.contains("case:") {
      let first = folded[[entry.term.lowercased(), key[1]], default: (line, entry.weight)]
      guard first.weight == entry.weight else {
        throw failure(
          "a term in a lexicon with two weights", entry.term, line,
          "it stands in line \(first.line) already; case does not count, but behind case:")
      }
      folded[[entry.term.lowercased(), key[1]]] = first
    }
    lineOfTerm[entry.term] = lineOfTerm[entry.term] ?? line
    entries.append(entry)
  }

  /// Reads a line that begins with `#`: `# negation: 3`, or a remark.
  mutating func readNote(_ line: String, _ number: Int) throws(ReadoutError) {
    let parts = line.dropFirst().split(separator: ":", maxSplits: 1).map { $0.split(separator: " ") }
    guard parts.count == 2, parts[0] == ["negation"] else { return }
    guard parts[1].count == 1, let window = Int(parts[1][0]), (0...100).contains(window) else {
      throw failure("a window of negation that is none", line, number, "# negation: 3 is three words behind a negation")
    }
    negation = window
  }

  func finish() throws(ReadoutError) -> Lexicon {
    if entries.isEmpty {
      throw ReadoutError(
        .data, "a lexicon without a term", value: name, place: .init(file: file),
        hint: "each line is: term,weight")
    }
    do { return try Lexicon(name: name, entries: entries, negation: negation) } catch {
      throw error.at(file: file ?? name, line: error.value.flatMap { lineOfTerm[$0] })
    }
  }
}
