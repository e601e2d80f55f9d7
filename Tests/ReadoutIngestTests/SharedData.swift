import ReadoutEngine

@testable import ReadoutIngest

/// Public data outside the repository: `READOUT_SHARED_DATA`, or `../shared/data` or `../../shared/data` beside the package.
enum SharedData {
  static let folder: String? = {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let named = environment["READOUT_SHARED_DATA"].map { [$0] } ?? []
    return (named + ["/\(package)/../shared/data", "/\(package)/../../shared/data"]).first { exists($0 + "/README.md") }
  }()

  static var isHere: Bool { folder != nil }

  static func path(_ name: String) -> String { (folder ?? "missing") + "/" + name }

  static func exists(_ path: String) -> Bool {
    (try? Source.files(matching: path + "*").isEmpty) == false
  }
}

/// Reads text that stands in the test.
func read(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws(ReadoutError) -> LoadedTable {
  try read(Array(text.utf8), change)
}

func read(_ bytes: [UInt8], _ change: (inout ReadingOptions) -> Void = { _ in }) throws(ReadoutError) -> LoadedTable {
  var options = ReadingOptions()
  change(&options)
  return try CSVReader.read([.bytes(bytes, named: "test.csv")], options: options)
}

extension LoadedTable {
  /// `name type` of each column.
  var schema: [String] { table.fields.map { "\($0.name) \($0.type.rawValue)" } }

  func column(_ name: String) -> [Scalar] {
    table.pieces(table.index(of: name)!, rows: 0..<table.rowCount).flatMap { piece in
      (0..<piece.count).map { piece[$0] }
    }
  }
}
