import ReadoutVectors

extension ValueKinds {
  /// The kind of one value of a column whose values are of the kinds `json`.
  ///
  /// A string of JSON is a string even where its letters are digits, for whoever wrote it could have written a number. Only days and moments, which JSON
  /// cannot write otherwise, are read out of strings.
  init(of value: Span<UInt8>, _ json: JSONKinds) {
    switch json {
    case .number, .boolean: self.init(of: value)
    case .string:
      let kind = ValueKinds(of: value)
      self = kind == .date || kind == .timestamp ? kind : .other
    case .list: self = .list
    default: self = .other
    }
  }
}

extension ColumnSink.Form {
  /// Whether values of these kinds may be of the type: JSON's numbers are no strings, and the other way round.
  func suits(_ json: JSONKinds) -> Bool {
    switch self {
    case .integers(.integer), .numbers: json.isSubset(of: .number)
    case .integers: json.isSubset(of: .string)
    case .booleans: json.isSubset(of: .boolean)
    case .lists: json.isSubset(of: .list)
    case .codes, .bytes: true
    case .kindsOnly: true
    }
  }
}
