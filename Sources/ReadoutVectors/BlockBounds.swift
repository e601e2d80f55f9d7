import CVectors

/// The smallest and the largest number of each block of rows: where few rows pass a filter, most blocks need not be read.
///
/// NaN is left out. 16 bytes for 1,024 bytes of numbers.
public struct BlockBounds: Sendable {
  /// Rows of a block: two words of a bitmap. A filter that one row in a thousand passes skips seven blocks of eight.
  public static let rows = 128

  @usableFromInline let smallest: Vector<Double>
  @usableFromInline let largest: Vector<Double>

  /// O(rows).
  public init(_ numbers: Vector<Double>) {
    let blocks = (numbers.count + Self.rows - 1) / Self.rows
    let smallest = MutableVector<Double>(uninitializedCount: blocks)
    let largest = MutableVector<Double>(uninitializedCount: blocks)
    for block in 0..<blocks {
      let first = block * Self.rows
      // Sound: the block's rows lie inside the vector, and each block writes its own element.
      unsafe readout_bounds(
        numbers.base + first, Swift.min(Self.rows, numbers.count - first), smallest.base + block, largest.base + block)
    }
    self.smallest = smallest.freeze()
    self.largest = largest.freeze()
  }

  public var byteCount: Int { smallest.byteCount + largest.byteCount }

  /// Whether no number of the block compares so with `value`.
  func rulesOut(_ block: Int, _ order: NumberOrder, _ value: Double) -> Bool {
    switch order {
    case .equal: value < smallest[block] || value > largest[block]
    case .notEqual: false
    case .less: smallest[block] >= value
    case .lessOrEqual: smallest[block] > value
    case .greater: largest[block] <= value
    case .greaterOrEqual: largest[block] < value
    }
  }
}
