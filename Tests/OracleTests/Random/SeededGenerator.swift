import Foundation
import ReadoutVectors

/// The generator of the oracles; its numbers below a bound are the standard library's.
struct SeededGenerator: RandomNumberGenerator {
  private var numbers: SplitMix64

  init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

  mutating func next() -> UInt64 { numbers.next() }
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
  mutating func chance(_ oneIn: Int) -> Bool { below(oneIn) == 0 }
  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}

/// The seeds that random tests run with: `READOUT_SEEDS=700` for more of them, `READOUT_SEEDS=31..31` for one again.
enum Seeds {
  static func upTo(_ usual: Int) -> [UInt64] {
    guard let wanted = ProcessInfo.processInfo.environment["READOUT_SEEDS"] else {
      return (0..<UInt64(usual)).map { $0 }
    }
    let ends = wanted.split(separator: "..").compactMap { UInt64($0) }
    return ends.count == 2 ? Array(ends[0]...ends[1]) : Array(0..<(ends.first ?? UInt64(usual)))
  }
}
