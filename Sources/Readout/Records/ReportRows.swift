import ReadoutReport

/// A written report's rows as text: the fields of CSV and TSV, the lines of other formats.
struct ReportRows {
  /// The columns' names; of a format without fields the one name `line`.
  let names: [String]
  let rows: [[String]]

  init(_ bytes: [UInt8], format: ReportFormat) {
    guard format == .csv || format == .tsv else {
      names = ["line"]
      rows = bytes.split(separator: 0x0A).map { [String(decoding: $0, as: UTF8.self)] }
      return
    }
    var records = Self.records(bytes, delimiter: format == .csv ? 0x2C : 0x09)
    names = records.isEmpty ? [] : records.removeFirst()
    rows = records
  }

  /// RFC 4180, as reports are written: quoted fields keep their quotes out, an empty line is a record of one empty field.
  private static func records(_ bytes: [UInt8], delimiter: UInt8) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    func end() {
      record.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
    }
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if isQuoted {
        if byte != 0x22 {
          field.append(byte)
        } else if at < bytes.count, bytes[at] == 0x22 {
          field.append(byte)
          at += 1
        } else {
          isQuoted = false
        }
      } else if byte == 0x22, field.isEmpty {
        isQuoted = true
      } else if byte == delimiter {
        end()
      } else if byte == 0x0A {
        end()
        records.append(record)
        record = []
      } else {
        field.append(byte)
      }
    }
    if !field.isEmpty || !record.isEmpty {
      end()
      records.append(record)
    }
    return records
  }
}
