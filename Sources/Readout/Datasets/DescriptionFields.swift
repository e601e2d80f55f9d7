import ReadoutEngine
import ReadoutLua

/// The fields of a Lua table that a user wrote, each asked for with its type.
struct DescriptionFields {
  let data: LuaData
  let place: ReadoutError.Place

  init(_ data: LuaData, place: ReadoutError.Place) {
    self.data = data
    self.place = place
  }

  /// Refuses what is no table of keys, and keys that mean nothing here.
  func check(known: [String]) throws(ReadoutError) {
    if data.isNull { return }
    let hint = "keys: \(known.joined(separator: ", "))"
    guard case .table(let items, _) = data else {
      throw ReadoutError(.request, "not a table of keys", value: data.string ?? data.typeName, place: place, hint: hint)
    }
    if let item = items.first {
      throw ReadoutError(
        .request, "a value without a key", value: item.string ?? item.typeName, place: place, hint: hint)
    }
    for (key, _) in data.entries where !known.contains(key) {
      throw ReadoutError(
        .request, "unknown key", value: key, place: place, hint: Suggestion.hint(for: key, among: known, kind: "keys"))
    }
  }

  func string(_ key: String) throws(ReadoutError) -> String? {
    if data[key].isNull { return nil }
    guard let text = data[key].string else { throw wrong(key, "a string") }
    return text
  }

  func boolean(_ key: String) throws(ReadoutError) -> Bool? {
    if data[key].isNull { return nil }
    guard let value = data[key].boolean else { throw wrong(key, "true or false") }
    return value
  }

  /// A positive whole number.
  func count(_ key: String) throws(ReadoutError) -> Int? {
    if data[key].isNull { return nil }
    guard case .integer(let value) = data[key], value > 0, let count = Int(exactly: value) else {
      throw wrong(key, "a positive whole number")
    }
    return count
  }

  /// A list of strings; one string alone is a list of one.
  func list(_ key: String) throws(ReadoutError) -> [String]? {
    if data[key].isNull { return nil }
    if let text = data[key].string { return [text] }
    let texts = data[key].items.compactMap(\.string)
    guard case .table = data[key], texts.count == data[key].items.count else { throw wrong(key, "a list of strings") }
    return texts
  }

  /// Strings by key, empty where the field is missing.
  func strings(_ key: String) throws(ReadoutError) -> [String: String] {
    if data[key].isNull { return [:] }
    guard case .table(let items, _) = data[key], items.isEmpty else { throw wrong(key, "names with strings") }
    var strings: [String: String] = [:]
    for (name, value) in data[key].entries {
      guard let text = value.string else { throw wrong("\(key).\(name)", "a string") }
      strings[name] = text
    }
    return strings
  }

  func byte(_ text: String, _ key: String) throws(ReadoutError) -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80 else {
      throw wrong(key, "one ASCII character", value: text)
    }
    return byte
  }

  private func wrong(_ key: String, _ wanted: String, value: String? = nil) -> ReadoutError {
    ReadoutError(.request, "\(key) is not \(wanted)", value: value ?? data[key].typeName, place: place)
  }
}
