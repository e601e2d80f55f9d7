import Foundation

/// RFC 4180, a byte at a time: what the engine's reader is checked against.
enum NaiveCSV {
  static func records(_ file: String) throws -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    var index = bytes.startIndex
    func endField() {
      record.append(String(decoding: field, as: UTF8.self))
      field = []
    }
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        if isQuoted, index < bytes.endIndex, bytes[index] == byte {
          field.append(byte)
          index += 1
        } else {
          isQuoted.toggle()
        }
      case UInt8(ascii: ",") where !isQuoted: endField()
      case 13 where !isQuoted && index < bytes.endIndex && bytes[index] == 10: break
      case 10 where !isQuoted:
        endField()
        records.append(record)
        record = []
      default: field.append(byte)
      }
    }
    if !field.isEmpty || !record.isEmpty {
      endField()
      records.append(record)
    }
    return records
  }
}
