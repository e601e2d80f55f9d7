import ReadoutVectors

/// `split join`: strings to lists and back.
enum ListItems {
  static let split = BuiltInScalar(
    "split", [Parameter("s", .strings), Parameter("separator", .strings)], result: "list",
    "Splits a string at a separator; an empty separator gives the characters.",
    examples: [("length(split('a;b;c', ';'))", "3"), ("join(split('a, b', ', '), '|')", "'a|b'")]
  ) { arguments in
    if let separator = arguments[1].constantString {
      let separators = StringVector([separator])
      return StringKernel.kernel(.list) { strings, _ in
        lists(of: strings) { row, append in
          strings.withBytes(row) { string in separators.withBytes(0) { cut(string, $0, append) } }
        }
      }
    }
    return ScalarKernel(.list) { a, _ in
      let (strings, separators) = (a[0].strings, a[1].strings)
      return lists(of: strings) { row, append in
        strings.withBytes(row) { string in separators.withBytes(row) { cut(string, $0, append) } }
      }
    }
  }

  static let join = BuiltInScalar(
    "join", [Parameter("list", [.list]), Parameter("separator", .strings)], result: "string",
    "Joins the items of a list into one string.",
    examples: [("join(split('a;b', ';'), '+')", "'a+b'"), ("join(split('a', ';'), '+')", "'a'")]
  ) { _ in
    ScalarKernel(.string) { (a, rows) throws(ReadoutError) in
      let (lists, separators) = (a[0].lists, a[1].strings)
      let joined = try StringKernel.strings(count: rows.count, for: rows) { row, out in
        let items = Int(lists.starts[row])..<Int(lists.ends[row])
        for item in items {
          if item > items.lowerBound { separators.withBytes(row) { out.append(bytesOf: $0) } }
          lists.dictionary.strings.withBytes(Int(lists.items[item])) { out.append(bytesOf: $0) }
        }
      }
      return Values(strings: joined)
    }
  }

  /// 1 where the list has the item.
  static func holds(_ lists: Values, _ items: Values) -> Vector<UInt8> {
    let lists = lists.lists
    let strings = lists.dictionary.strings
    if case .string(let wanted) = items.constant {
      guard let code = lists.dictionary.code(of: wanted) else { return Vector(repeating: 0, count: lists.count) }
      return Vector(count: lists.count) { row in
        for item in lists.starts[row]..<lists.ends[row] where lists.items[Int(item)] == code { return 1 }
        return 0
      }
    }
    let items = items.strings
    return Vector(count: lists.count) { row in
      for item in lists.starts[row]..<lists.ends[row]
      where StringVector.equal(strings, Int(lists.items[Int(item)]), items, row) { return 1 }
      return 0
    }
  }

  private static func lists(
    of strings: StringVector, _ body: (_ row: Int, _ append: (Range<Int>) -> Void) -> Void
  ) -> Values {
    var starts = MutableVector<UInt32>(capacity: strings.count)
    var ends = MutableVector<UInt32>(capacity: strings.count)
    var items = MutableVector<UInt32>(capacity: strings.count)
    var interner = StringInterner()
    for row in 0..<strings.count {
      let start = Int(strings.starts[row])
      starts.append(UInt32(items.count))
      body(row) { range in
        items.append(interner.intern(strings.bytes, start + range.lowerBound..<start + range.upperBound))
      }
      ends.append(UInt32(items.count))
    }
    if interner.count == 0 { _ = interner.intern("") }
    let lists = ListVector(
      starts: starts.freeze(), ends: ends.freeze(), items: items.freeze(),
      dictionary: StringDictionary(interner.freeze()))
    return Values(type: .list, payload: .lists(lists), count: strings.count)
  }

  private static func cut(_ string: Span<UInt8>, _ separator: Span<UInt8>, _ append: (Range<Int>) -> Void) {
    var at = 0
    if separator.isEmpty {
      while at < string.count {
        let length = string.codePoint(at: at).length
        append(at..<at + length)
        at += length
      }
      return
    }
    while let found = string.first(of: separator, from: at) {
      append(at..<found)
      at = found + separator.count
    }
    append(at..<string.count)
  }
}
