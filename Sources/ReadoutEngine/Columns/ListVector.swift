import ReadoutVectors

/// Lists of strings: row `i` has the items `starts[i]..<ends[i]`, codes into `dictionary`.
public struct ListVector: Sendable {
  public let starts: Vector<UInt32>
  public let ends: Vector<UInt32>
  public let items: Vector<UInt32>
  public let dictionary: StringDictionary

  public init(starts: Vector<UInt32>, ends: Vector<UInt32>, items: Vector<UInt32>, dictionary: StringDictionary) {
    self.starts = starts
    self.ends = ends
    self.items = items
    self.dictionary = dictionary
  }

  public init(_ lists: some Sequence<[String]>) {
    var builder = ListVectorBuilder()
    for list in lists {
      for item in list { builder.append(item) }
      builder.endList()
    }
    self = builder.freeze()
  }

  public var count: Int { starts.count }
  public func length(_ index: Int) -> Int { Int(ends[index]) - Int(starts[index]) }

  public subscript(index: Int) -> [String] {
    (Int(starts[index])..<Int(ends[index])).map { dictionary[items[$0]] }
  }

  public func gather(_ rows: Vector<UInt32>) -> ListVector {
    ListVector(starts: starts.gather(rows), ends: ends.gather(rows), items: items, dictionary: dictionary)
  }
}

extension ListVector {
  /// The lists of all parts, one part behind the other; items that no list has are left out. O(lists + items) where all
  /// parts share a dictionary.
  static func concatenating(_ parts: [ListVector]) -> ListVector {
    guard let first = parts.first(where: { $0.count > 0 }) else { return ListVector([]) }
    guard parts.allSatisfy({ $0.dictionary === first.dictionary || $0.count == 0 || $0.items.isEmpty }) else {
      return ListVector(parts.flatMap { part in (0..<part.count).map { part[$0] } })
    }
    let dictionary = parts.first { !$0.items.isEmpty }?.dictionary ?? first.dictionary
    var starts = MutableVector<UInt32>()
    var ends = MutableVector<UInt32>()
    var items = MutableVector<UInt32>()
    for part in parts {
      for list in 0..<part.count {
        starts.append(UInt32(truncatingIfNeeded: items.count))
        items.append(contentsOf: part.items[Int(part.starts[list])..<Int(part.ends[list])])
        ends.append(UInt32(truncatingIfNeeded: items.count))
      }
    }
    return ListVector(starts: starts.freeze(), ends: ends.freeze(), items: items.freeze(), dictionary: dictionary)
  }

  /// The same lists without the items that none of them has.
  func compacted() -> ListVector { ListVector.concatenating([self]) }
}

/// Packs lists one behind the other, item by item.
struct ListVectorBuilder: ~Copyable {
  private var starts = MutableVector<UInt32>()
  private var ends = MutableVector<UInt32>()
  private var items = MutableVector<UInt32>()
  private var interner = StringInterner()
  private var start: UInt32 = 0

  mutating func append(_ item: String) { items.append(interner.intern(item)) }

  mutating func endList() {
    starts.append(start)
    start = UInt32(truncatingIfNeeded: items.count)
    ends.append(start)
  }

  consuming func freeze() -> ListVector {
    let (starts, ends, items) = (starts.take(), ends.take(), items.take())
    return ListVector(starts: starts, ends: ends, items: items, dictionary: StringDictionary(interner.freeze()))
  }
}
