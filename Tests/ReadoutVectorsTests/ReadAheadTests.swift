import Foundation
import Testing

@testable import ReadoutVectors

/// The thread that brings files into the system's cache comes as far as it may, and ends when it is told.
@Suite struct ReadAheadTests {
  private static let count = 6 << 20

  /// A file of so many megabytes, mapped.
  private func file(_ body: (PaddedBytes) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "readout-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(repeating: 0x61, count: Self.count).write(to: url)
    try body(try PaddedBytes(file: url.path))
  }

  private func wait(_ ahead: ReadAhead, for bytes: Int) {
    while ahead.bytesRead.load(ordering: .relaxed) < bytes { WorkerThreads.rest() }
  }

  @Test(.timeLimit(.minutes(10))) func itStaysAsFarAheadAsItMay() throws {
    try file { text in
      let ahead = try #require(ReadAhead([text], leadBytes: 1 << 20))
      defer { ahead.stop() }
      wait(ahead, for: 1 << 20)
      usleep(20_000)
      #expect(ahead.bytesRead.load(ordering: .relaxed) <= 3 << 19)
      var window = TextWindow()
      // Who reads elsewhere does not lead it on.
      _ = window.load(text, Self.count - 1000..<Self.count)
      usleep(20_000)
      #expect(ahead.bytesRead.load(ordering: .relaxed) <= 3 << 19)
      _ = window.load(text, 0..<3 << 20, inOrder: true)
      wait(ahead, for: 4 << 20)
      _ = window.load(text, 3 << 20..<Self.count, inOrder: true)
      wait(ahead, for: Self.count)
    }
  }

  @Test(.timeLimit(.minutes(10))) func itEndsWhileItWaits() throws {
    try file { text in
      let ahead = try #require(ReadAhead([text, text], leadBytes: 1 << 20))
      wait(ahead, for: 1 << 20)
      ahead.stop()
      ahead.stop()
      #expect(ahead.bytesRead.load(ordering: .relaxed) < Self.count)
    }
  }

  @Test func whatIsInMemoryIsNotRead() {
    #expect(ReadAhead([PaddedBytes([UInt8](repeating: 0, count: Self.count))]) == nil)
    #expect(ReadAhead([]) == nil)
  }
}
