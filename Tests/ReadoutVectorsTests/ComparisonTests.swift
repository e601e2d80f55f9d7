import Testing

@testable import ReadoutVectors

/// Comparisons to bits at every length around the word and the vector sizes, against one element at a time.
struct ComparisonTests {
  static let lengths = Array(0...70) + [127, 128, 129, 191, 192, 193, 255, 256, 257, 511, 512, 513, 600]

  private func checkRanges<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ type: T.Type, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for length in Self.lengths {
      let values = (0..<length).map { _ in T(truncatingIfNeeded: random.next()) }
      let vector = Vector(values)
      var bounds = [T(truncatingIfNeeded: random.next()), T(truncatingIfNeeded: random.next()), T.min, T.max, 0]
      bounds += values.prefix(2)
      for lower in bounds {
        for upper in bounds where lower <= upper {
          let found = vector.rows(in: lower...upper)
          #expect(found == Bitmap(count: length) { (lower...upper).contains(values[$0]) })
        }
      }
    }
  }

  @Test func rangesOfEveryWidth() {
    checkRanges(UInt8.self, seed: 1)
    checkRanges(UInt16.self, seed: 2)
    checkRanges(UInt32.self, seed: 3)
    checkRanges(Int64.self, seed: 4)
  }

  static let orders: [NumberOrder] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]

  private static func numbers(_ count: Int, _ random: inout SplitMix64) -> [Double] {
    let special: [Double] = [.nan, .infinity, -.infinity, -0.0, 0, 1.5, -1.5]
    return (0..<count).map { _ in
      random.next() % 4 == 0
        ? special[Int(random.next() % UInt64(special.count))] : Double(Int64(bitPattern: random.next()) >> 40)
    }
  }

  @Test(arguments: orders) func numbersComparedWithOne(_ order: NumberOrder) {
    var random = SplitMix64(seed: 5)
    for length in Self.lengths {
      let values = Self.numbers(length, &random)
      for other in [0, -0.0, 1.5, .nan, .infinity, -3_000_000] + values.prefix(2) {
        let wanted = Bitmap(count: length) { order.holds(values[$0], other) }
        #expect(Vector(values).rows(0..<length, order, other, bounds: nil) == wanted)
      }
    }
  }

  /// Blocks that bounds rule out are not read, and the answer is the same.
  @Test(arguments: orders) func boundsChangeNothing(_ order: NumberOrder) {
    var random = SplitMix64(seed: 6)
    for length in [1, 255, 256, 257, 1000, 4096, 4100] {
      let values = Self.numbers(length, &random)
      // Sorted, so that most blocks are ruled out or pass as a whole.
      for list in [values, values.sorted { $0 < $1 || $1.isNaN }] {
        let vector = Vector(list)
        let bounds = BlockBounds(vector)
        for other in [0, .nan, .infinity] + list.prefix(3) + list.suffix(3) {
          for start in stride(from: 0, to: length, by: 512) {
            let range = start..<length
            let wanted = Bitmap(count: range.count) { order.holds(list[start + $0], other) }
            #expect(vector.rows(range, order, other, bounds: bounds) == wanted)
          }
        }
      }
    }
  }

  @Test func positionsAreTheSetBits() {
    var random = SplitMix64(seed: 7)
    for length in Self.lengths {
      for share in [0, 1, 8, 32, 63, 64] as [UInt64] {
        let bits = Bitmap(count: length) { _ in random.next() % 64 < share }
        #expect(Array(bits.rows()) == (0..<length).filter { bits[$0] }.map { UInt32($0) })
        #expect(Array(bits.inverted.rows()) == (0..<length).filter { !bits[$0] }.map { UInt32($0) })
      }
    }
  }

  @Test func allBelowIsExact() {
    for limit in [0, 1, 2, 100, 255, 256] {
      for value in UInt8.min...UInt8.max {
        #expect(Vector([0, value, 0]).allBelow(limit) == (Int(value) < limit && limit > 0))
      }
    }
    for value: UInt32 in [0, 5, 6, 7, .max, 1 << 31, 1 << 31 - 1] {
      #expect(Vector([0, value]).allBelow(6) == (value < 6))
      #expect(Vector([value]).allBelow(1 << 31) == (value < 1 << 31))
      #expect(Vector([value]).allBelow(1 << 32) == true)
    }
    for value: Int64 in [.min, -1, 0, 5, 6, .max] {
      #expect(Vector([value, 0]).allBelow(6) == (0..<6).contains(value))
    }
  }
}
