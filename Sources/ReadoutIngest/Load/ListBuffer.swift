import ReadoutEngine
import ReadoutVectors

/// Lists of a chunk while it is parsed: fields split at `;`. An empty field is null, a quoted empty one a list without items.
struct ListBuffer: ~Copyable {
  private var starts = MutableVector<UInt32>()
  private var ends = MutableVector<UInt32>()
  private var items = MutableVector<UInt32>()
  private var validity = BitmapBuilder()

  mutating func append(_ value: Span<UInt8>, isNull: Bool, _ strings: inout FieldInterner) {
    starts.append(UInt32(items.count))
    if !isNull, value.count > 0 {
      var from = 0
      for i in value.indices where value[i] == 0x3B {
        items.append(strings.intern(copying: value.extracting(from..<i)))
        from = i + 1
      }
      items.append(strings.intern(copying: value.extracting(from..<value.count)))
    }
    ends.append(UInt32(items.count))
    validity.append(!isNull)
  }

  /// Takes a JSON array; another value is a list as in CSV. False, and null, for an array with nulls, arrays or objects in it.
  mutating func append(json value: Span<UInt8>, isNull: Bool, _ strings: inout FieldInterner) -> Bool {
    guard !isNull, value.count > 0, value[0] == 0x5B, value[value.count - 1] == 0x5D else {
      append(value, isNull: isNull, &strings)
      return true
    }
    let first = items.count
    var isPlain = true
    JSONText.forEachItem(value) { item, isString in
      if !isString, item[0] == 0x6E || item[0] == 0x5B || item[0] == 0x7B { isPlain = false }
      items.append(strings.intern(copying: item))
    }
    if !isPlain { items.resize(to: first, filling: 0) }
    starts.append(UInt32(first))
    ends.append(UInt32(items.count))
    validity.append(isPlain)
    return isPlain
  }

  /// The lists so far; starts anew.
  mutating func finish(interner: Int, fresh: Range<Int>) -> ParsedColumn {
    var done = ListBuffer()
    swap(&self, &done)
    return done.frozen(interner: interner, fresh: fresh)
  }

  private consuming func frozen(interner: Int, fresh: Range<Int>) -> ParsedColumn {
    .lists(
      starts: starts.freeze(), ends: ends.freeze(), items: .bits32(items.freeze()), validity: validity.freezeValidity(),
      interner: interner, fresh: fresh)
  }
}
