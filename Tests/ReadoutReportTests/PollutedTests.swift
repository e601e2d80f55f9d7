import Foundation
import ReadoutEngine
import ReadoutIngest
import ReadoutReport
import Testing

/// The polluted files of `Tests/Polluted`: read as what they say, or else with an error or a note, and never wrong in silence.
@Suite struct PollutedTests {
  enum Outcome: String {
    /// The table that the list names, cell by cell.
    case right
    /// An error.
    case refused
    /// Another table, with a note that tells what is odd about it.
    case noted
    /// Another table, and not a word.
    case wrong
  }

  struct Pollution: Sendable, CustomTestStringConvertible {
    var file: String
    var expected: String
    var testDescription: String { file }
  }

  /// Files that could be read and are not, and those that are to be refused and are read with a note.
  static let others: [String: Outcome] = [
    "all-quoted.csv": .noted, "backslash.csv": .refused, "blank-before-quote.csv": .noted, "colon.csv": .noted,
    "comma-blank.csv": .noted, "delimiter-at-all-ends.csv": .noted, "empty-name.csv": .noted,
    "mixed-cr-lf.csv": .refused, "no-header.csv": .noted, "single-quotes-semicolon.csv": .noted, "two-bars.csv": .noted,
    "two-header-lines.csv": .noted,
  ]

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Polluted").path

  static let pollutions: [Pollution] = {
    guard let table = try? CSVReader.read([.file("\(folder)/pollutions.csv")]).table,
      let columns = try? table.values(["file", "expected"].compactMap { table.index(of: $0) })
    else { return [] }
    let (files, expected) = (columns[0], columns[1])
    return (0..<table.rowCount).map { Pollution(file: files.strings[$0], expected: expected.strings[$0]) }
  }()

  @Test(arguments: pollutions) func isReadOrNamed(_ pollution: Pollution) throws {
    let outcome = try outcome(of: pollution)
    let wanted = Self.others[pollution.file] ?? (pollution.expected == "refused" ? .refused : .right)
    #expect(outcome == wanted)
  }

  @Test func thereArePollutions() { #expect(Self.pollutions.count > 55) }

  private func outcome(of pollution: Pollution) throws -> Outcome {
    let loaded: LoadedTable
    do throws(ReadoutError) {
      loaded = try CSVReader.read([.file("\(Self.folder)/files/\(pollution.file)", named: pollution.file)])
    } catch {
      #expect(error.blame == .data && error.place.file == pollution.file)
      return .refused
    }
    let found = Report(loaded.table).bytes(as: .csv)
    if pollution.expected != "refused",
      try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/tables/\(pollution.expected)")) == Data(found)
    {
      return .right
    }
    return loaded.notes.isEmpty ? .wrong : .noted
  }
}
