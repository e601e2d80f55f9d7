import CJSON

/// What is wrong with a JSON text.
public enum JSONFault: Sendable, Equatable {
  case unexpected, cut, control, escape, surrogate, nul, number, deep, duplicate, noObject, more, wide, memory

  /// Keys that make columns, at most.
  public static let mostColumns = Int(READOUT_JSON_COLUMNS)

  init(_ fault: readout_json_fault) {
    self =
      switch fault {
      case READOUT_JSON_CUT: .cut
      case READOUT_JSON_CONTROL: .control
      case READOUT_JSON_ESCAPE: .escape
      case READOUT_JSON_SURROGATE: .surrogate
      case READOUT_JSON_NUL: .nul
      case READOUT_JSON_NUMBER: .number
      case READOUT_JSON_DEEP: .deep
      case READOUT_JSON_DUPLICATE: .duplicate
      case READOUT_JSON_NO_OBJECT: .noObject
      case READOUT_JSON_MORE: .more
      case READOUT_JSON_WIDE: .wide
      case READOUT_JSON_MEMORY: .memory
      default: .unexpected
      }
  }

  /// As part of an error: what is wrong, and how it would be right.
  public var words: (problem: String, hint: String) {
    switch self {
    case .unexpected:
      (
        "a byte that JSON does not have here",
        "mend the line: names and strings in double quotes, no comma behind the last"
      )
    case .cut: ("JSON that ends too early", "a bracket, a brace or a quote is not closed, or the file is cut off")
    case .control: ("a control character inside a string", "write it as \\n, \\t or \\u0000 with its number")
    case .escape:
      (
        "an escape that JSON does not have",
        "behind a backslash stands one of \"\\/bfnrt, or u and four hexadecimal digits"
      )
    case .surrogate: ("half of a surrogate pair", "write the character itself, or both halves: \\ud83d\\ude00")
    case .nul: ("a NUL inside a string", "texts have no NUL; leave it out")
    case .number:
      ("a number that JSON does not have", "no leading zeros, no plus sign, digits on both sides of the point")
    case .deep:
      ("JSON nested too deeply", "at most \(READOUT_JSON_DEPTH) arrays and objects inside each other are read")
    case .duplicate: ("a key that the record has twice", "leave one of them out: which is meant cannot be told")
    case .noObject:
      ("a record that is no object", "each record is an object of keys and values: {\"date\": \"2025-11-04\"}")
    case .more:
      (
        "something behind the value",
        "one record a line, or one value a document; records over several lines are read with format = \"json\""
      )
    case .wide: ("records of too many columns", "at most \(READOUT_JSON_COLUMNS) keys make columns; are the keys data?")
    case .memory: ("memory ran out", "")
    }
  }
}
