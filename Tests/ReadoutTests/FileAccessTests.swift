import Foundation
import Readout
import Testing

/// An analysis reads in its own folder, in the working folder and where it was allowed to, and writes below the output folder.
@Suite struct FileAccessTests {
  private let folder: TemporaryFolder
  private let access: FileAccess

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("analyses/a.lua", "")
    try folder.write("analyses/data.csv", "a\n1\n")
    try folder.write("secret/key.csv", "a\n1\n")
    try folder.write("allowed/more.csv", "a\n1\n")
    try folder.link("analyses/way-out", to: "\(folder.path)/secret")
    try folder.link("analyses/way-out.csv", to: "\(folder.path)/secret/key.csv")
    access = FileAccess(
      analysis: "\(folder.path)/analyses/a.lua", output: "\(folder.path)/out/", allowed: ["\(folder.path)/allowed"])
  }

  @Test func readsItsOwnFolder() throws {
    #expect(try access.reading("data.csv") == "\(folder.path)/analyses/data.csv")
    #expect(try access.reading("\(folder.path)/analyses/data.csv").hasSuffix("data.csv"))
    #expect(try access.reading("\(folder.path)/allowed/more.csv").hasSuffix("more.csv"))
    #expect(try access.reading("Package.swift") == "Package.swift")
  }

  @Test(arguments: [
    "secret/key.csv", "analyses/../secret/key.csv", "analyses/way-out/key.csv", "analyses/way-out.csv", "", "new.csv",
  ])
  func doesNotReadElsewhere(path: String) {
    let error = #expect(throws: ReadoutError.self) { try access.reading("\(folder.path)/\(path)") }
    #expect(error?.blame == .request)
    #expect(error?.hint?.contains("--allow-read") == true)
  }

  @Test func doesNotReadAroundItsOwnFolder() {
    for path in ["../secret/key.csv", "way-out/key.csv", "way-out.csv", "/etc/passwd", "../../../../../../etc/passwd"] {
      #expect(throws: ReadoutError.self) { try access.reading(path) }
    }
  }

  @Test func writesBelowTheOutputFolder() throws {
    #expect(try access.writing("a.csv") == "\(folder.path)/out/a.csv")
    #expect(try access.writing("deep/er/a.csv") == "\(folder.path)/out/deep/er/a.csv")
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/out/deep/er"))
    #expect(try access.writing("deep/../b.csv").hasSuffix("b.csv"))
  }

  @Test(arguments: ["../a.csv", "deep/../../a.csv", "/tmp/a.csv", "", ".", "link/a.csv", "link.csv"])
  func doesNotWriteElsewhere(path: String) throws {
    try folder.write("out/keep", "")
    try folder.link("out/link", to: "\(folder.path)/secret")
    try folder.link("out/link.csv", to: "\(folder.path)/secret/key.csv")
    #expect(throws: ReadoutError.self) { try access.writing(path) }
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/a.csv"))
  }
}
