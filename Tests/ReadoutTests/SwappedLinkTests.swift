import Foundation
import Readout
import ReadoutEngine
import ReadoutReport
import ReadoutVectors
import Synchronization
import Testing

/// Somebody changes links while an analysis works: a path that was checked leads elsewhere when it is opened.
@Suite struct SwappedLinkTests {
  private let folder: TemporaryFolder
  private let access: FileAccess

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("work/a.lua", "")
    try folder.write("work/inside/data.csv", "a\n1\n")
    try folder.write("secret/data.csv", "a\n666\n")
    access = FileAccess(analysis: "\(folder.path)/work/a.lua", output: "\(folder.path)/out/")
  }

  /// Rounds after which both outcomes must have come up.
  private static let patience = 20_000

  private final class Swapper: Sendable {
    let isAsked = Atomic(false)
    let isDone = Atomic(false)
    let swaps = Atomic(0)
  }

  /// Calls `body` while the link `name` leads inside and outside in turn. How often it was changed.
  private func whileSwapping(_ name: String, between targets: [String], _ body: () throws -> Void) throws -> Int {
    let swapper = Swapper()
    let path = folder.path
    Thread.detachNewThread {
      for number in 0... {
        if swapper.isAsked.load(ordering: .relaxed) { break }
        let new = "\(path)/new-link"
        try? FileManager.default.createSymbolicLink(atPath: new, withDestinationPath: "\(path)/\(targets[number % 2])")
        if unsafe rename(new, "\(path)/\(name)") == 0 { swapper.swaps.add(1, ordering: .relaxed) }
        // Now and then for long enough that a whole round falls between two changes, however slow the machine.
        usleep(UInt32(number % 5) * UInt32(number % 7) * 200)
      }
      swapper.isDone.store(true, ordering: .releasing)
    }
    defer {
      swapper.isAsked.store(true, ordering: .relaxed)
      while !swapper.isDone.load(ordering: .acquiring) { usleep(100) }
    }
    while swapper.swaps.load(ordering: .relaxed) == 0 { usleep(100) }
    try body()
    return swapper.swaps.load(ordering: .relaxed)
  }

  @Test func nothingIsReadThroughALinkThatIsSwapped() throws {
    var (read, refused) = (0, 0)
    let swaps = try whileSwapping("work/link", between: ["work/inside", "secret"]) {
      let session = Session(threads: 1)
      for round in 0... {
        if round >= 1500, read > 0 && refused > 0 || round >= Self.patience { break }
        do {
          let table = try session.open("\(folder.path)/work/link/data.csv", access: access)["data"].collect()
          #expect(table.text(as: .csv) == "a\n1\n")
          read += 1
        } catch let error as ReadoutError {
          #expect(
            error.message == "an analysis may not read this" || error.message.hasPrefix("no such file"), "\(error)")
          refused += 1
        }
      }
    }
    #expect(read > 0 && refused > 0, "\(swaps) swaps: \(read) read, \(refused) refused")
  }

  @Test func nothingIsWrittenThroughALinkThatIsSwapped() throws {
    let report = Report(try Table(columns: ["a": [1]]))
    try folder.write("out/inside/keep", "")
    var (written, refused) = (0, 0)
    let swaps = try whileSwapping("out/link", between: ["out/inside", "secret"]) {
      for number in 0... {
        if number >= 400, written > 0 && refused > 0 || number >= Self.patience { break }
        do {
          let path = try access.writing("link/report-\(number).csv")
          try report.write(to: path, as: .csv, within: AllowedFolders([Files.resolved("\(folder.path)/out")!]))
          written += 1
        } catch { refused += 1 }
        do { _ = try access.writing("link/deep-\(number)/report.csv") } catch {}
      }
    }
    #expect(try Files.allNames(in: "\(folder.path)/secret") == ["data.csv"])
    #expect(written > 0 && refused > 0, "\(swaps) swaps: \(written) written, \(refused) refused")
  }

  // MARK: Without a race

  private var allowed: AllowedFolders { AllowedFolders([Files.resolved("\(folder.path)/work")!]) }

  @Test func anOpenFileIsAskedWhereItLies() throws {
    try folder.link("work/way-out", to: "\(folder.path)/secret")
    try folder.link("work/way-in", to: "\(folder.path)/work/inside")
    #expect(try Files.contents("\(folder.path)/work/way-in/data.csv", within: allowed).count == 4)
    for path in ["work/way-out/data.csv", "work/../secret/data.csv", "secret/data.csv"] {
      let problem = #expect(throws: FileProblem.self) { try Files.contents("\(folder.path)/\(path)", within: allowed) }
      #expect(problem?.isOutside == true)
      let large = #expect(throws: FileProblem.self) {
        try PaddedBytes(file: "\(folder.path)/\(path)", within: allowed)
      }
      #expect(large?.isOutside == true)
      #expect(throws: ReadoutError.self) { _ = try AtomicFile("\(folder.path)/\(path)", within: allowed) }
      #expect(throws: FileProblem.self) { try Files.makeFolder("\(folder.path)/\(path)-new/er", within: allowed) }
    }
    #expect(try Files.allNames(in: "\(folder.path)/secret") == ["data.csv"])
  }

  /// Whoever opens a pipe without a writer waits for one: a pipe outside is refused before it is opened.
  @Test func aPipeOutsideIsNotOpened() throws {
    unsafe mkfifo("\(folder.path)/secret/pipe", 0o600)
    try folder.link("work/pipe", to: "\(folder.path)/secret/pipe")
    let problem = #expect(throws: FileProblem.self) { try Files.contents("\(folder.path)/work/pipe", within: allowed) }
    #expect(problem?.isOutside == true)
  }

  /// `café` in one spelling is not `café` in the other, and a folder is not one whose name goes on.
  @Test func namesAreComparedByTheirBytes() {
    let folders = AllowedFolders(["/data/caf\u{E9}", "/a"])
    #expect(folders.contains("/data/caf\u{E9}/x.csv"))
    #expect(!folders.contains("/data/cafe\u{301}/x.csv"))
    #expect(folders.contains("/a"))
    #expect(folders.contains("/a/\u{301}x"))
    #expect(!folders.contains("/ab"))
    #expect(AllowedFolders(["/"]).contains("/etc/passwd"))
    #expect(!AllowedFolders([]).contains("/"))
  }
}
