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
  /// The lists of all parts, one part behind the other; items that no list has are left out, and a list that is its neighbour's
  /// stays so. O(lists + items + strings of the dictionaries).
  ///
  /// - Throws: where there are more items than one vector holds, or their strings pass 4 GiB.
  static func concatenating(_ parts: [ListVector]) throws(ReadoutError) -> ListVector {
    guard let first = parts.first(where: { $0.count > 0 }) else { return ListVector([]) }
    let isShared = parts.allSatisfy { $0.dictionary === first.dictionary || $0.count == 0 || $0.items.isEmpty }
    var starts = MutableVector<UInt32>()
    var ends = MutableVector<UInt32>()
    var items = MutableVector<UInt32>()
    var interner = StringInterner()
    for part in parts {
      let strings = part.dictionary.strings
      var codes = MutableVector<UInt32>(repeating: .max, count: isShared ? 0 : strings.count)
      for list in 0..<part.count {
        let range = Int(part.starts[list])..<Int(part.ends[list])
        if list > 0, part.starts[list] == part.starts[list - 1], part.ends[list] == part.ends[list - 1] {
          starts.append(starts[starts.count - 1])
          ends.append(ends[ends.count - 1])
          continue
        }
        starts.append(UInt32(truncatingIfNeeded: items.count))
        if isShared {
          items.append(contentsOf: part.items[range])
        } else {
          for item in range {
            let old = Int(part.items[item])
            if codes[old] == .max {
              guard interner.hasRoom(for: strings.length(old)) else { throw .tooMuchText }
              codes[old] = interner.intern(strings.bytes, Int(strings.starts[old])..<Int(strings.ends[old]))
            }
            items.append(codes[old])
          }
        }
        if items.count > Int(UInt32.max) { throw .tooMuchText }
        ends.append(UInt32(truncatingIfNeeded: items.count))
      }
    }
    let dictionary =
      isShared
      ? parts.first { !$0.items.isEmpty }?.dictionary ?? first.dictionary : StringDictionary(interner.freeze())
    return ListVector(starts: starts.freeze(), ends: ends.freeze(), items: items.freeze(), dictionary: dictionary)
  }

  /// The same lists without the items that none of them has.
  func compacted() throws(ReadoutError) -> ListVector { try ListVector.concatenating([self]) }
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
