/// Some of the numbers 0, 1 … of a range, and the place of each among them in ascending order.
///
/// A bit a number of the range, and how many are set before each 64: a place is one look and a count of bits.
public struct NumberRanks: Sendable {
  private let bits: Vector<UInt64>
  /// By word of `bits`, how many are set in those before.
  private let before: Vector<UInt32>
  private let count: Int

  /// - Precondition: every number is below `limit`.
  public init(_ numbers: Vector<UInt32>, below limit: Int) {
    precondition(numbers.allBelow(limit), "number out of its range")
    let bits = MutableVector<UInt64>(repeating: 0, count: (limit + 63) / 64)
    // Sound: checked just above; nobody else has the bits.
    for number in numbers { unsafe bits.base[Int(number >> 6)] |= 1 &<< UInt64(number & 63) }
    self.bits = bits.freeze()
    var before = MutableVector<UInt32>(capacity: self.bits.count)
    var count = 0
    for word in self.bits {
      before.append(UInt32(truncatingIfNeeded: count))
      count &+= word.nonzeroBitCount
    }
    self.before = before.freeze()
    self.count = count
  }

  /// The numbers in ascending order, each once.
  public var sorted: Vector<UInt32> {
    var numbers = MutableVector<UInt32>(capacity: count)
    for (place, word) in bits.enumerated() {
      var rest = word
      while rest != 0 {
        numbers.append(UInt32(truncatingIfNeeded: place &* 64 &+ rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
    return numbers.freeze()
  }

  /// The place of each number, which is one of those given.
  public func places(of numbers: Vector<UInt32>) -> Vector<UInt32> {
    precondition(numbers.allBelow(bits.count * 64), "number out of its range")
    // Sound: checked just above.
    let (bits, before) = unsafe (self.bits.base, self.before.base)
    return numbers.map { number in
      let word = Int(number >> 6)
      let lower = unsafe bits[word] & ((1 &<< UInt64(number & 63)) &- 1)
      return unsafe before[word] &+ UInt32(truncatingIfNeeded: lower.nonzeroBitCount)
    }
  }
}
