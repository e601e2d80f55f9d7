import Foundation

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

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
