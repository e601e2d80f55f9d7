import ReadoutEngine
import ReadoutVectors

/// How many bytes the files inside a compressed file may have together.
///
/// Small files unpack to whatever they hold. Beyond 64 MiB the text may be `ratio` times as long as the file: tables of text are packed
/// to a tenth, columns of one value to a hundredth, and what goes far beyond was made to fill the memory of whoever opens it. Three
/// quarters of the machine's memory are a bound as well.
struct UnpackBudget {
  /// Bytes up to which any ratio will do.
  static let free = 64 << 20

  let name: String
  private let ratio: Int?
  private let byRatio: Int
  private let byMemory: Int
  private var used = 0

  /// - Parameter ratio: nil is no bound, not even that of memory.
  init(packed: Int, ratio: Int?, name: String) {
    self.name = name
    self.ratio = ratio
    let (product, overflows) = packed.multipliedReportingOverflow(by: ratio ?? 0)
    byRatio = ratio == nil || overflows ? .max : max(Self.free, product)
    byMemory = ratio == nil ? .max : Processors.memoryBytes / 4 * 3
  }

  /// Notes that `count` more bytes came out.
  mutating func take(_ count: Int) throws(ReadoutError) {
    used += count
    if used > byRatio {
      throw ReadoutError(
        .data, "the compressed file unpacks to more than \(ratio ?? 0) times its size", value: name,
        hint:
          "files made to fill the memory do so; where you trust it, say unpack_ratio = \((ratio ?? 0) * 10), or false for any"
      )
    }
    if used > byMemory {
      throw ReadoutError(
        .data, "the compressed file unpacks to more than three quarters of this machine's memory", value: name,
        hint: "unpack it and read it in parts, or say unpack_ratio = false to try all the same")
    }
  }
}

extension UnpackBudget {
  /// The bytes that `next` writes, block by block, until it gives nil in place of how many they were.
  @unsafe mutating func gather(
    _ control: ExecutionControl, _ next: (UnsafeMutableBufferPointer<UInt8>) throws(ReadoutError) -> Int?
  ) throws(ReadoutError) -> PaddedBytes {
    var builder = PaddedBytesBuilder()
    while true {
      try control.check()
      // Of many small files none is to take a large block.
      let block = min(1 << 20, max(1 << 14, builder.count))
      if MemoryAccount.wouldExceed(adding: builder.count + 2 * block) { throw .memoryLimit(while: "unpacking \(name)") }
      var got: Int?
      try builder.append(upTo: block) { output throws(ReadoutError) in
        try unsafe output.withUnsafeMutableBufferPointer { buffer, count throws(ReadoutError) in
          got = try unsafe next(buffer)
          count = got ?? 0
        }
      }
      guard let got else { return builder.freezeCompact() }
      try take(got)
    }
  }
}
