import ReadoutEngine
import ReadoutVectors

/// Records read one at a time, for headers, samples and the records that errors show.
struct RecordText {
  let bytes: PaddedBytes
  let dialect: CSVDialect

  /// The fields of the record at `start`, and where the next one starts. Faulty quoting is left as it stands.
  /// No more than `most` fields are taken out.
  func fields(at start: Int, atMost most: Int = .max) -> (fields: [String], next: Int) {
    let span = bytes.vector.span
    var ends: [Int] = []
    let next = RecordScanner.scan(
      span, from: start, to: span.count, dialect, fault: { _ in }, field: { if ends.count < most { ends.append($0) } })
    var from = start
    var fields: [String] = []
    for (number, end) in ends.enumerated() {
      var stop = end
      if number == ends.count - 1, dialect.newline != 0x0D, stop > from, span[stop - 1] == 0x0D { stop -= 1 }
      fields.append(text(from..<stop))
      from = end + 1
    }
    return (fields, next)
  }

  /// The first CR or LF outside quotes in the record at `start` that ends no line.
  func loneEnd(at start: Int) -> Int? {
    let span = bytes.vector.span
    var field = start
    var found: Int?
    _ = RecordScanner.scan(span, from: start, to: span.count, dialect, fault: { _ in }) { end in
      found = found ?? RecordScanner.loneEnd(span, field..<end, dialect)
      field = end + 1
    }
    return found
  }

  /// What is wrong first with the quotes of the record at `start`.
  func quotingFault(at start: Int) -> QuotingFault? {
    let span = bytes.vector.span
    var found: QuotingFault?
    _ = RecordScanner.scan(
      span, from: start, to: span.count, dialect, fault: { found = found ?? $0 }, field: { _ in })
    return found
  }

  /// A field's value: unquoted, doubled quotes made single.
  func text(_ range: Range<Int>) -> String {
    String(decoding: FieldText.value(bytes.vector.span.extracting(range), quote: dialect.quote).bytes, as: UTF8.self)
  }

  /// The bytes of a field or record as they stand in the file.
  func raw(_ range: Range<Int>) -> String { String(decoding: bytes.vector[range], as: UTF8.self) }
}

/// A field's bytes, freed from its quotes.
enum FieldText {
  static func value(_ raw: Span<UInt8>, quote: UInt8?) -> (bytes: [UInt8], quoted: Bool) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count)
    guard let quote, raw.count >= 2, raw[0] == quote, raw[raw.count - 1] == quote else {
      for i in raw.indices { bytes.append(raw[i]) }
      return (bytes, false)
    }
    var at = 1
    while at < raw.count - 1 {
      bytes.append(raw[at])
      at += raw[at] == quote && at + 1 < raw.count - 1 && raw[at + 1] == quote ? 2 : 1
    }
    return (bytes, true)
  }
}
