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
    var starts = MutableVector<UInt32>()
    var ends = MutableVector<UInt32>()
    var items = MutableVector<UInt32>()
    var interner = StringInterner()
    for list in lists {
      starts.append(UInt32(items.count))
      for item in list { items.append(interner.intern(item)) }
      ends.append(UInt32(items.count))
    }
    self.init(
      starts: starts.freeze(), ends: ends.freeze(), items: items.freeze(),
      dictionary: StringDictionary(interner.freeze()))
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
