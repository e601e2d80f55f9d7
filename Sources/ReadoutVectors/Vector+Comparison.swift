import CVectors

/// Comparisons of whole vectors with constants, whose results are bits. The loops are C: Swift has no way from the lanes
/// of a comparison to bits that does not go through each lane.
extension Vector where Element: FixedWidthInteger {
  /// The rows whose element lies in `range`. Elements have 8, 16, 32 or 64 bits.
  public func rows(in range: ClosedRange<Element>) -> Bitmap {
    let lower = range.lowerBound
    let width = range.upperBound &- range.lowerBound
    return unsafe Bitmap(count: count) { bits in
      // Sound: the C functions read `count` elements of the size that the case names, and write the bitmap's words.
      let start = unsafe UnsafeRawPointer(base)
      switch Element.bitWidth {
      case 8:
        unsafe readout_range8(
          start.assumingMemoryBound(to: UInt8.self), count, UInt8(truncatingIfNeeded: lower),
          UInt8(truncatingIfNeeded: width), bits)
      case 16:
        unsafe readout_range16(
          start.assumingMemoryBound(to: UInt16.self), count, UInt16(truncatingIfNeeded: lower),
          UInt16(truncatingIfNeeded: width), bits)
      case 32:
        unsafe readout_range32(
          start.assumingMemoryBound(to: UInt32.self), count, UInt32(truncatingIfNeeded: lower),
          UInt32(truncatingIfNeeded: width), bits)
      default:
        precondition(Element.bitWidth == 64, "elements of an odd width")
        unsafe readout_range64(
          start.assumingMemoryBound(to: UInt64.self), count, UInt64(truncatingIfNeeded: lower),
          UInt64(truncatingIfNeeded: width), bits)
      }
    }
  }
}

/// How two numbers may be compared.
public enum NumberOrder: Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

  @inlinable @inline(__always)
  public func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}

extension Vector where Element == Double {
  /// The rows of `range` whose element compares so with `other`. Where the bounds of the vector's blocks are known and the
  /// range begins with a block, blocks without such a row are not read.
  public func rows(_ range: Range<Int>, _ order: NumberOrder, _ other: Double, bounds: BlockBounds?) -> Bitmap {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "vector slice out of range")
    return unsafe Bitmap(count: range.count) { bits in
      guard let bounds, range.lowerBound % BlockBounds.rows == 0 else {
        return unsafe compare(range, order, other, bits)
      }
      // Sound: every block is two words of the bitmap but the last, which has those that are left; each is written.
      var first = range.lowerBound
      while first < range.upperBound {
        let isEmpty = bounds.rulesOut(first / BlockBounds.rows, order, other)
        var end = first
        repeat {
          end += BlockBounds.rows
        } while end < range.upperBound
          && bounds.rulesOut(end / BlockBounds.rows, order, other) == isEmpty
        end = Swift.min(end, range.upperBound)
        let words = unsafe bits + (first - range.lowerBound) / 64
        if isEmpty {
          unsafe words.initialize(repeating: 0, count: (end - first + 63) / 64)
        } else {
          // The next block that is read lies apart, where the processor does not expect it.
          var next = end
          while next < range.upperBound, bounds.rulesOut(next / BlockBounds.rows, order, other) {
            next += BlockBounds.rows
          }
          if next < range.upperBound {
            for line in stride(from: 0, to: BlockBounds.rows, by: 8) { unsafe readout_prefetch(base + next + line) }
          }
          unsafe compare(first..<end, order, other, words)
        }
        first = end
      }
    }
  }

  @unsafe private func compare(
    _ range: Range<Int>, _ order: NumberOrder, _ other: Double, _ bits: UnsafeMutablePointer<UInt64>
  ) {
    // Sound: the C functions read the range's doubles and write a word for each 64 begun.
    let start = unsafe base + range.lowerBound
    switch order {
    case .equal: unsafe readout_equal(start, range.count, other, bits)
    case .notEqual: unsafe readout_not_equal(start, range.count, other, bits)
    case .less: unsafe readout_less(start, range.count, other, bits)
    case .lessOrEqual: unsafe readout_less_or_equal(start, range.count, other, bits)
    case .greater: unsafe readout_greater(start, range.count, other, bits)
    case .greaterOrEqual: unsafe readout_greater_or_equal(start, range.count, other, bits)
    }
  }
}

extension Bitmap {
  /// A bitmap whose words `body` writes, all of them, bits beyond `count` being 0.
  @unsafe fileprivate init(count: Int, _ body: (UnsafeMutablePointer<UInt64>) -> Void) {
    let words = MutableVector<UInt64>(uninitializedCount: (count + 63) / 64)
    unsafe body(words.base)
    self.init(words: words.freeze(), count: count)
  }

  /// The rows whose bits are set, ascending.
  public func rows() -> Vector<UInt32> {
    let room = setCount + 16
    let rows = MutableVector<UInt32>(uninitializedCount: room)
    // Sound: there is room for the rows and the 16 more that the function may touch.
    let kept = unsafe words.withUnsafeBufferPointer { words in
      unsafe words.baseAddress.map { unsafe readout_positions($0, words.count, rows.base) } ?? 0
    }
    return rows.freeze()[0..<kept]
  }
}

extension Vector where Element == UInt32 {
  /// The elements for which `predicate` holds, in their order.
  @inlinable @inline(__always)
  public func keeping(_ predicate: (Int) -> Bool) -> Vector<UInt32> {
    let out = MutableVector<UInt32>(uninitializedCount: count)
    // Sound: `kept` never passes the number of elements seen, so the write stays inside the block.
    let target = unsafe out.base
    var kept = 0
    for i in 0..<count {
      let element = unsafe base[i]
      unsafe target[kept] = element
      kept &+= predicate(Int(element)) ? 1 : 0
    }
    return out.freeze()[0..<kept]
  }
}
