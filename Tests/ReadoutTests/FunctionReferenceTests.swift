import Foundation
import Readout
import Testing

/// The reference page in the documentation is what the signatures say.
///
/// After a change of a signature: `READOUT_UPDATE_REFERENCE=1 swift test --filter FunctionReferenceTests`.
@Suite struct FunctionReferenceTests {
  @Test func thePageIsCurrent() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Readout/Readout.docc/Functions.md")
    let wanted = FunctionReference.markdown()
    if ProcessInfo.processInfo.environment["READOUT_UPDATE_REFERENCE"] != nil {
      try Data(wanted.utf8).write(to: page)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == wanted)
  }
}
