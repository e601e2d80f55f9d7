import Foundation
import ReadoutEngine
import Testing

@Suite struct InputFilesTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "inputs-\(UUID().uuidString)")

  private func write(_ name: String, _ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: folder.appending(path: name))
    return folder.appending(path: name).path
  }

  @Test func filesComeOnceAndInOrderWithTheirHashes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let inputs = InputFiles()
    let names = try (0..<40).map { try write("f\($0)", String(repeating: "a", count: $0 * 10_000)) }
    for (number, name) in names.enumerated() {
      if number % 3 == 0 {
        inputs.note(name, as: .plugin, contents: Array(String(repeating: "a", count: number * 10_000).utf8))
      } else {
        inputs.note(name, as: .data)
      }
      inputs.note(name, as: .script)
      #expect(inputs.count == number + 1)
    }
    let files = try inputs.files()
    #expect(files.map(\.path) == names)
    #expect(files.map(\.role) == (0..<40).map { $0 % 3 == 0 ? .plugin : .data })
    #expect(files[0].digest?.sha256.hasPrefix("e3b0c442") == true)
    #expect(files.enumerated().allSatisfy { $0.element.digest?.byteCount == $0.offset * 10_000 })
    #expect(files.allSatisfy { !$0.hasChanged })
    // What is noted later is hashed later.
    inputs.note(try write("late", "abc"), as: .data)
    #expect(try inputs.files().last?.digest?.sha256.hasPrefix("ba7816bf") == true)
  }

  @Test func streamsHaveNoHash() throws {
    let inputs = InputFiles()
    inputs.note("-", as: .data)
    inputs.note("/dev/null", as: .data)
    #expect(try inputs.files().map(\.digest) == [nil, nil])
    let without = InputFiles(hashing: false)
    without.note(folder.path, as: .data)
    #expect(try without.files().map(\.digest) == [nil])
  }
}
