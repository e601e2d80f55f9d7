import ReadoutVectors
import Synchronization

/// A column's distinct strings; a value's code is its number here. Codes are in no order of meaning.
public final class StringDictionary: Sendable {
  public let strings: StringVector
  private let lazyRanks = Mutex<Vector<UInt32>?>(nil)

  public init(_ strings: StringVector) { self.strings = strings }

  public var count: Int { strings.count }

  /// For each code its place in code point order, 0 first. Sorted on first use: O(n log n).
  public var ranks: Vector<UInt32> {
    lazyRanks.withLock { ranks in
      if let ranks { return ranks }
      let order = sortedCodes
      var made = MutableVector<UInt32>(repeating: 0, count: count)
      for (rank, code) in order.enumerated() { made[Int(code)] = UInt32(rank) }
      let vector = made.freeze()
      ranks = vector
      return vector
    }
  }

  /// The codes in code point order of their strings.
  public var sortedCodes: [UInt32] {
    (0..<UInt32(count)).sorted { StringVector.compare(strings, Int($0), strings, Int($1)) < 0 }
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
