import ReadoutEngine
import ReadoutIngest
import ReadoutReport

/// What reading a table gave, in a form that can be compared.
struct Reading: Equatable {
  var csv: [UInt8]
  var types: [String]
  var rejects: [Reject]
  var notes: [String]

  static func of(_ bytes: [UInt8], _ options: ReadingOptions) -> Outcome<Reading> {
    Outcome { () throws(ReadoutError) in
      let loaded = try TableReader.read([.bytes(bytes, named: "input")], options: options)
      return Reading(
        csv: Report(loaded.table).bytes(as: .csv), types: loaded.table.fields.map { "\($0.name): \($0.type)" },
        rejects: loaded.rejects, notes: loaded.notes)
    }
  }
}
