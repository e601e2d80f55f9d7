import ReadoutVectors
import Synchronization

/// A column's distinct strings; a value's code is its number here. Codes are in no order of meaning.
public final class StringDictionary: Sendable {
  public let strings: StringVector
  private let lazyOrder = Mutex<Order?>(nil)

  private struct Order: Sendable {
    let isSorted: Bool
    let codes: Vector<UInt32>
    let ranks: Vector<UInt32>
  }

  public init(_ strings: StringVector) { self.strings = strings }

  public var count: Int { strings.count }

  /// For each code its place in code point order, 0 first. Sorted on first use: O(n log n).
  public var ranks: Vector<UInt32> { order.ranks }

  /// The codes in code point order of their strings.
  public var sortedCodes: Vector<UInt32> { order.codes }

  /// Whether the codes are in code point order already.
  public var isSorted: Bool { order.isSorted }

  private var order: Order {
    lazyOrder.withLock { order in
      if let order { return order }
      let made = Self.order(of: strings)
      order = made
      return made
    }
  }

  private static func order(of strings: StringVector) -> Order {
    let identity = Vector(count: strings.count) { UInt32(truncatingIfNeeded: $0) }
    let isSorted = (1..<max(1, strings.count)).allSatisfy { StringVector.compare(strings, $0 - 1, strings, $0) < 0 }
    if isSorted { return Order(isSorted: true, codes: identity, ranks: identity) }
    let codes = StringOrder.of(strings) {}
    var ranks = MutableVector<UInt32>(repeating: 0, count: strings.count)
    for (rank, code) in codes.enumerated() { ranks[Int(code)] = UInt32(rank) }
    return Order(isSorted: false, codes: codes, ranks: ranks.freeze())
  }

  /// The code of a string, found by a scan: O(n).
  public func code(of string: String) -> UInt32? {
    let wanted = StringVector([string])
    for code in 0..<count where StringVector.equal(strings, code, wanted, 0) { return UInt32(code) }
    return nil
  }

  public subscript(code: UInt32) -> String { strings[Int(code)] }

  public var byteCount: Int { strings.byteCount }
}
