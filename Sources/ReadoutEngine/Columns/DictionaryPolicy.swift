import ReadoutVectors

/// When a string column is kept as codes into a dictionary.
public enum DictionaryPolicy {
  /// Distinct strings up to which a dictionary is always kept.
  public static let alwaysDistinct = 4096

  /// Whether a dictionary of `distinct` strings pays for `rows` rows: at least two rows a string on average.
  public static func pays(distinct: Int, rows: Int) -> Bool { distinct <= alwaysDistinct || distinct <= rows / 2 }

  /// Codes for the strings of `values`, or nil where a dictionary does not pay.
  static func interning(_ values: Values) -> (values: Values, dictionary: StringDictionary)? {
    let strings = values.strings
    var interner = StringInterner()
    var codes = MutableVector<UInt32>(capacity: values.count)
    for i in 0..<values.count {
      codes.append(
        values.isNull(i) ? 0 : interner.intern(strings.bytes, Int(strings.starts[i])..<Int(strings.ends[i])))
      if i & 0xFFFF == 0xFFFF, interner.count > alwaysDistinct, interner.count > (i + 1) / 2,
        !pays(distinct: interner.count, rows: values.count)
      {
        return nil
      }
    }
    guard pays(distinct: interner.count, rows: values.count) else { return nil }
    if interner.count == 0 { _ = interner.intern("") }
    let dictionary = StringDictionary(interner.freeze())
    let coded = Values(
      type: values.type, payload: .coded(codes.freeze(), dictionary),
      validity: values.nullCount == 0 ? nil : values.presentRows,
      count: values.count)
    return (coded, dictionary)
  }
}
