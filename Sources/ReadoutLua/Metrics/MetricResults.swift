import CLuaBridge
import ReadoutEngine
import ReadoutVectors

/// Typed results of a metric, one for each row or group.
enum MetricResults {
  /// Makes room for `count` results of `type`, has `body` fill it, and gives them as values. Slots that `body` leaves are null.
  ///
  /// `body` gives the strings that it gathered. Dates and timestamps come as ISO 8601; `wrong` is the error for a row whose
  /// string is none.
  static func collect(
    _ type: DataType, count: Int, wrong: (_ row: Int, _ value: String) -> ReadoutError,
    _ body: (inout bridge_result) throws(ReadoutError) -> bridge_text
  ) throws(ReadoutError) -> Values {
    var present = MutableVector<UInt8>(repeating: 0, count: count)
    switch type {
    case .number:
      var out = MutableVector<Double>(repeating: 0, count: count)
      _ = try unsafe fill(BRIDGE_COLUMN_NUMBERS, &out, &present, body)
      return Values(numbers: out.freeze(), validity: validity(present))
    case .integer:
      var out = MutableVector<Int64>(repeating: 0, count: count)
      _ = try unsafe fill(BRIDGE_COLUMN_INTEGERS, &out, &present, body)
      return Values(integers: out.freeze(), validity: validity(present))
    case .boolean:
      var out = MutableVector<UInt8>(repeating: 0, count: count)
      _ = try unsafe fill(BRIDGE_COLUMN_BOOLEANS, &out, &present, body)
      return Values(booleans: out.freeze(), validity: validity(present))
    case .string, .text:
      return Values(strings: try unsafe strings(count, &present, body), type: type, validity: validity(present))
    case .date, .timestamp:
      let texts = try unsafe strings(count, &present, body)
      let values = try moments(texts, present.span, isDate: type == .date, wrong: wrong)
      return Values(integers: values, type: type, validity: validity(present))
    case .list:
      let lists = try unsafe lists(count, &present, body)
      return Values(type: .list, payload: .lists(lists), validity: validity(present), count: count)
    }
  }

  private static func validity(_ present: consuming MutableVector<UInt8>) -> Bitmap? {
    let bytes = present.freeze()
    return bytes.contains { $0 == 0 } ? Bitmap(bytes: bytes) : nil
  }

  private static func fill<Element>(
    _ kind: Int, _ out: inout MutableVector<Element>, _ present: inout MutableVector<UInt8>,
    _ body: (inout bridge_result) throws(ReadoutError) -> bridge_text
  ) throws(ReadoutError) -> bridge_text {
    try unsafe out.withUnsafeMutableBufferPointer { (out) throws(ReadoutError) in
      try unsafe present.withUnsafeMutableBufferPointer { (present) throws(ReadoutError) in
        var result = unsafe bridge_result()
        unsafe result.kind = Int32(kind)
        unsafe result.data = UnsafeMutableRawPointer(out.baseAddress)
        unsafe result.present = present.baseAddress
        return try unsafe body(&result)
      }
    }
  }

  /// The places of strings or lists, and the text they point into.
  private static func ranges(
    _ kind: Int, _ count: Int, _ present: inout MutableVector<UInt8>,
    _ body: (inout bridge_result) throws(ReadoutError) -> bridge_text
  ) throws(ReadoutError) -> (starts: Vector<UInt32>, ends: Vector<UInt32>, text: bridge_text) {
    var starts = MutableVector<UInt32>(repeating: 0, count: count)
    var ends = MutableVector<UInt32>(repeating: 0, count: count)
    let text = try unsafe starts.withUnsafeMutableBufferPointer { (starts) throws(ReadoutError) in
      try unsafe ends.withUnsafeMutableBufferPointer { (ends) throws(ReadoutError) in
        try unsafe present.withUnsafeMutableBufferPointer { (present) throws(ReadoutError) in
          var result = unsafe bridge_result()
          unsafe result.kind = Int32(kind)
          unsafe result.starts = starts.baseAddress
          unsafe result.ends = ends.baseAddress
          unsafe result.present = present.baseAddress
          return try unsafe body(&result)
        }
      }
    }
    return unsafe (starts.freeze(), ends.freeze(), text)
  }

  private static func strings(
    _ count: Int, _ present: inout MutableVector<UInt8>,
    _ body: (inout bridge_result) throws(ReadoutError) -> bridge_text
  ) throws(ReadoutError) -> StringVector {
    let (starts, ends, text) = try unsafe ranges(BRIDGE_COLUMN_STRINGS, count, &present, body)
    return unsafe StringVector(starts: starts, ends: ends, bytes: copied(text.bytes, text.byte_count))
  }

  private static func lists(
    _ count: Int, _ present: inout MutableVector<UInt8>,
    _ body: (inout bridge_result) throws(ReadoutError) -> bridge_text
  ) throws(ReadoutError) -> ListVector {
    let (starts, ends, text) = try unsafe ranges(BRIDGE_COLUMN_LISTS, count, &present, body)
    let items = unsafe StringVector(
      starts: copied(text.item_starts, text.item_count), ends: copied(text.item_ends, text.item_count),
      bytes: copied(text.bytes, text.byte_count))
    var interner = StringInterner()
    var codes = MutableVector<UInt32>(capacity: items.count)
    for i in 0..<items.count { codes.append(interner.intern(items.bytes, Int(items.starts[i])..<Int(items.ends[i]))) }
    if interner.count == 0 { _ = interner.intern("") }
    return ListVector(
      starts: starts, ends: ends, items: codes.freeze(), dictionary: StringDictionary(interner.freeze()))
  }

  private static func copied<Element>(_ start: UnsafePointer<Element>?, _ count: Int) -> Vector<Element> {
    var vector = MutableVector<Element>(capacity: count)
    // Sound: the bridge gathered `count` elements there, and keeps them until its next call.
    if let start = unsafe start { unsafe vector.append(contentsOf: Span(_unsafeStart: start, count: count)) }
    return vector.freeze()
  }

  private static func moments(
    _ texts: StringVector, _ present: Span<UInt8>, isDate: Bool, wrong: (Int, String) -> ReadoutError
  ) throws(ReadoutError) -> Vector<Int64> {
    var values = MutableVector<Int64>(repeating: 0, count: texts.count)
    for row in 0..<texts.count where present[row] != 0 {
      let text = texts[row]
      guard let value = isDate ? Calendar.day(in: text) : Calendar.moment(in: text) else { throw wrong(row, text) }
      values[row] = value
    }
    return values.freeze()
  }
}
