import CFuzzer
import ReadoutVectors

/// `readout-fuzz READER [libFuzzer's options and corpora]`.
@main
enum Main {
  nonisolated(unsafe) static var harness: Harness?

  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let chosen = Harness.all.first(where: { $0.name == arguments[1] }) else {
      for harness in Harness.all { print("\(harness.name): \(harness.summary)") }
      return
    }
    // Sound: set once, before the loop begins, on its thread.
    unsafe harness = chosen
    MemoryAccount.limit = 512 << 20
    var count = CommandLine.argc - 1
    // Sound: the arguments are the process's own; libFuzzer gets them without the reader's name.
    var rest: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv + 1
    unsafe rest![0] = CommandLine.unsafeArgv[0]
    let status = unsafe withUnsafeMutablePointer(to: &rest) { arguments in
      unsafe LLVMFuzzerRunDriver(&count, arguments) { start, length in
        let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: length))
        unsafe Main.harness!.run(bytes)
        return 0
      }
    }
    Exit.now(status)
  }
}
