/// A list of strings as one string: different lists have different keys, and keys sort as lists do, item by item.
///
/// Each item ends in the byte 0; inside items 0 is written as 1 1 and 1 as 1 2, which keeps both properties.
enum ListKey {
  static func encode(_ items: [String]) -> String {
    var key = ""
    for item in items {
      for scalar in item.unicodeScalars {
        switch scalar {
        case "\u{0}": key += "\u{1}\u{1}"
        case "\u{1}": key += "\u{1}\u{2}"
        default: key.unicodeScalars.append(scalar)
        }
      }
      key += "\u{0}"
    }
    return key
  }

  static func decode(_ key: String) -> [String] {
    var items: [String] = []
    var item = ""
    var isEscaped = false
    for scalar in key.unicodeScalars {
      if isEscaped {
        item += scalar == "\u{1}" ? "\u{0}" : "\u{1}"
        isEscaped = false
      } else if scalar == "\u{0}" {
        items.append(item)
        item = ""
      } else if scalar == "\u{1}" {
        isEscaped = true
      } else {
        item.unicodeScalars.append(scalar)
      }
    }
    return items
  }
}
