import ReadoutEngine
import ReadoutVectors

extension Values {
  /// Whether all strings of present rows are UTF-8: what a script cuts by bytes may not be.
  ///
  /// - Parameter present: nil is all rows.
  func isUTF8(where present: Bitmap?) -> Bool {
    switch payload {
    case .strings(let strings):
      return (0..<count).allSatisfy { row in !(present?[row] ?? true) || strings.isUTF8(row) }
    case .coded(let codes, let dictionary):
      var isKnown = MutableVector<UInt8>(repeating: 0, count: dictionary.count)
      for row in 0..<count where present?[row] ?? true {
        let code = Int(codes[row])
        if isKnown[code] != 0 { continue }
        if !dictionary.strings.isUTF8(code) { return false }
        isKnown[code] = 1
      }
      return true
    default: return true
    }
  }
}

extension StringVector {
  fileprivate func isUTF8(_ index: Int) -> Bool {
    withBytes(index) { UTF8Check.firstInvalid($0) == nil }
  }
}
