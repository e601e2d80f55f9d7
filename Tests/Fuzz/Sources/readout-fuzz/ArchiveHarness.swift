import ReadoutEngine
import ReadoutIngest

extension Harness {
  /// Gzip, Zstandard, bzip2, xz and zip, told by their first bytes.
  static let archive = Harness("archive", "compressed files and archives") { bytes in
    reads { () throws(ReadoutError) in _ = try CSVReader.read([.bytes(bytes, named: "input")]) }
  }
}
