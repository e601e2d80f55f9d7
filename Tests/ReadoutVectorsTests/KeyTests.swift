import Testing

@testable import ReadoutVectors

/// Keys in groups, selections and the largest keys, against sorting.
struct KeyTests {
  /// Narrow ranges, nearly distinct keys, few keys far apart, and keys so uneven that buckets overflow.
  static let distributions: [@Sendable (inout SplitMix64) -> UInt64] = [
    { $0.next() % 100 },
    { $0.next() },
    { ($0.next() % 7) << 50 },
    { $0.next() % 10 == 0 ? $0.next() : 1 << 40 + $0.next() % 50_000 },
    { _ in .max },
    { $0.next() % 2 == 0 ? 0 : .max },
  ]

  @Test(arguments: distributions.indices) func groupsAreTheSortedDistinctKeys(_ distribution: Int) {
    var random = SplitMix64(seed: UInt64(distribution))
    for count in [0, 1, 2, 3, 63, 64, 65, 1000, 30_000] {
      let keys = (0..<count).map { _ in Self.distributions[distribution](&random) }
      let groups = KeyGroups(Vector(keys))
      #expect(Array(groups.distinct) == Set(keys).sorted())
      #expect(
        groups.groups.count == count && keys.indices.allSatisfy { groups.distinct[Int(groups.groups[$0])] == keys[$0] })
    }
  }

  @Test(arguments: distributions.indices) func selectionIsThatOfASort(_ distribution: Int) {
    var random = SplitMix64(seed: UInt64(distribution) + 100)
    var scratch = SelectionScratch()
    for count in Array(1...40) + [100, 1000, 5000] {
      let keys = (0..<count).map { _ in Self.distributions[distribution](&random) }
      let sorted = keys.sorted()
      for place in Set([0, count / 3, count / 2, count - 1]) {
        // Neighbours outside of the range stay as they are.
        var vector = MutableVector<UInt64>()
        vector.append(7)
        for key in keys { vector.append(key) }
        vector.append(9)
        vector.select(place + 1, in: 1..<count + 1, scratch: &scratch)
        #expect(vector[place + 1] == sorted[place] && vector[0] == 7 && vector[count + 1] == 9)
        #expect((1...place + 1).allSatisfy { vector[$0] <= sorted[place] })
        #expect((place + 1...count).allSatisfy { vector[$0] >= sorted[place] })
        #expect((1...count).map { vector[$0] }.sorted() == sorted)
      }
    }
  }

  @Test(arguments: 1...5) func largestAreThoseOfASort(_ each: Int) {
    var random = SplitMix64(seed: UInt64(each))
    let groups = 10
    let rows = (0..<400).map { _ in (UInt32(random.next() % UInt64(groups)), random.next() % 50, random.next() % 5 != 0)
    }
    let halves = [LargestKeysBox(each: each), LargestKeysBox(each: each)]
    for (half, part) in [rows[..<200], rows[200...]].enumerated() {
      halves[half].keys.resize(to: groups)
      halves[half].keys.add(
        Vector(part.map(\.1)), validity: Bitmap(bytes: Vector(part.map { $0.2 ? 1 : 0 })), groups: Vector(part.map(\.0))
      )
    }
    halves[0].keys.add(halves[1].keys, groups: Vector((0..<groups).map { UInt32($0) }))
    for group in 0..<groups {
      let wanted = rows.filter { $0.0 == UInt32(group) && $0.2 }.map(\.1).sorted(by: >).prefix(each)
      let kept = (0..<halves[0].keys.count(of: group)).map { halves[0].keys[group, $0] }
      #expect(kept == Array(wanted))
    }
  }

  private final class LargestKeysBox {
    var keys: LargestKeys
    init(each: Int) { keys = LargestKeys(each: each) }
  }

  @Test func bitsOfARangeAreCounted() {
    var random = SplitMix64(seed: 3)
    var bytes = MutableVector<UInt8>()
    for _ in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
    for first in 0..<64 {
      for last in first...64 {
        let wanted = (first..<last).count { bytes[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
        #expect(bytes.setBits(in: first..<last) == wanted)
      }
    }
  }
}
