import Dispatch

/// How fast this machine's memory can be read: the sum over an array that no cache holds, a part for each thread.
enum Bandwidth {
  static let bytes = 1 << 30

  /// Seconds for reading `bytes` bytes.
  static func seconds(threads: Int) -> Double {
    let numbers = [UInt64](repeating: 1, count: bytes / 8)
    let part = (numbers.count + threads - 1) / threads
    let start = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      let rows = min(thread * part, numbers.count)..<min((thread + 1) * part, numbers.count)
      precondition(sum(numbers.span.extracting(rows)) == rows.count)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    // Giving the memory back takes longer than reading it.
    withExtendedLifetime(numbers) {}
    return seconds
  }

  /// Wrapping, so that it runs in vectors.
  private static func sum(_ numbers: Span<UInt64>) -> UInt64 {
    var sum: UInt64 = 0
    for i in numbers.indices { sum &+= numbers[i] }
    return sum
  }
}
